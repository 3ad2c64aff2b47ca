package dev.qudag.node.workspace;

import dev.qudag.node.workspace.vcs.JujutsuVcs;
import java.nio.file.Files;
import java.nio.file.Path;

/** The pinned jj, as the cluster harness builds and caches it. */
public final class TestingJujutsu {

  private TestingJujutsu() {}

  public static Path program() {
    Path cache =
        System.getenv("XDG_CACHE_HOME") == null
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(System.getenv("XDG_CACHE_HOME"));
    Path jj = cache.resolve("qudag/jj-" + JujutsuVcs.VERSION + "/bin/jj");
    if (!Files.isExecutable(jj)) {
      throw new AssertionError(
          jj + " is missing; build it once with: e2e/cluster tool jj --version");
    }
    return jj;
  }
}
