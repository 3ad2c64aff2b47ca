package dev.qudag.consensus.certificate;

import dev.qudag.consensus.certificate.Verification.NotProven;
import dev.qudag.consensus.certificate.Verification.Reason;
import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.identity.AdminSignature;
import dev.qudag.consensus.chain.identity.Predecessor;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.encoding.MalformedEncodingException;
import java.util.Optional;

/**
 * Whether one chain takes the place of another with the right to do so.
 *
 * <p><b>A person signs the whole genesis of the successor</b>: its first commit, its hub, its
 * validators, its operator. A signature over less would be good for validators that the person
 * never saw. Where the predecessor names no administrator keys its operator's word is enough, for
 * nodes; for a stranger it is not, who then has to be told both fingerprints.
 */
public final class Succession {
  private Succession() {}

  /**
   * Why a node of the predecessor does not go over to the successor; empty when it may.
   *
   * @param signature by an administrator of the predecessor, over the successor's encoding
   */
  public static Optional<String> refusal(
      Genesis predecessor, Genesis successor, Optional<AdminSignature> signature) {
    return unrelated(predecessor, successor)
        .or(
            () ->
                predecessor.adminKeys().isEmpty()
                    ? ofAnotherOperator(predecessor, successor)
                    : unsigned(predecessor, successor, signature));
  }

  /**
   * Why somebody who was told the predecessor's fingerprint does not believe the successor; empty
   * when that is shown.
   *
   * @param predecessor canonical {@link Genesis}
   * @param told its fingerprint
   * @param successor canonical {@link Genesis}
   * @param toldToo the successor's fingerprint, which the caller compares, if it was told that as
   *     well: then no signature is needed
   * @param signature by an administrator of the predecessor, over the successor's bytes
   */
  public static Optional<NotProven> broken(
      byte[] predecessor,
      Digest told,
      byte[] successor,
      Optional<Digest> toldToo,
      Optional<AdminSignature> signature) {
    Digest fingerprint = Digest.sha256(predecessor);
    if (!fingerprint.equals(told)) {
      return Optional.of(
          new NotProven(
              Reason.WRONG_GENESIS,
              "the predecessor's genesis has fingerprint " + fingerprint + ", expected " + told));
    }
    try {
      Genesis before = Genesis.decode(predecessor);
      Genesis after = Genesis.decode(successor);
      return unrelated(before, after)
          .or(() -> toldToo.isPresent() ? Optional.empty() : unsigned(before, after, signature))
          .map(why -> new NotProven(Reason.NOT_THE_SUCCESSOR, why));
    } catch (MalformedEncodingException e) {
      return Optional.of(new NotProven(Reason.MALFORMED, String.valueOf(e.getMessage())));
    }
  }

  private static Optional<String> unrelated(Genesis predecessor, Genesis successor) {
    Optional<Predecessor> named = successor.predecessor();
    if (named.isEmpty()) {
      return Optional.of("the genesis takes the place of no other chain");
    }
    if (!named.get().genesis().equals(predecessor.digest())
        || !named.get().chainId().equals(predecessor.chainId())) {
      return Optional.of(
          "the genesis takes the place of chain "
              + named.get().chainId()
              + ", not of "
              + predecessor.chainId());
    }
    return unless(
        successor.branch().equals(predecessor.branch()),
        "the genesis is of " + successor.branch() + ", its predecessor of " + predecessor.branch());
  }

  private static Optional<String> ofAnotherOperator(Genesis predecessor, Genesis successor) {
    return unless(
        successor.operator().signingKey().equals(predecessor.operator().signingKey()),
        "the genesis names another operator than its predecessor, which has no administrator keys");
  }

  private static Optional<String> unsigned(
      Genesis predecessor, Genesis successor, Optional<AdminSignature> signature) {
    if (predecessor.adminKeys().isEmpty()) {
      return Optional.of(
          "the predecessor names no administrator keys, so nobody could sign that "
              + successor.digest()
              + " takes its place: that fingerprint has to be told too");
    }
    return unless(
        signature.filter(by -> by.isOver(successor.encode(), predecessor.adminKeys())).isPresent(),
        "no administrator of the predecessor signed that "
            + successor.digest()
            + " takes its place");
  }

  private static Optional<String> unless(boolean holds, String why) {
    return holds ? Optional.empty() : Optional.of(why);
  }
}
