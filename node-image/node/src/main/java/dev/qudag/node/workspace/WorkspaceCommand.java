package dev.qudag.node.workspace;

import java.io.IOException;
import picocli.CommandLine.Command;

/** {@code qudag-node workspace init|run|handover}: what runs beside an agent, one step each. */
@Command(
    name = "workspace",
    description = "Keeps an agent's files, and brings what it proposes to the hub.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "STEP")
public final class WorkspaceCommand {

  /** Before the agent. */
  @Command(
      name = "init",
      description = "Joins the swarm, clones the branch and makes the files, the first time.")
  void init() throws IOException, InterruptedException {
    node().init();
  }

  /** Beside the agent, until it has ended. */
  @Command(
      name = "run",
      description = "Serves the agent on loopback; at its end hands the last snapshot to the hub.")
  void run() throws IOException, InterruptedException {
    node().run();
  }

  /** In a pod of its own, when the agent's pod was lost. */
  @Command(name = "handover", description = "Hands the last snapshot to the hub for a lost pod.")
  void handover() throws IOException {
    node().handover();
  }

  private static WorkspaceNode node() {
    return WorkspaceNode.of(System.getenv());
  }
}
