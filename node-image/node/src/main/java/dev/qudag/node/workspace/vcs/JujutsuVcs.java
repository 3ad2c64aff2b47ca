package dev.qudag.node.workspace.vcs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Snapshots by jj, which keeps every one of them in its operation log. jj reads the configuration
 * file of the sidecar and nothing else.
 *
 * @param jj the program, of the version {@link #VERSION}
 * @param data the private volume: jj's configuration and home lie there
 */
public record JujutsuVcs(Path jj, Git git, Path tree, Path data, long maxNewFileBytes)
    implements Vcs {

  /** Neither jj's command line nor its library is stable, so one version is pinned. */
  public static final String VERSION = "0.45.1";

  private static final Duration LIMIT = Duration.ofMinutes(5);

  @Override
  public void init() {
    requireVersion();
    Path made = data.resolve("jj/new");
    try {
      Trees.delete(made);
      Files.createDirectories(home());
      Files.writeString(configuration(), configurationText());
      run(home(), "git", "init", "--git-repo", git.directory().toString(), made.toString());
      // .jj is a mount of its own, which jj would refuse to make.
      Trees.delete(made.resolve(".jj/working_copy/working_copy.lock"));
      Trees.copyInto(made.resolve(".jj"), tree.resolve(".jj"));
      Trees.delete(made);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    snapshot();
  }

  /** Fails unless jj is there in the pinned version. */
  public void requireVersion() {
    String found = run(data, "--version");
    if (!found.startsWith("jj " + VERSION)) {
      throw new IllegalStateException("jj is '" + found + "', expected 'jj " + VERSION + "'");
    }
  }

  @Override
  public String snapshot() {
    in("util", "snapshot");
    String[] commit =
        in(
                "--ignore-working-copy",
                "log",
                "--no-graph",
                "-r",
                "@",
                "-T",
                "commit_id ++ ' ' ++ conflict")
            .split(" ");
    if (Boolean.parseBoolean(commit[1])) {
      throw new ConflictedException();
    }
    return git.tree(commit[0]);
  }

  @Override
  public List<String> log(int most) {
    return in(
            "--ignore-working-copy",
            "evolog",
            "--no-graph",
            "-r",
            "@",
            "-n",
            Integer.toString(most),
            "-T",
            "commit.commit_id().short() ++ ' ' ++ commit.committer().timestamp() ++ \"\\n\"")
        .lines()
        .toList();
  }

  private String in(String... arguments) {
    return run(
        tree,
        Stream.concat(Stream.of("-R", tree.toString()), Stream.of(arguments))
            .toArray(String[]::new));
  }

  private String run(Path directory, String... arguments) {
    var words = new ArrayList<>(List.of(jj.toString(), "--no-pager", "--color=never", "--quiet"));
    words.addAll(List.of(arguments));
    var environment = new HashMap<String, String>(Git.environment(home()));
    environment.putAll(
        Map.of(
            "JJ_CONFIG",
            configuration().toString(),
            "NO_COLOR",
            "1",
            "XDG_CONFIG_HOME",
            home().resolve(".config").toString()));
    return new Command(words, directory, environment, LIMIT).run().orThrow().line();
  }

  private Path home() {
    return data.resolve("jj/home");
  }

  private Path configuration() {
    return data.resolve("jj/config.toml");
  }

  private String configurationText() {
    return """
        user.name = "%s"
        user.email = "%s"
        ui.paginate = "never"
        fsmonitor.backend = "none"
        signing.behavior = "drop"
        working-copy.eol-conversion = "none"
        snapshot.max-new-file-size = %d
        snapshot.auto-update-stale = false
        """
        .formatted(Identity.SIDECAR.name(), Identity.SIDECAR.email(), maxNewFileBytes);
  }
}
