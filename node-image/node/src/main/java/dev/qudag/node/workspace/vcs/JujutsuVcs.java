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

  /** What jj calls the operation by which it took the branch over from git. */
  private static final String CLONED = "import git head";

  /** Agents know git's markers. jj reads any. */
  private static final String GIT_MARKERS = "--config=ui.conflict-marker-style=\"git\"";

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
    var ignored = snapshot();
  }

  /** Fails unless jj is there in the pinned version. */
  public void requireVersion() {
    String found = run(data, "--version");
    if (!found.startsWith("jj " + VERSION)) {
      throw new IllegalStateException("jj is '" + found + "', expected 'jj " + VERSION + "'");
    }
  }

  /** jj's exit codes say nothing of conflicts: its template keywords do. */
  @Override
  public Snapshot snapshot() {
    in("util", "snapshot");
    List<String> facts =
        Nul.split(
            in(
                "--ignore-working-copy",
                "log",
                "--no-graph",
                "-r",
                "@",
                "-T",
                """
                commit_id ++ "\\0" ++ conflict ++ "\\0" \
                ++ conflicted_files.map(|file| file.path()).join("\\0")"""));
    List<String> conflicts = facts.subList(2, facts.size());
    if (Boolean.parseBoolean(facts.get(1)) && conflicts.isEmpty()) {
      throw new IllegalStateException("jj names no file of the conflict in " + facts.getFirst());
    }
    return new Snapshot(git.tree(facts.getFirst()), conflicts);
  }

  /** Before the clone there were no files: those of jj's own operations are not shown. */
  @Override
  public List<Operation> operations(int most) {
    var operations = new ArrayList<Operation>();
    for (String line : operationLines(most)) {
      String[] part = line.split("\t", 3);
      boolean isClone = part[2].equals(CLONED);
      operations.add(new Operation(part[0], part[1], isClone ? "clone" : what(part[2])));
      if (isClone) {
        break;
      }
    }
    return List.copyOf(operations);
  }

  private List<String> operationLines(int most) {
    return in(
            "--ignore-working-copy",
            "op",
            "log",
            "--no-graph",
            "-n",
            Integer.toString(most),
            "-T",
            """
            id ++ "\\t" ++ time.end().utc().format("%Y-%m-%dT%H:%M:%SZ") \
            ++ "\\t" ++ description.first_line() ++ "\\n\"""")
        .lines()
        .toList();
  }

  private static String what(String description) {
    return description.equals("snapshot working copy") ? "snapshot" : description;
  }

  @Override
  public String tree(Operation operation) {
    return git.tree(
        in(
            "--ignore-working-copy",
            "--at-op",
            operation.id(),
            "log",
            "--no-graph",
            "-r",
            "@",
            "-T",
            "commit_id"));
  }

  /** jj leaves a file that is in the way as it is, and says so by its exit code as little. */
  @Override
  public void restore(Operation operation) {
    in(GIT_MARKERS, "op", "restore", operation.id());
  }

  /** jj knows commits by the refs that it imports. */
  @Override
  public void rebase(String work, String onto) {
    git.ask("update-ref", "refs/remotes/qudag/work", work);
    git.ask("update-ref", "refs/remotes/qudag/onto", onto);
    in("--ignore-working-copy", "--config=git.abandon-unreachable-commits=false", "git", "import");
    in("--ignore-immutable", GIT_MARKERS, "edit", work);
    in("--ignore-immutable", GIT_MARKERS, "rebase", "-s", "@", "-o", onto);
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
