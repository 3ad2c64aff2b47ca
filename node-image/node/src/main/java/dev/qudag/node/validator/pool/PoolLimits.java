package dev.qudag.node.validator.pool;

/**
 * How much may wait to be ordered. Half of it is the swarm's (hub and operator); the other half
 * belongs to the other validators in equal shares, so none takes the room of another.
 *
 * @param decisions how many
 * @param bytes of their encodings together
 * @param validators that may bring some: all others of the set
 */
public record PoolLimits(int decisions, long bytes, int validators) {
  /** Of a share: a decision with checks and a long message has some 20 kB. */
  private static final long LEAST_BYTES = 32 * 1024;

  public PoolLimits {
    if (validators < 0) {
      throw new IllegalArgumentException(validators + " other validators, expected 0 or more");
    }
    int sharers = least(validators);
    if (decisions / sharers < 1 || bytes / sharers < LEAST_BYTES) {
      throw new IllegalArgumentException(
          "a pool of %d decisions and %d bytes for %d other validators: expected %d and %d at least"
              .formatted(decisions, bytes, validators, sharers, sharers * LEAST_BYTES));
    }
  }

  /** The decisions that a pool for so many other validators has at least: one in each share. */
  public static int least(int validators) {
    return 2 * Math.max(1, validators);
  }

  /** What one bringer may hold. */
  Share of(Bringer bringer) {
    int parts =
        switch (bringer) {
          case Bringer.Swarm() -> 2;
          case Bringer.Validator validator -> least(validators);
        };
    return new Share(decisions / parts, bytes / parts);
  }

  /** What one bringer may hold, or holds. */
  record Share(int decisions, long bytes) {
    static final Share NOTHING = new Share(0, 0);

    Share plus(long size) {
      return new Share(decisions + 1, bytes + size);
    }

    Share minus(long size) {
      return new Share(decisions - 1, bytes - size);
    }

    boolean fits(Share limit) {
      return decisions <= limit.decisions && bytes <= limit.bytes;
    }
  }
}
