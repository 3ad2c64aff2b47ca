package dev.qudag.node.workspace;

import dev.qudag.consensus.chain.identity.NodeRole;
import dev.qudag.node.enrol.Enrolment;
import dev.qudag.node.main.InvalidEnvironment;
import dev.qudag.node.main.NodeEnvironment;
import dev.qudag.node.workspace.vcs.Identity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * What the operator tells a workspace, beside what it tells every node.
 *
 * @param hub {@code host:port}
 * @param branch short name of the protected branch
 * @param jujutsu snapshots by jj, else by git alone
 * @param loopbackPort where the agent is served; the agent's origin names it
 * @param handoverPod UID of the pod whose end {@code handover} finishes; this pod's own for the
 *     others
 * @param patience how long the last snapshot is tried to be handed over
 */
record WorkspaceEnvironment(
    NodeEnvironment node,
    Layout layout,
    String uid,
    String name,
    String agent,
    String hub,
    String branch,
    boolean jujutsu,
    String taskTitle,
    int loopbackPort,
    String handoverPod,
    Duration patience) {

  private static final int PATIENCE_SECONDS = 25;

  static WorkspaceEnvironment of(Map<String, String> variables) {
    var node = NodeEnvironment.of(variables);
    return new WorkspaceEnvironment(
        node,
        Layout.of(variables),
        node.required("QUDAG_WORKSPACE_UID"),
        node.required("QUDAG_WORKSPACE_NAME"),
        node.required("QUDAG_AGENT_NAME"),
        node.required("QUDAG_HUB"),
        node.required("QUDAG_BASE_BRANCH"),
        jujutsu(node.optional("QUDAG_VCS").orElse("Jujutsu")),
        Titles.clean(node.optional("QUDAG_TASK_TITLE").orElse("")),
        node.number("QUDAG_LOOPBACK_PORT", LoopbackServer.PORT),
        node.optional("QUDAG_HANDOVER_POD_UID").orElse(node.podUid()),
        Duration.ofSeconds(node.number("QUDAG_HANDOVER_SECONDS", PATIENCE_SECONDS)));
  }

  private static boolean jujutsu(String vcs) {
    return switch (vcs) {
      case "Jujutsu" -> true;
      case "Git" -> false;
      default -> throw new InvalidEnvironment("QUDAG_VCS=" + vcs + ": expected Jujutsu or Git");
    };
  }

  Enrolment.Subject subject() {
    return new Enrolment.Subject(NodeRole.WORKSPACE, uid, node.swarmUid(), node.podUid());
  }

  Identity author() {
    return Identity.ofAgent(agent, node.swarm());
  }

  /** jj as the image has it, else from the path. */
  Path jj() {
    Path inImage = Path.of("/opt/qudag/bin/jj");
    return Files.isExecutable(inImage) ? inImage : Path.of(node.optional("QUDAG_JJ").orElse("jj"));
  }
}
