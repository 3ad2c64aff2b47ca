package dev.qudag.node.workspace.vcs;

import java.util.Map;

/** Who a commit names as its author and committer. */
public record Identity(String name, String email) {

  static final Identity SIDECAR = new Identity("qudag", "qudag@qudag.invalid");

  public static Identity ofAgent(String agent, String swarm) {
    return new Identity(agent, agent + "@" + swarm + ".qudag.invalid");
  }

  Map<String, String> environment() {
    return Map.of(
        "GIT_AUTHOR_NAME", name,
        "GIT_AUTHOR_EMAIL", email,
        "GIT_COMMITTER_NAME", name,
        "GIT_COMMITTER_EMAIL", email);
  }
}
