package dev.qudag.consensus.simplex.message;

import dev.qudag.consensus.simplex.member.ValidatorSet;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * A quorum's signatures over one ballot.
 *
 * <p>The signers are a bitmap, so none can be there twice; there are exactly as many signatures as
 * signers, in index order; {@link #isValid} refuses an index outside of the set, weight below the
 * quorum and any bad signature.
 *
 * @param signers bit {@code i} of byte {@code i / 8} (lowest bit first) is member {@code i}; no
 *     trailing zero byte
 * @param signatures of the members in the bitmap, by rising index
 */
public record Certificate(Ballot ballot, Bytes signers, List<Bytes> signatures) implements Message {
  private static final String TAG = "qudag.dev/v1/certificate";

  public Certificate {
    signatures = List.copyOf(signatures);
    BitSet bits = BitSet.valueOf(signers.toArray());
    if (!Bytes.of(bits.toByteArray()).equals(signers)) {
      throw new IllegalArgumentException(
          "the signer bitmap " + signers.hex() + " ends in a zero byte");
    }
    if (bits.cardinality() != signatures.size()) {
      throw new IllegalArgumentException(
          signatures.size() + " signatures by " + bits.cardinality() + " signers");
    }
  }

  /** Out of votes for one ballot, by rising signer, each signer once. */
  public static Certificate of(Ballot ballot, Iterable<Vote> votes) {
    BitSet bits = new BitSet();
    List<Bytes> signatures = new ArrayList<>();
    for (Vote vote : votes) {
      bits.set(vote.signer());
      signatures.add(vote.signature());
    }
    return new Certificate(ballot, Bytes.of(bits.toByteArray()), signatures);
  }

  /** The indices of the members that signed, rising. */
  public List<Integer> signerIndices() {
    return BitSet.valueOf(signers.toArray()).stream().boxed().toList();
  }

  /**
   * Whether members of this set with the weight of a quorum signed the ballot, and every signature
   * is good.
   */
  public boolean isValid(ValidatorSet set) {
    List<Integer> indices = signerIndices();
    if (indices.stream().anyMatch(index -> index >= set.size()) || !set.isQuorum(indices)) {
      return false;
    }
    byte[] message = ballot.encode();
    for (int i = 0; i < indices.size(); i++) {
      if (!set.verify(indices.get(i), message, signatures.get(i))) {
        return false;
      }
    }
    return true;
  }

  public byte[] encode() {
    CanonicalWriter out = CanonicalWriter.tagged(TAG);
    writeTo(out);
    return out.toByteArray();
  }

  public static Certificate decode(byte[] bytes) {
    return CanonicalReader.read(TAG, bytes, Certificate::readFrom);
  }

  void writeTo(CanonicalWriter out) {
    ballot.writeTo(out);
    out.bytes(signers).list(signatures, CanonicalWriter::bytes);
  }

  static Certificate readFrom(CanonicalReader in) {
    return new Certificate(Ballot.readFrom(in), in.bytes(), in.list(CanonicalReader::bytes));
  }
}
