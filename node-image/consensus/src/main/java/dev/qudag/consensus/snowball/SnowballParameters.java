package dev.qudag.consensus.snowball;

import dev.qudag.consensus.snowball.stake.Hypergeometric;
import dev.qudag.consensus.snowball.stake.Stake;
import java.util.Locale;

/**
 * How Snowball polls. There are no other parameters than ones that keep the rules: {@code k/2 <
 * alphaPreference ≤ alphaConfidence ≤ k}, so that no poll supports two choices, and {@code 0 <
 * concurrentRepolls ≤ beta}, so that no more polls are in flight than an acceptance needs (rules
 * and the pair of alphas as in avalanchego).
 *
 * @param k seats in the sample of a poll
 * @param alphaPreference seats that change a preference
 * @param alphaConfidence seats that add to confidence
 * @param beta confident polls in a row that accept
 * @param concurrentRepolls polls in flight at most
 * @param declaredFaults units of stake that may be silent or lie
 */
public record SnowballParameters(
    int k,
    int alphaPreference,
    int alphaConfidence,
    int beta,
    int concurrentRepolls,
    long declaredFaults) {
  /** More polls than this many times beta, and a set counts as one without liveness. */
  public static final int PATIENCE = 5;

  /** The part of the stake that may be declared faulty is one in so many. */
  public static final int MOST_FAULTS_ONE_IN = 10;

  public SnowballParameters {
    if (2L * alphaPreference <= k) {
      throw new IllegalArgumentException(
          "alphaPreference is " + alphaPreference + ", expected more than k/2 with k = " + k);
    }
    if (alphaConfidence < alphaPreference || alphaConfidence > k) {
      throw new IllegalArgumentException(
          "alphaConfidence is "
              + alphaConfidence
              + ", expected at least alphaPreference = "
              + alphaPreference
              + " and at most k = "
              + k);
    }
    if (concurrentRepolls < 1 || concurrentRepolls > beta) {
      throw new IllegalArgumentException(
          "concurrentRepolls is "
              + concurrentRepolls
              + ", expected at least 1 and at most beta = "
              + beta);
    }
    if (declaredFaults < 0) {
      throw new IllegalArgumentException(
          "declaredFaults is " + declaredFaults + ", expected at least 0");
    }
  }

  /** k = 20, alphaPreference = 11, alphaConfidence = 15, beta = 20, 4 concurrent repolls. */
  public static SnowballParameters standard(long declaredFaults) {
    return new SnowballParameters(20, 11, 15, 20, 4, declaredFaults);
  }

  /**
   * Polls that a member is expected to need when all honest stake agrees and no faulty stake helps.
   *
   * @param others units that the member samples from: all but its own
   * @return at least beta; infinite when no poll can succeed
   */
  public double expectedPolls(long others) {
    return Streak.expectedTrials(
        new Hypergeometric(others, others - declaredFaults, k), alphaConfidence, beta);
  }

  /**
   * Refuses a set on which Snowball would stand still, judged by the member that samples from the
   * fewest units.
   *
   * @throws IllegalArgumentException when a sample is larger than what it is drawn from, the
   *     expected polls are more than {@link #PATIENCE}·beta, or more faults are declared than one
   *     in {@link #MOST_FAULTS_ONE_IN}
   */
  public void requireLiveness(Stake stake) {
    long others = stake.total() - stake.heaviest();
    if (others < k || others < declaredFaults) {
      throw new IllegalArgumentException(
          "k is %d and declaredFaults %d, expected no more than the %d units that others hold"
              .formatted(k, declaredFaults, others));
    }
    double polls = expectedPolls(others);
    if (polls > (double) PATIENCE * beta) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "no liveness: with %d of %d units faulty a member needs %.3g polls to accept,"
                  + " expected at most %d·beta = %d",
              declaredFaults,
              stake.total(),
              polls,
              PATIENCE,
              (long) PATIENCE * beta));
    }
    if (declaredFaults > stake.total() / MOST_FAULTS_ONE_IN) {
      throw new IllegalArgumentException(
          "declaredFaults is "
              + declaredFaults
              + ", expected at most one in "
              + MOST_FAULTS_ONE_IN
              + " of "
              + stake.total()
              + " units");
    }
  }

  Support support(int votes) {
    if (votes >= alphaConfidence) {
      return Support.CONFIDENCE;
    }
    return votes >= alphaPreference ? Support.PREFERENCE : Support.NONE;
  }

  /** Whether so many more seats leave the support of so many votes as it is. */
  boolean isSettled(int votes, int outstanding) {
    return support(votes) == support(votes + outstanding);
  }

  boolean isAccepted(int confidence) {
    return confidence >= beta;
  }
}
