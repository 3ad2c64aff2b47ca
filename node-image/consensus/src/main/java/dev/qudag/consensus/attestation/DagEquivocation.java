package dev.qudag.consensus.attestation;

import dev.qudag.consensus.simplex.member.ValidatorSet;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.VerifyingKey;
import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;

/**
 * Proof that an author signed two vertices for one sequence number: self-contained, about 9.4 kB.
 * The two stand by rising digest of their bodies, so one pair has one encoding but for its
 * signatures.
 *
 * @param firstBody the smaller of the two digests
 */
public record DagEquivocation(
    Digest chainId,
    long epoch,
    int author,
    long sequence,
    Digest firstBody,
    Bytes firstSignature,
    Digest secondBody,
    Bytes secondSignature)
    implements DagMessage {
  /** Of the encoding, by which it is told from other evidence. */
  public static final String TAG = "qudag.dev/v1/dag-equivocation";

  public DagEquivocation {
    var unused = new VertexHeader(chainId, epoch, author, sequence, firstBody); // checks the place
    if (firstBody.compareTo(secondBody) >= 0) {
      throw new IllegalArgumentException(
          "an equivocation names two bodies by rising digest, not %s and %s"
              .formatted(firstBody.shortHex(), secondBody.shortHex()));
    }
    requireSize(firstSignature);
    requireSize(secondSignature);
  }

  private static void requireSize(Bytes signature) {
    if (signature.size() != VerifyingKey.SIGNATURE_SIZE) {
      throw new IllegalArgumentException(
          "a signature has %d bytes, not %d"
              .formatted(VerifyingKey.SIGNATURE_SIZE, signature.size()));
    }
  }

  /**
   * The proof out of two vertices of one place.
   *
   * @throws IllegalArgumentException when they are one vertex, or of two places
   */
  public static DagEquivocation of(Vertex one, Vertex other) {
    VertexHeader a = one.header();
    VertexHeader b = other.header();
    boolean onePlace =
        a.chainId().equals(b.chainId())
            && a.epoch() == b.epoch()
            && a.author() == b.author()
            && a.sequence() == b.sequence();
    if (!onePlace) {
      throw new IllegalArgumentException("two places: " + a + " and " + b);
    }
    if (a.bodyDigest().compareTo(b.bodyDigest()) > 0) {
      return of(other, one);
    }
    return new DagEquivocation(
        a.chainId(),
        a.epoch(),
        a.author(),
        a.sequence(),
        a.bodyDigest(),
        one.signature(),
        b.bodyDigest(),
        other.signature());
  }

  /** Whether the author signed both, by its key in the set of that chain and epoch. */
  public boolean isProvenBy(VerifyingKey key) {
    return isProvenBy((ValidatorSet.SignatureCheck) key::verify);
  }

  /** As {@link #isProvenBy(VerifyingKey)}, with the check of a set's member. */
  public boolean isProvenBy(ValidatorSet.SignatureCheck check) {
    return check.verify(header(firstBody), firstSignature)
        && check.verify(header(secondBody), secondSignature);
  }

  private byte[] header(Digest body) {
    return new VertexHeader(chainId, epoch, author, sequence, body).encode();
  }

  public byte[] encode() {
    return CanonicalWriter.tagged(TAG)
        .digest(chainId)
        .int64(epoch)
        .int32(author)
        .int64(sequence)
        .digest(firstBody)
        .bytes(firstSignature)
        .digest(secondBody)
        .bytes(secondSignature)
        .toByteArray();
  }

  public static DagEquivocation decode(byte[] bytes) {
    return CanonicalReader.read(
        TAG,
        bytes,
        in ->
            new DagEquivocation(
                in.digest(),
                in.int64(),
                in.int32(),
                in.int64(),
                in.digest(),
                in.bytes(),
                in.digest(),
                in.bytes()));
  }
}
