package dev.qudag.operator.proposal.state;

import java.util.List;

/**
 * What made a check fail on a tree, by its runs on the base, on each of two changes alone, and on
 * both together.
 */
public sealed interface Blame {
  /** Too little was run to tell. */
  record Unknown() implements Blame {}

  /** The change alone: without it the check passes. */
  record Own() implements Blame {}

  /**
   * The change together with what landed before it: each passes without the other.
   *
   * @param others names of those, in the order in which they landed
   */
  record Together(List<String> others) implements Blame {
    public Together {
      others = List.copyOf(others);
    }
  }

  /** What a run said; most combinations were never run. */
  enum Verdict {
    PASSED,
    FAILED,
    UNKNOWN
  }

  /**
   * Judges a tree that failed.
   *
   * @param base the tree without either
   * @param others the tree with the others alone; of no others, the base
   * @param own the tree with the change alone
   * @param landed names of the others
   */
  static Blame of(Verdict base, Verdict others, Verdict own, List<String> landed) {
    if (base != Verdict.PASSED || others != Verdict.PASSED) {
      return new Unknown();
    }
    if (landed.isEmpty()) {
      return new Own();
    }
    return switch (own) {
      case PASSED -> new Together(landed);
      case FAILED -> new Own();
      case UNKNOWN -> new Unknown();
    };
  }
}
