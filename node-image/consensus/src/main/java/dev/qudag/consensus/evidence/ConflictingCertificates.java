package dev.qudag.consensus.evidence;

import dev.qudag.consensus.certificate.ValidatorSets;
import dev.qudag.consensus.chain.identity.MemberSet;
import dev.qudag.consensus.chain.identity.Offence;
import dev.qudag.consensus.evidence.Conviction.Convicted;
import dev.qudag.consensus.evidence.Conviction.Reason;
import dev.qudag.consensus.evidence.Conviction.Refused;
import dev.qudag.consensus.simplex.member.ValidatorSet;
import dev.qudag.consensus.simplex.message.Ballot;
import dev.qudag.consensus.simplex.message.BallotKind;
import dev.qudag.consensus.simplex.message.Certificate;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Two quorums of one view that exclude each other: two notarizations, two finalizations, or a
 * finalization and a nullification. Each member that signed both is a culprit; there are some,
 * since two quorums intersect.
 *
 * <p>A notarization of one block and a finalization of another convict nobody: an honest member
 * that notarized the first of a leader's two blocks may finalize the one that the others notarized.
 *
 * @param first a nullification before a finalization; otherwise that of the smaller digest
 */
public record ConflictingCertificates(Certificate first, Certificate second) implements Evidence {
  static final String TAG = "qudag.dev/v1/evidence-conflicting-certificates";

  public ConflictingCertificates {
    Ballot one = first.ballot();
    Ballot other = second.ballot();
    Parts.requireOneView(one, other);
    boolean skippedAndFinal =
        one.kind() == BallotKind.NULLIFY && other.kind() == BallotKind.FINALIZE;
    boolean twoBlocks = one.kind() == other.kind() && one.block().compareTo(other.block()) < 0;
    if (!(skippedAndFinal || twoBlocks)) {
      throw new IllegalArgumentException(
          one.kind() + " and " + other.kind() + " do not exclude each other, or are not in order");
    }
  }

  /**
   * Out of two certificates, in whichever order they were found.
   *
   * @throws IllegalArgumentException when they are of two views, or do not exclude each other
   */
  public static ConflictingCertificates of(Certificate one, Certificate other) {
    boolean inOrder =
        one.ballot().kind() == other.ballot().kind()
            ? one.ballot().block().compareTo(other.ballot().block()) <= 0
            : one.ballot().kind() == BallotKind.NULLIFY;
    return inOrder
        ? new ConflictingCertificates(one, other)
        : new ConflictingCertificates(other, one);
  }

  @Override
  public long epoch() {
    return first.ballot().epoch();
  }

  @Override
  public Conviction verify(Digest chainId, MemberSet set) {
    Optional<Refused> foreign = Parts.foreign(first.ballot(), chainId, set);
    if (foreign.isPresent()) {
      return foreign.get();
    }
    ValidatorSet validators = ValidatorSets.of(set);
    if (!first.isValid(validators) || !second.isValid(validators)) {
      return new Refused(
          Reason.BAD_CERTIFICATE, "no quorum of epoch " + set.epoch() + " signed both");
    }
    List<Integer> culprits = new ArrayList<>(first.signerIndices());
    culprits.retainAll(second.signerIndices());
    return new Convicted(
        culprits.stream()
            .flatMap(place -> set.at(place).stream())
            .map(member -> Parts.offence(member, first.ballot(), step()))
            .toList());
  }

  private Offence.Step step() {
    return switch (first.ballot().kind()) {
      case NOTARIZE -> Offence.Step.NOTARIZE;
      case NULLIFY -> Offence.Step.NULLIFY;
      case FINALIZE -> Offence.Step.FINALIZE;
    };
  }

  @Override
  public byte[] encode() {
    return CanonicalWriter.tagged(TAG).bytes(first.encode()).bytes(second.encode()).toByteArray();
  }

  static ConflictingCertificates decode(byte[] bytes) {
    return CanonicalReader.read(
        TAG,
        bytes,
        in ->
            new ConflictingCertificates(
                Certificate.decode(in.byteArray()), Certificate.decode(in.byteArray())));
  }
}
