package dev.qudag.consensus.snowball.committee;

import dev.qudag.consensus.snowball.stake.Hypergeometric;

/**
 * The probability that a committee falls into bad hands: that a third of its seats or more belong
 * to bad stake, where Simplex promises nothing any more.
 *
 * <p>Seats are units drawn without replacement, so the probability of one draw is exactly that of
 * {@link Hypergeometric}: with {@code b} of {@code u} units bad and {@code c} seats
 *
 * <pre>
 *   P = Σ  C(b, i) · C(u − b, c − i) / C(u, c)    over i from ⌈c/3⌉ to min(b, c)
 * </pre>
 *
 * <p>Whoever makes the block that seeds a draw may try many: the published bound allows 2⁴⁰ tries,
 * of which at most 2⁴⁰·P succeed (union bound). Both are base-2 logarithms; minus infinity is
 * impossible. Sizing a committee by such a tail follows Algorand (Gilad and others, SOSP 2017),
 * which draws with replacement and in secret.
 *
 * @param badSeats the seats of bad stake in one draw
 */
public record CaptureBound(Hypergeometric badSeats) {
  /** Base-2 logarithm of the tries that whoever makes the seed is allowed. */
  public static final int GRINDING_BITS = 40;

  /**
   * The bound for a committee.
   *
   * @param units of stake in the set
   * @param bad units in bad hands
   * @param seats in the committee
   */
  public static CaptureBound of(long units, long bad, int seats) {
    return new CaptureBound(new Hypergeometric(units, bad, seats));
  }

  /** One draw with a seed that nobody chose. */
  public double log2OfOneDraw() {
    int third = Math.ceilDiv(badSeats.drawn(), 3);
    return badSeats.logAtLeast(third) / Math.log(2);
  }

  /** The worst of 2⁴⁰ draws, at most 0. */
  public double log2WithGrinding() {
    return Math.min(0, log2OfOneDraw() + GRINDING_BITS);
  }
}
