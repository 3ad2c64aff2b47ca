package dev.qudag.operator.proposal.queue;

import java.util.Set;

/**
 * What has come of the branch so far.
 *
 * @param head the branch's commit
 * @param former commits that the branch was at
 * @param landed names of proposals that are on the branch
 * @param lost names of proposals that ended without landing
 */
public record Branch(String head, Set<String> former, Set<String> landed, Set<String> lost) {
  public Branch {
    former = Set.copyOf(former);
    landed = Set.copyOf(landed);
    lost = Set.copyOf(lost);
  }

  /** With nothing behind it. */
  public static Branch at(String head) {
    return new Branch(head, Set.of(), Set.of(), Set.of());
  }

  /** Not a speculation: what was built on it was built on the branch. */
  public boolean holds(String commit) {
    return commit.equals(head) || former.contains(commit);
  }
}
