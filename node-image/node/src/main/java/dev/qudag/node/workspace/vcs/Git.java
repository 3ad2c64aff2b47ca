package dev.qudag.node.workspace.vcs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One Git directory of the sidecar, run without system and global configuration, hooks, filters,
 * fsmonitor, replace refs or prompts. The directory is always named, never discovered, so no
 * repository in the tree is ever opened.
 *
 * @param home an empty directory of the sidecar's own
 */
public record Git(Path directory, Path home) {

  private static final Duration LIMIT = Duration.ofMinutes(5);

  private static final long MEMORY_BYTES = 384L << 20;

  /** Deeper than any reference. */
  private static final int MOST_DEPTH = 32;

  /**
   * The words that start a git: it ends by itself before an agent's objects take the memory that
   * the sidecar has (prlimit(1), RLIMIT_DATA).
   */
  public static List<String> bounded(String argument) {
    return new ArrayList<>(
        List.of("prlimit", "--data=" + MEMORY_BYTES, "--core=0", "git", argument));
  }

  /**
   * The environment of every git process: nothing of the surroundings but the path to the programs.
   */
  public static Map<String, String> environment(Path home) {
    return Map.ofEntries(
        Map.entry("PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin")),
        Map.entry("HOME", home.toString()),
        Map.entry("LC_ALL", "C"),
        Map.entry("TZ", "UTC"),
        Map.entry("GIT_CONFIG_NOSYSTEM", "1"),
        Map.entry("GIT_CONFIG_SYSTEM", "/dev/null"),
        Map.entry("GIT_CONFIG_GLOBAL", "/dev/null"),
        Map.entry("GIT_ATTR_NOSYSTEM", "1"),
        Map.entry("GIT_NO_REPLACE_OBJECTS", "1"),
        Map.entry("GIT_OPTIONAL_LOCKS", "0"),
        Map.entry("GIT_TERMINAL_PROMPT", "0"),
        Map.entry("GIT_ALLOW_PROTOCOL", "file"),
        Map.entry("GIT_CONFIG_COUNT", "3"),
        Map.entry("GIT_CONFIG_KEY_0", "core.hooksPath"),
        Map.entry("GIT_CONFIG_VALUE_0", "/dev/null"),
        Map.entry("GIT_CONFIG_KEY_1", "core.fsmonitor"),
        Map.entry("GIT_CONFIG_VALUE_1", "false"),
        Map.entry("GIT_CONFIG_KEY_2", "safe.directory"),
        Map.entry("GIT_CONFIG_VALUE_2", "*"));
  }

  public Command command(String... arguments) {
    return command(Map.of(), arguments);
  }

  public Command command(Map<String, String> more, String... arguments) {
    List<String> words = bounded("--git-dir=" + directory);
    words.addAll(List.of(arguments));
    var environment = new HashMap<>(environment(home));
    environment.putAll(more);
    return new Command(words, home, environment, LIMIT);
  }

  /**
   * Runs and returns standard output without its last line break; anything but exit code 0 throws.
   */
  public String ask(String... arguments) {
    return command(arguments).run().orThrow().line();
  }

  public boolean succeeds(String... arguments) {
    return command(arguments).run().succeeded();
  }

  /** The commit that a name stands for, if this repository has it. */
  public Optional<String> commit(String name) {
    var output = command("rev-parse", "--verify", "--quiet", name + "^{commit}").run();
    return output.succeeded() ? Optional.of(output.line()) : Optional.empty();
  }

  public String tree(String commit) {
    return ask("rev-parse", "--verify", commit + "^{tree}");
  }

  public boolean isAncestor(String ancestor, String of) {
    return succeeds("merge-base", "--is-ancestor", ancestor, of);
  }

  /** The best commit that both build on; the first that git names of several. */
  public Optional<String> mergeBase(String one, String other) {
    var output = command("merge-base", one, other).run();
    return output.succeeded() ? Optional.of(output.line()) : Optional.empty();
  }

  /** Makes a commit; its dates are now. */
  public String commitTree(Identity author, String tree, String parent, String title) {
    return command(author.environment(), "commit-tree", tree, "-p", parent, "-m", title)
        .run()
        .orThrow()
        .line();
  }

  /**
   * Removes what a git that was killed left locked. Only for who has the repository alone.
   *
   * @return how many locks there were
   */
  public int dropStaleLocks() throws IOException {
    if (!Files.exists(directory)) {
      return 0;
    }
    Path objects = directory.resolve("objects");
    try (Stream<Path> files =
        Files.find(
            directory,
            MOST_DEPTH,
            (file, attributes) ->
                !file.startsWith(objects) && file.getFileName().toString().endsWith(".lock"))) {
      List<Path> locks = files.toList();
      for (Path lock : locks) {
        Files.delete(lock);
      }
      return locks.size();
    }
  }

  /**
   * Makes a bare repository here that converts nothing: neither line ends nor encodings nor
   * filters.
   */
  public void init(String branch) {
    new Command(
            List.of(
                "git",
                "init",
                "--quiet",
                "--bare",
                "--template=",
                "-b",
                branch,
                directory.toString()),
            home,
            environment(home),
            LIMIT)
        .run()
        .orThrow();
  }
}
