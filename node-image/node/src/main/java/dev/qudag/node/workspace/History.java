package dev.qudag.node.workspace;

import dev.qudag.node.workspace.vcs.Git;
import dev.qudag.node.workspace.vcs.Operation;
import dev.qudag.node.workspace.vcs.Vcs;
import java.util.List;
import java.util.Optional;

/**
 * Takes the files back and forth in their history, and brings their work onto the newest commit of
 * the branch. What stood in the files before is an operation first, and can be restored.
 *
 * <p>While files are moved, the older of the two commits that they are built on stands as the base:
 * if the process ends between, what others landed is at worst proposed once more, never undone.
 */
final class History {

  /** How far back an operation is looked for. */
  private static final int MOST = 1000;

  private static final int MOST_LEFT = 20;
  private static final String MOST_COMMITS = "5";

  private final Workbench bench;
  private final Git git;
  private final Vcs vcs;
  private final Journal journal;

  History(Workbench bench, Git git, Vcs vcs, Journal journal) {
    this.bench = bench;
    this.git = git;
    this.vcs = vcs;
    this.journal = journal;
  }

  /**
   * What an undo or a restore came to.
   *
   * @param before the operation that holds what the files were
   * @param to the operation that they are as of now
   * @param left paths that are not as they were: files that no snapshot takes are in the way
   */
  record Turn(Operation before, Operation to, boolean changed, List<String> left) {}

  /**
   * What a sync came to.
   *
   * @param before the operation that holds what the files were
   * @param base the commit that they are built on now
   */
  record Sync(Operation before, String base, boolean changed, List<Conflict> conflicts) {}

  /**
   * @param commits the newest ones of the branch that changed the path, with their titles
   */
  record Conflict(String path, List<String> commits) {}

  /** Nothing was changed; says why. */
  static final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String reason;

    RefusedException(String reason, String message) {
      super(message);
      this.reason = reason;
    }

    String reason() {
      return reason;
    }
  }

  /** The newest operations, newest first. */
  List<Operation> log(int most) {
    synchronized (bench) {
      var ignored = vcs.snapshot();
      return vcs.operations(most).stream().map(this::told).toList();
    }
  }

  private Operation told(Operation operation) {
    return new Operation(
        operation.id(), operation.time(), journal.what(operation.id()).orElse(operation.what()));
  }

  /** The hub holds this commit: what the agent does next is built on it. */
  void adopt(String commit) {
    synchronized (bench) {
      journal.begin(bench.base());
      bench.adopt(commit);
      journal.built(newest().id(), commit);
    }
  }

  /** Back to before the last operation that changed files; again, to before the one before. */
  Turn undo() {
    synchronized (bench) {
      List<Operation> operations = settled();
      int at = position(operations);
      String tree = vcs.tree(operations.get(at));
      for (int i = at + 1; i < operations.size(); i++) {
        if (!vcs.tree(operations.get(i)).equals(tree)) {
          Operation target = operations.get(i);
          return turn(operations, i, (id, base) -> journal.undone(id, base, target));
        }
      }
      throw new RefusedException(
          "NothingToUndo", "no operation before has other files; see: qudag log");
    }
  }

  /** Where the files are in their history: an undo stands where it went back to. */
  private int position(List<Operation> operations) {
    List<String> ids = operations.stream().map(Operation::id).toList();
    int at = 0;
    Optional<String> target = journal.undone(ids.getFirst());
    while (target.isPresent() && ids.indexOf(target.get()) > at) {
      at = ids.indexOf(target.get());
      target = journal.undone(ids.get(at));
    }
    return at;
  }

  /**
   * The files as they were after an operation.
   *
   * @param id the beginning of its id, hex digits
   */
  Turn restore(String id) {
    synchronized (bench) {
      List<Operation> operations = settled();
      List<Operation> meant =
          operations.stream().filter(operation -> operation.id().startsWith(id)).toList();
      if (meant.isEmpty()) {
        throw new RefusedException(
            "UnknownOperation",
            "none of the last %d operations is %s; see: qudag log".formatted(MOST, id));
      }
      if (meant.size() > 1) {
        throw new RefusedException(
            "AmbiguousOperation",
            "%d operations begin with %s: give more digits".formatted(meant.size(), id));
      }
      Operation target = meant.getFirst();
      return turn(
          operations,
          operations.indexOf(target),
          (made, base) -> journal.did(made, base, "restore of " + target.shortId()));
    }
  }

  private interface Noting {
    void note(String id, String base);
  }

  private Turn turn(List<Operation> operations, int index, Noting noting) {
    Operation target = operations.get(index);
    String now = bench.base();
    String base = journal.base(operations.subList(index, operations.size()));
    String wanted = vcs.tree(target);
    if (vcs.tree(operations.getFirst()).equals(wanted) && base.equals(now)) {
      return new Turn(told(operations.getFirst()), told(target), false, List.of());
    }
    if (git.isAncestor(base, now)) {
      bench.adopt(base);
    }
    try {
      vcs.restore(target);
    } catch (Vcs.InTheWayException e) {
      bench.adopt(now);
      throw e;
    }
    bench.adopt(base);
    List<Operation> newest = vcs.operations(2);
    Operation before = newest.size() > 1 ? newest.get(1) : newest.getFirst();
    noting.note(newest.getFirst().id(), base);
    return new Turn(told(before), told(target), true, left(wanted));
  }

  /** Paths at which the files are not what was wanted. */
  private List<String> left(String wanted) {
    String tree = vcs.snapshot().tree();
    return tree.equals(wanted)
        ? List.of()
        : git.ask("diff-tree", "-r", "--no-renames", "--name-only", wanted, tree)
            .lines()
            .limit(MOST_LEFT)
            .toList();
  }

  /**
   * The work of the files on the newest commit of the branch that is known here, as one change.
   *
   * @param title of the work
   * @throws Vcs.ConflictedException when the conflicts of an earlier sync are still there
   */
  Sync sync(String title) {
    synchronized (bench) {
      Operation before = told(settled().getFirst());
      Revision revision = bench.look(title);
      String head = bench.head();
      if (git.isAncestor(head, revision.base())) {
        return new Sync(before, revision.base(), false, List.of());
      }
      String forked =
          git.mergeBase(revision.commit(), head)
              .orElseThrow(
                  () ->
                      new RefusedException(
                          "UnrelatedHistories",
                          "the branch was replaced: %s and %s have no common commit; go on in a new workspace"
                              .formatted(revision.commit(), head)));
      vcs.rebase(bench.work(revision, forked, title), head);
      bench.adopt(head);
      journal.did(newest().id(), head, "sync onto " + head);
      List<Conflict> conflicts =
          vcs.snapshot().conflicts().stream().map(path -> conflict(path, forked, head)).toList();
      return new Sync(before, head, true, conflicts);
    }
  }

  private Conflict conflict(String path, String forked, String head) {
    return new Conflict(
        path,
        git.ask(
                "--literal-pathspecs",
                "log",
                "-n",
                MOST_COMMITS,
                "--format=%h %s",
                forked + ".." + head,
                "--",
                path)
            .lines()
            .map(Titles::clean)
            .toList());
  }

  /** All operations, when the newest holds the files as they are and is noted with their base. */
  private List<Operation> settled() {
    var ignored = vcs.snapshot();
    journal.begin(bench.base());
    List<Operation> operations = vcs.operations(MOST);
    if (!journal.base(operations).equals(bench.base())) {
      journal.built(operations.getFirst().id(), bench.base());
    }
    return operations;
  }

  private Operation newest() {
    return vcs.operations(1).getFirst();
  }
}
