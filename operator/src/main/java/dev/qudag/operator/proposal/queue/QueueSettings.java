package dev.qudag.operator.proposal.queue;

/**
 * How a queue works.
 *
 * @param window how many trees are built and checked at once, at least 1
 * @param batchSize how many proposals of one priority at most share a check; with 1 each also lands
 *     by a decision of its own, with more a tree that passed lands all that it holds
 * @param freezeBelow proposals of a lower priority do not land; 0 when all may
 */
public record QueueSettings(int window, int batchSize, int freezeBelow) {
  public QueueSettings {
    if (window < 1) {
      throw new IllegalArgumentException("the window holds at least 1 proposal, not " + window);
    }
    if (batchSize < 1) {
      throw new IllegalArgumentException("a batch holds at least 1 proposal, not " + batchSize);
    }
  }

  /** Each proposal by itself, and nothing frozen. */
  public static QueueSettings of(int window) {
    return new QueueSettings(window, 1, 0);
  }

  boolean freezes(Entry entry) {
    return entry.priority() < freezeBelow;
  }
}
