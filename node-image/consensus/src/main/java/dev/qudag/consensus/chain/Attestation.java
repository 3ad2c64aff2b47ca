package dev.qudag.consensus.chain;

import dev.qudag.consensus.chain.field.Fields;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.SigningKey;
import dev.qudag.crypto.VerifyingKey;
import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;

/**
 * A validator's signed judgement of one decision. It travels in a vertex of its author and names
 * that vertex's place, which all attestations of one batch share.
 *
 * @param author place of the validator in the set of the epoch
 * @param sequence number of vertices of this author before the one that holds it
 * @param previousDigest digest of the author's vertex before that one; zero for the first
 * @param reason why it was rejected, one line; empty for an approval
 */
public record Attestation(
    Digest chainId,
    long epoch,
    int author,
    long sequence,
    Digest previousDigest,
    Digest decisionDigest,
    Verdict verdict,
    String reason,
    Bytes signature) {
  private static final String TAG = "qudag.dev/v1/signed-attestation";
  private static final String SIGNED_TAG = "qudag.dev/v1/attestation";
  private static final int MAX_REASON = 1024;

  public Attestation {
    Fields.require(
        epoch >= 0 && author >= 0 && sequence >= 0,
        "attestation",
        "epoch " + epoch + ", author " + author + ", sequence " + sequence,
        "no negative number");
    Fields.line("reason", reason, MAX_REASON);
    Fields.size("attestation signature", signature, VerifyingKey.SIGNATURE_SIZE);
  }

  /** What an attestation says, before it is signed. */
  public record Content(
      Digest chainId,
      long epoch,
      int author,
      long sequence,
      Digest previousDigest,
      Digest decisionDigest,
      Verdict verdict,
      String reason) {
    /** The bytes that are signed. */
    public byte[] encode() {
      return CanonicalWriter.tagged(SIGNED_TAG)
          .digest(chainId)
          .int64(epoch)
          .int32(author)
          .int64(sequence)
          .digest(previousDigest)
          .digest(decisionDigest)
          .int8(verdict.code())
          .text(reason)
          .toByteArray();
    }

    public Attestation sign(SigningKey author) {
      return withSignature(author.sign(encode()));
    }

    public Attestation withSignature(Bytes signature) {
      return new Attestation(
          chainId,
          epoch,
          author,
          sequence,
          previousDigest,
          decisionDigest,
          verdict,
          reason,
          signature);
    }

    private static Content readFrom(CanonicalReader in) {
      return new Content(
          in.digest(),
          in.int64(),
          in.int32(),
          in.int64(),
          in.digest(),
          in.digest(),
          Verdict.of(in.int8()),
          in.text());
    }
  }

  public boolean isSignedBy(VerifyingKey author) {
    return author.verify(content().encode(), signature);
  }

  public Content content() {
    return new Content(
        chainId, epoch, author, sequence, previousDigest, decisionDigest, verdict, reason);
  }

  public byte[] encode() {
    return CanonicalWriter.tagged(TAG).bytes(content().encode()).bytes(signature).toByteArray();
  }

  public static Attestation decode(byte[] bytes) {
    return CanonicalReader.read(
        TAG,
        bytes,
        in -> {
          Content content = CanonicalReader.read(SIGNED_TAG, in.byteArray(), Content::readFrom);
          return content.withSignature(in.bytes());
        });
  }
}
