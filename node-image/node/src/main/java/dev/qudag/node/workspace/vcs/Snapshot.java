package dev.qudag.node.workspace.vcs;

import java.util.List;

/**
 * The files at one moment.
 *
 * @param tree of the sidecar's own repository; while there are conflicts it must not be published
 * @param conflicts paths whose conflict nobody has resolved yet
 */
public record Snapshot(String tree, List<String> conflicts) {

  public Snapshot {
    conflicts = List.copyOf(conflicts);
  }

  /**
   * The tree that may be published.
   *
   * @throws Vcs.ConflictedException when there is a conflict
   */
  public String orThrow() {
    if (!conflicts.isEmpty()) {
      throw new Vcs.ConflictedException(conflicts);
    }
    return tree;
  }
}
