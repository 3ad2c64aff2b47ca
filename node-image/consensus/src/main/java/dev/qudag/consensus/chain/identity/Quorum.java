package dev.qudag.consensus.chain.identity;

/**
 * How much weight decides: the smallest q with 3·q &gt; 2·total, which is 2f+1 only where total =
 * 3f+1.
 */
public final class Quorum {
  private Quorum() {}

  /**
   * The quorum of a set.
   *
   * @param totalWeight sum of the members' weights, at least 1
   */
  public static long of(long totalWeight) {
    if (totalWeight < 1) {
      throw new IllegalArgumentException(
          "a set has at least one member, not weight " + totalWeight);
    }
    return totalWeight - (totalWeight - 1) / 3;
  }
}
