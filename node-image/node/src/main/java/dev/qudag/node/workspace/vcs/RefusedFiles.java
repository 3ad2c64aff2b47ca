package dev.qudag.node.workspace.vcs;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Files that a snapshot left out although the tree's own {@code .gitignore} does not ignore them:
 * too large, denied by the policy, or within a repository of their own. They are named to the
 * agent, so that nothing vanishes silently.
 */
public final class RefusedFiles {

  static final int MAX_NAMED = 50;

  private RefusedFiles() {}

  public static List<String> of(Git git, Path tree, String snapshot) {
    Path index = git.directory().resolve("index-" + UUID.randomUUID());
    var where = Map.of("GIT_INDEX_FILE", index.toString(), "GIT_WORK_TREE", tree.toString());
    try {
      git.command(where, "read-tree", snapshot).run().orThrow();
      var output =
          git.command(
                  where,
                  "ls-files",
                  "-z",
                  "--others",
                  "--exclude-per-directory=.gitignore",
                  "--exclude=/.jj/")
              .in(tree)
              .run();
      return Nul.split(output.orThrow().text()).stream().limit(MAX_NAMED).toList();
    } finally {
      index.toFile().delete();
    }
  }
}
