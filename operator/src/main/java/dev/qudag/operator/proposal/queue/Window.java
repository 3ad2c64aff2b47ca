package dev.qudag.operator.proposal.queue;

import java.util.List;

/**
 * How far the queue speculates: one step further after each landing, half as far after each failure
 * (additive increase, multiplicative decrease: Chiu and Jain, "Analysis of the increase and
 * decrease algorithms", 1989; Zuul does the same).
 *
 * <p>Computed anew from the last ends, so nothing has to be kept: after {@link #MEMORY} ends the
 * start is forgotten.
 */
public final class Window {
  public static final int START = 4;

  /** How many ends are looked at. */
  public static final int MEMORY = 64;

  private Window() {}

  /** What came of a proposal. Conflicts, withdrawals and the like say nothing. */
  public enum Outcome {
    LANDED,
    /** Its checks failed. */
    FAILED
  }

  /**
   * How many trees to check at once, 1 to {@code max}.
   *
   * @param ends in the order of time
   */
  public static int after(List<Outcome> ends, int max) {
    int size = Math.min(START, max);
    for (Outcome end : ends.subList(Math.max(0, ends.size() - MEMORY), ends.size())) {
      size =
          switch (end) {
            case LANDED -> Math.min(max, size + 1);
            case FAILED -> Math.max(1, size / 2);
          };
    }
    return size;
  }
}
