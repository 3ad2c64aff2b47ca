package dev.qudag.consensus.certificate;

import dev.qudag.consensus.chain.BlockPayload;
import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.OrderedDecision;
import dev.qudag.consensus.chain.identity.MemberSet;
import dev.qudag.consensus.simplex.block.BlockHeader;
import dev.qudag.consensus.simplex.message.Finality;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;
import dev.qudag.crypto.encoding.MerklePath;

/**
 * DecisionCertificate v1: that one decision is final on one chain. It proves the decision by its
 * digest; whoever holds the decision's bytes can compare them.
 *
 * <p>Some 14 kB at 4 validators: a quorum of signatures over the first header, then the headers
 * down to the block that holds the decision, then the Merkle path inside of that block's payload.
 *
 * @param validatorSetRoot {@link MemberSet#root} of the voters, of whom a quorum signed: of the
 *     whole set, or of a large set's committee with its seats as weights
 * @param finality the signatures and the header chain; its subject is the block that holds the
 *     decision
 * @param decisionDigest of the decision
 * @param approvalsDigest of the approvals that stand beside it in the block
 * @param path from the decision's leaf to the payload digest of the block
 */
public record DecisionCertificate(
    Digest validatorSetRoot,
    Finality finality,
    Digest decisionDigest,
    Digest approvalsDigest,
    MerklePath path) {
  /** The version of this form, the first field of the encoding. */
  public static final int SCHEMA = 1;

  private static final String TAG = "qudag.dev/v1/decision-certificate";

  /** The certificate of a decision of the first epoch. */
  public static DecisionCertificate of(
      Genesis genesis, Finality finality, BlockPayload payload, int index) {
    return of(genesis.electorate().voters(), finality, payload, index);
  }

  /**
   * The certificate of the decision at {@code index} of a finalized block.
   *
   * @param voters of the epoch that the block is of
   * @param payload of the finality's subject
   */
  public static DecisionCertificate of(
      MemberSet voters, Finality finality, BlockPayload payload, int index) {
    OrderedDecision ordered = payload.decisions().get(index);
    return new DecisionCertificate(
        voters.root(),
        finality,
        ordered.decision().digest(),
        ordered.approvalsDigest(),
        payload.path(index));
  }

  /** The header of the block that holds the decision. */
  public BlockHeader block() {
    return finality.subject();
  }

  public byte[] encode() {
    CanonicalWriter out = CanonicalWriter.tagged(TAG).int32(SCHEMA);
    out.digest(validatorSetRoot)
        .bytes(finality.encode())
        .digest(decisionDigest)
        .digest(approvalsDigest);
    path.writeTo(out);
    return out.toByteArray();
  }

  /**
   * A certificate out of its encoding.
   *
   * @throws dev.qudag.crypto.encoding.MalformedEncodingException when the bytes are none, or one of
   *     another version
   */
  public static DecisionCertificate decode(byte[] bytes) {
    return CanonicalReader.read(TAG, bytes, DecisionCertificate::readFrom);
  }

  private static DecisionCertificate readFrom(CanonicalReader in) {
    int schema = in.int32();
    if (schema != SCHEMA) {
      throw new IllegalArgumentException(
          "a certificate of version " + schema + ", only " + SCHEMA + " is known");
    }
    return new DecisionCertificate(
        in.digest(),
        Finality.decode(in.byteArray()),
        in.digest(),
        in.digest(),
        MerklePath.readFrom(in));
  }

  /**
   * SHA-256 of the encoding. Two certificates of one decision may differ: each quorum is as good as
   * another.
   */
  public Digest digest() {
    return Digest.sha256(encode());
  }
}
