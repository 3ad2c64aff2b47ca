package dev.qudag.consensus.evidence;

import dev.qudag.consensus.simplex.block.BlockHeader;
import dev.qudag.consensus.simplex.member.ValidatorSet;
import dev.qudag.consensus.simplex.message.Ballot;
import dev.qudag.consensus.simplex.message.BallotKind;
import dev.qudag.consensus.simplex.message.Certificate;
import dev.qudag.consensus.simplex.message.Finality;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Two blocks of one height are final. More members lie than are tolerated, and the chain must stop.
 *
 * <p>It names nobody. Finalizations of two views have honest signers in common: each is of another
 * view, and says nothing about the other. Culprits come only from what excludes itself within one
 * view: {@link #culprits}.
 */
public record SafetyViolation(Finality one, Finality other) {
  public SafetyViolation {
    if (!exclude(one.subject(), other.subject())) {
      throw new IllegalArgumentException(
          "blocks at heights "
              + one.subject().height()
              + " and "
              + other.subject().height()
              + " do not conflict, expected two of one height");
    }
  }

  /** The violation, when both are proven and cannot both be; empty otherwise. */
  public static Optional<SafetyViolation> of(Finality one, Finality other, ValidatorSet set) {
    return exclude(one.subject(), other.subject()) && one.isValid(set) && other.isValid(set)
        ? Optional.of(new SafetyViolation(one, other))
        : Optional.empty();
  }

  private static boolean exclude(BlockHeader one, BlockHeader other) {
    return one.chainId().equals(other.chainId())
        && one.epoch() == other.epoch()
        && one.height() == other.height()
        && !one.equals(other);
  }

  /**
   * Evidence that names culprits, when there is some.
   *
   * @param nullification of the view of either finalization, if one is known; one of another chain
   *     or epoch names nobody
   */
  public Optional<ConflictingCertificates> culprits(Optional<Certificate> nullification) {
    Certificate first = one.certificate();
    Certificate second = other.certificate();
    if (first.ballot().view() == second.ballot().view()) {
      return Optional.of(ConflictingCertificates.of(first, second));
    }
    return nullification
        .filter(skipped -> skipped.ballot().kind() == BallotKind.NULLIFY)
        .flatMap(
            skipped ->
                Stream.of(first, second)
                    .filter(finalized -> isOfOneView(finalized.ballot(), skipped.ballot()))
                    .findFirst()
                    .map(finalized -> ConflictingCertificates.of(skipped, finalized)));
  }

  private static boolean isOfOneView(Ballot one, Ballot other) {
    return one.chainId().equals(other.chainId())
        && one.epoch() == other.epoch()
        && one.view() == other.view();
  }
}
