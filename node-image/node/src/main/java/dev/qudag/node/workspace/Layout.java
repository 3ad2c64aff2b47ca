package dev.qudag.node.workspace;

import dev.qudag.node.workspace.vcs.Git;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where everything lies in a container of the workspace role.
 *
 * @param tree the files, shared with the agent; {@code .jj} in it is a volume that the agent does
 *     not see
 * @param data the private volume: key, grant, repositories, configuration
 * @param run the folder of request and answer files
 */
public record Layout(Path tree, Path data, Path run) {

  static Layout of(Map<String, String> environment) {
    return new Layout(
        path(environment, "QUDAG_WORKSPACE_DIR", "/workspace"),
        path(environment, "QUDAG_DATA", "/var/lib/qudag"),
        path(environment, "QUDAG_RUN_DIR", "/qudag/run"));
  }

  private static Path path(Map<String, String> environment, String name, String usual) {
    return Path.of(environment.getOrDefault(name, usual)).toAbsolutePath();
  }

  /** The sidecar's repository: the branch as the hub has it, and what this workspace made. */
  Git repository() {
    return new Git(data.resolve("repository.git"), home());
  }

  /** What the agent fetches from and pushes to. */
  Git inbox() {
    return new Git(data.resolve("inbox.git"), home());
  }

  /** The agent's repository as it begins; {@code agent/install} takes it from here. */
  Git agentRepository() {
    return new Git(data.resolve("agent.git"), home());
  }

  /** An empty directory: no program finds a configuration of anybody's there. */
  Path home() {
    return data.resolve("home");
  }

  /**
   * Is there when the workspace was completely made once; from then on the files are the agent's.
   */
  Path ready() {
    return data.resolve("ready");
  }

  /** What operations were built on. */
  Path journal() {
    return data.resolve("operations");
  }

  Path lastProposal() {
    return data.resolve("last-proposal");
  }
}
