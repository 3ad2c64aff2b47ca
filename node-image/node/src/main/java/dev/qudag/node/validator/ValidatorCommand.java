package dev.qudag.node.validator;

import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.identity.NodeRole;
import dev.qudag.node.main.NodeEnvironment;
import dev.qudag.node.main.NodeRuntime;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code qudag-node validator}. */
@Command(
    name = "validator",
    description =
        "Judges decisions, orders them with the other validators, and hands out the final chain.",
    mixinStandardHelpOptions = true)
public final class ValidatorCommand implements Callable<Integer> {
  private static final int FAILED = 1;

  @Override
  public Integer call() throws Exception {
    run(NodeEnvironment.of(System.getenv()));
    return 0;
  }

  /** Returns when the process is told to end, or the thread is interrupted. */
  public static void run(NodeEnvironment environment) throws Exception {
    try (NodeRuntime node = NodeRuntime.open(environment, NodeRole.VALIDATOR)) {
      boolean firstStart = node.store().genesis().isEmpty();
      SignLog signLog = SignLog.open(environment.data(), node.store().incarnation(), firstStart);
      node.start();
      Genesis genesis = node.awaitGenesis();
      Validator validator =
          node.closeLater(
              Validator.start(
                  new Validator.Surroundings(
                      genesis,
                      node.store(),
                      signLog,
                      node.channels(),
                      environment::addressOf,
                      node.metrics(),
                      Runtime.getRuntime().maxMemory(),
                      node::end,
                      () -> Runtime.getRuntime().halt(FAILED))));
      validator.services().forEach(node::serve);
      node.readyWhen(validator::wanting);
      node.awaitTermination();
    }
  }
}
