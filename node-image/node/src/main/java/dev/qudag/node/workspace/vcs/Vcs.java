package dev.qudag.node.workspace.vcs;

import java.util.List;

/** How the files of a workspace become trees of the sidecar's own repository, and go back. */
public sealed interface Vcs permits GitVcs, JujutsuVcs {

  /** Called once, after the base was checked out for the first time. */
  void init();

  /** Takes the files as they are now, in conflict or not. */
  Snapshot snapshot();

  /** The newest operations, newest first, back to the clone. */
  List<Operation> operations(int most);

  /** The files as they were after the operation; they may have been in conflict. */
  String tree(Operation operation);

  /**
   * Makes the files what they were after the operation. What they are before is kept as an
   * operation of its own. Files that no snapshot takes stay where they are.
   *
   * @throws InTheWayException when such a file is in the way; nothing is changed then
   */
  void restore(Operation operation);

  /**
   * Makes the files what the work changes, on top of another commit. Conflicts stand as markers in
   * the files, and the next snapshot names them.
   *
   * @param work a commit of the files as they are; its parent is what its work is a change of
   * @param onto the commit to build on
   * @throws InTheWayException when a file that no snapshot takes is in the way; nothing is changed
   */
  void rebase(String work, String onto);

  /** The files hold a conflict that nobody has resolved; they never leave the workspace so. */
  final class ConflictedException extends RuntimeException {

    private static final long serialVersionUID = 1;
    private static final int MOST_NAMED = 20;

    private final transient List<String> paths;

    public ConflictedException(List<String> paths) {
      super(
          "the files are in conflict: "
              + String.join(", ", paths.subList(0, Math.min(MOST_NAMED, paths.size())))
              + ": resolve what the markers in them show, or take the sync back: qudag undo");
      this.paths = List.copyOf(paths);
    }

    public List<String> paths() {
      return paths;
    }
  }

  /** Files that are in no snapshot stand where others should be put. */
  final class InTheWayException extends RuntimeException {

    private static final long serialVersionUID = 1;

    InTheWayException(String what) {
      super(what);
    }
  }
}
