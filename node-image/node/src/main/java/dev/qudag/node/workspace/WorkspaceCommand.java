package dev.qudag.node.workspace;

import java.io.IOException;
import picocli.CommandLine.Command;

/** {@code qudag-node workspace run|handover}: what runs beside an agent, and after a lost one. */
@Command(
    name = "workspace",
    description = "Keeps an agent's files, and brings what it proposes to the hub.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "STEP")
public final class WorkspaceCommand {

  /** Before and beside the agent, until it has ended. */
  @Command(
      name = "run",
      description =
          "Joins the swarm and clones the branch, the first time; then serves the agent on"
              + " loopback, and at its end hands the last snapshot to the hub.")
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
