package dev.qudag.node.hub.book;

/**
 * What an agent says of the place of its proposal in the queue.
 *
 * @param stacks it depends on the newest proposal of its workspace that has not ended
 * @param priority 0 to {@link #MAX_PRIORITY}; the policy says how much of it counts
 */
public record Wishes(boolean stacks, int priority) {
  public static final int MAX_PRIORITY = 24;

  public static final Wishes NONE = new Wishes(false, 0);

  public Wishes {
    if (priority < 0 || priority > MAX_PRIORITY) {
      throw new IllegalArgumentException(
          "a priority is 0 to %d, not %s"
              .formatted(MAX_PRIORITY, Integer.toUnsignedString(priority)));
    }
  }
}
