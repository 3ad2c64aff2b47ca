package dev.qudag.node.workspace.vcs;

import java.util.List;

/** How the files of a workspace become a tree of the sidecar's own repository. */
public sealed interface Vcs permits GitVcs, JujutsuVcs {

  /** Called once, after the base was checked out for the first time. */
  void init();

  /**
   * Takes the files as they are now.
   *
   * @return the tree's id
   * @throws ConflictedException when the tree holds a conflict that must not be published
   */
  String snapshot();

  /** The newest snapshots, one line each, newest first. */
  List<String> log(int most);

  /** The files hold a conflict of jj's own; such a commit never leaves the workspace. */
  final class ConflictedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public ConflictedException() {
      super("the workspace is in conflict; resolve the conflict and propose again");
    }
  }
}
