package dev.qudag.consensus.snowball;

import dev.qudag.consensus.snowball.stake.Hypergeometric;

/** Successes in a row, which is what acceptance waits for. */
final class Streak {
  private Streak() {}

  /**
   * Expected number of samples until {@code length} in a row hold {@code alpha} marked units or
   * more: (1 − p^β) / ((1 − p)·p^β) for p = P[sample ≥ α] and β = length.
   *
   * <p>Computed as (p^−β − 1) / (1 − p), with both 1 − p and ln p taken from the tail that is
   * small, so that it neither cancels near p = 1 nor underflows near p = 0.
   */
  static double expectedTrials(Hypergeometric sample, int alpha, int length) {
    double failure = sample.below(alpha);
    if (failure == 0) {
      return length;
    }
    double logSuccess = failure < 0.5 ? Math.log1p(-failure) : sample.logAtLeast(alpha);
    return Math.expm1(-length * logSuccess) / failure;
  }
}
