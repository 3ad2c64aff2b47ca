package dev.qudag.consensus.simplex;

import dev.qudag.consensus.simplex.member.Signer;
import dev.qudag.consensus.simplex.member.ValidatorSet;
import dev.qudag.crypto.Digest;
import java.time.Duration;

/**
 * Who runs what: fixed for an epoch.
 *
 * @param self this member's index in the set
 * @param timeout how long a leader may take before this member gives the view up, when all is well
 * @param longestTimeout where the doubling of the time-out ends
 */
public record SimplexConfig(
    Digest chainId,
    long epoch,
    ValidatorSet set,
    int self,
    Signer signer,
    Duration timeout,
    Duration longestTimeout) {
  /** Where the doubling ends unless said otherwise. */
  public static final Duration LONGEST_TIMEOUT = Duration.ofSeconds(10);

  public SimplexConfig {
    if (!set.contains(self)) {
      throw new IllegalArgumentException("member " + self + " is not in a set of " + set.size());
    }
    if (timeout.toMillis() < 1 || timeout.compareTo(longestTimeout) > 0) {
      throw new IllegalArgumentException(
          "a time-out of "
              + timeout
              + ", expected at least 1 ms and at most the longest, "
              + longestTimeout);
    }
  }
}
