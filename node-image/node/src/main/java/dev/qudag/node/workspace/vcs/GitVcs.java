package dev.qudag.node.workspace.vcs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Snapshots by git plumbing. Git is told file by file what to add, so that it never descends into a
 * repository that the agent made within the tree (its configuration could name programs to run).
 *
 * <p>The operation log is a chain of commits: each has the tree that the files became, and the
 * operation before as its parent.
 *
 * @param maxNewFileBytes larger new files stay out of the snapshot
 */
public record GitVcs(Git git, Path tree, long maxNewFileBytes) implements Vcs {

  private static final String LOG = "refs/qudag/snapshots";

  @Override
  public void init() {
    inTree("read-tree", "HEAD").run().orThrow();
    record(git.tree("HEAD"), "clone");
  }

  @Override
  public Snapshot snapshot() {
    String tree = take();
    return new Snapshot(tree, new MarkedMerge(git).conflicts(tree));
  }

  private String take() {
    dropLockOfAKilledGit();
    var paths = new ArrayList<>(names("ls-files", "-z", "--modified", "--deleted"));
    names("ls-files", "-z", "--others", "--exclude-standard").stream()
        .filter(this::acceptable)
        .forEach(paths::add);
    var list = String.join("\0", paths).getBytes(StandardCharsets.UTF_8);
    inTree("update-index", "-z", "--add", "--remove", "--stdin").run(list).orThrow();
    String taken = inTree("write-tree").run().orThrow().line();
    record(taken, "snapshot");
    return taken;
  }

  @Override
  public List<Operation> operations(int most) {
    return git.ask("log", "-n", Integer.toString(most), "--format=%H %ct %s", LOG, "--")
        .lines()
        .map(line -> line.split(" ", 3))
        .map(part -> new Operation(part[0], Times.of(Long.parseLong(part[1])), part[2]))
        .toList();
  }

  @Override
  public String tree(Operation operation) {
    return git.tree(operation.id());
  }

  @Override
  public void restore(Operation operation) {
    String now = take();
    checkOut(now, tree(operation), "restore to operation " + operation.shortId());
  }

  @Override
  public void rebase(String work, String onto) {
    String now = take();
    checkOut(now, new MarkedMerge(git).merge(work, onto), "rebase onto " + onto);
  }

  /**
   * Git looks at every file that it would write before it writes the first: one that is not as in
   * the index was changed meanwhile, one that is not in the index belongs to nobody here.
   */
  private void checkOut(String now, String wanted, String what) {
    var ignored = inTree("update-index", "-q", "--refresh").run();
    var output = inTree("read-tree", "-m", "-u", now, wanted).run();
    if (!output.succeeded()) {
      throw new InTheWayException(
          "no file was changed, git says: " + output.err().strip().replaceAll("\\s+", " "));
    }
    record(wanted, what);
  }

  /** Nobody else writes this index, so a lock that is there was left. */
  private void dropLockOfAKilledGit() {
    try {
      Files.deleteIfExists(git.directory().resolve("index.lock"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void record(String snapshot, String what) {
    var last = git.commit(LOG);
    if (last.isPresent() && git.tree(last.get()).equals(snapshot)) {
      return;
    }
    var words = new ArrayList<>(List.of("commit-tree", snapshot, "-m", what));
    last.ifPresent(parent -> words.addAll(List.of("-p", parent)));
    String commit =
        git.command(Identity.SIDECAR.environment(), words.toArray(String[]::new))
            .run()
            .orThrow()
            .line();
    git.ask("update-ref", LOG, commit);
  }

  /**
   * A file of bearable size; a directory, which git lists only for a nested repository, is none.
   */
  private boolean acceptable(String path) {
    return !path.endsWith("/") && tree.resolve(path).toFile().length() <= maxNewFileBytes;
  }

  private List<String> names(String... arguments) {
    return Nul.split(inTree(arguments).run().orThrow().text());
  }

  private Command inTree(String... arguments) {
    return git.command(Map.of("GIT_WORK_TREE", tree.toString()), arguments).in(tree);
  }
}
