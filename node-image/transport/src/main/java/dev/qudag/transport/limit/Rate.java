package dev.qudag.transport.limit;

/**
 * How much is allowed for long, and how much at once.
 *
 * @param perSecond at least 1
 * @param burst at least 1
 */
public record Rate(long perSecond, long burst) {
  public Rate {
    if (perSecond < 1 || burst < 1) {
      throw new IllegalArgumentException(
          "a rate of " + perSecond + " per second and " + burst + " at once allows nothing");
    }
  }
}
