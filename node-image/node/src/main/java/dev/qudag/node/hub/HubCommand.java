package dev.qudag.node.hub;

import dev.qudag.consensus.chain.identity.NodeRole;
import dev.qudag.node.hub.repository.HubRepository;
import dev.qudag.node.hub.repository.Seed;
import dev.qudag.node.main.NodeEnvironment;
import dev.qudag.node.main.NodeRuntime;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

/** Runs the hub until it is told to end. */
@Command(
    name = "hub",
    description =
        "Runs the hub of a Swarm: its repository, the only writer of the protected branch.")
public final class HubCommand implements Callable<Integer> {
  @Override
  public Integer call() throws Exception {
    run(NodeEnvironment.of(System.getenv()));
    return ExitCode.OK;
  }

  /** Returns when the process is told to end, or the thread is interrupted. */
  public static void run(NodeEnvironment environment) throws Exception {
    try (NodeRuntime node = NodeRuntime.open(environment, NodeRole.HUB)) {
      HubRepository repository =
          HubRepository.open(environment.data(), environment.required("QUDAG_BRANCH"));
      Seed.plant(
          repository,
          Path.of(environment.optional("QUDAG_SEED_DIR").orElse("/etc/qudag/seed")),
          environment.swarm());
      node.start(() -> repository.head().hex());
      HubServer.serve(node, node.awaitGenesis(), repository);
      node.awaitTermination();
    }
  }
}
