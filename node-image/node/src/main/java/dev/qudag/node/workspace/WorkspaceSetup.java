package dev.qudag.node.workspace;

import dev.qudag.node.disk.DurableFiles;
import dev.qudag.node.workspace.vcs.Git;
import dev.qudag.node.workspace.vcs.Identity;
import dev.qudag.node.workspace.vcs.Trees;
import dev.qudag.node.workspace.vcs.Vcs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Makes the workspace once: repository, files, jj's store and the agent's own repository. A later
 * attempt finds the files as the agent left them and changes none; above all it never again runs
 * git in the agent's repository, whose configuration is the agent's by then.
 *
 * <p>The agent's repository is made on the private volume. {@code agent/install} copies it to where
 * the agent has it, in a container of its own: this process never sees that place.
 */
final class WorkspaceSetup {

  private static final String ORIGIN = "http://127.0.0.1:" + LoopbackServer.PORT + "/origin.git";

  private final Layout layout;
  private final Vcs vcs;
  private final Identity agent;
  private final String branch;
  private final List<String> denyPaths;
  private final Consumer<List<Path>> sync;

  /**
   * Does nothing yet.
   *
   * @param sync returns when all that lies in these folders is on the disk
   */
  WorkspaceSetup(
      Layout layout,
      Vcs vcs,
      Identity agent,
      String branch,
      List<String> denyPaths,
      Consumer<List<Path>> sync) {
    this.layout = layout;
    this.vcs = vcs;
    this.agent = agent;
    this.branch = branch;
    this.denyPaths = denyPaths;
    this.sync = sync;
  }

  /**
   * Safe to run again after a crash: before the end no agent has seen the files. A node that loses
   * its power must not find the mark of that end and files that are empty: git and jj sync nothing
   * of what they check out.
   */
  void run(HubGateway hub) throws IOException {
    Files.createDirectories(layout.home());
    if (!Files.exists(layout.ready())) {
      cloneBranch(hub);
      checkOut();
      vcs.init();
      makeAgentRepository();
      sync.accept(madeFolders());
      DurableFiles.write(layout.ready(), new byte[0]);
    }
  }

  /** Each on a volume of its own, as it may be: {@code .jj} is one that the agent does not see. */
  private List<Path> madeFolders() {
    return Stream.of(layout.data(), layout.tree(), layout.tree().resolve(".jj"))
        .filter(Files::isDirectory)
        .toList();
  }

  private void cloneBranch(HubGateway hub) throws IOException {
    Git git = layout.repository();
    Trees.delete(git.directory());
    git.init(branch);
    Path info = Files.createDirectories(git.directory().resolve("info"));
    // First in precedence: whatever the tree's .gitattributes say, bytes are taken as they are.
    Files.writeString(
        info.resolve("attributes"), "* -text -eol -ident -filter -working-tree-encoding\n");
    Files.writeString(info.resolve("exclude"), "/.jj/\n" + String.join("\n", denyPaths) + "\n");
    Path bundle =
        hub.fetchBranch(List.of(), layout.data().resolve("clone.bundle"))
            .orElseThrow(() -> new IOException("the hub sent no branch to clone"));
    String ref = "refs/heads/" + branch;
    git.ask(
        "fetch", "--quiet", "--no-tags", "--update-head-ok", bundle.toString(), ref + ":" + ref);
    git.ask("update-ref", "refs/qudag/base", ref);
    Files.delete(bundle);
  }

  private void checkOut() throws IOException {
    try (var entries = Files.newDirectoryStream(layout.tree())) {
      for (Path entry : entries) {
        // Mounts can be emptied, not removed.
        if (entry.endsWith(".git") || entry.endsWith(".jj")) {
          Trees.empty(entry);
        } else {
          Trees.delete(entry);
        }
      }
    }
    inTree(layout.repository(), "read-tree", "HEAD");
    inTree(layout.repository(), "checkout-index", "--all", "--force");
  }

  private void makeAgentRepository() throws IOException {
    Git git = layout.agentRepository();
    Trees.delete(git.directory());
    git.init(branch);
    Path info = Files.createDirectories(git.directory().resolve("info"));
    Files.writeString(info.resolve("exclude"), "/.jj/\n");
    String ref = "refs/heads/" + branch;
    String remote = "refs/remotes/origin/" + branch;
    git.ask(
        "fetch",
        "--quiet",
        "--no-tags",
        "--no-write-fetch-head",
        layout.repository().directory().toString(),
        ref + ":" + remote);
    git.ask("update-ref", ref, remote);
    Map.of(
            "core.bare",
            "false",
            "remote.origin.url",
            ORIGIN,
            "remote.origin.fetch",
            "+refs/heads/*:refs/remotes/origin/*",
            "branch." + branch + ".remote",
            "origin",
            "branch." + branch + ".merge",
            ref,
            "push.default",
            "current",
            "user.name",
            agent.name(),
            "user.email",
            agent.email())
        .forEach((key, value) -> git.ask("config", key, value));
    inTree(git, "read-tree", "HEAD");
    inTree(git, "update-index", "-q", "--refresh");
  }

  private void inTree(Git git, String... arguments) {
    git.command(Map.of("GIT_WORK_TREE", layout.tree().toString()), arguments)
        .in(layout.tree())
        .run()
        .orThrow();
  }
}
