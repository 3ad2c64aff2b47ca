package dev.qudag.consensus.chain;

import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.consensus.chain.field.Fields;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;
import java.util.List;

/**
 * A decision with the approvals that let it into a block.
 *
 * @param approvals of distinct validators, a quorum of them once it is in a block
 */
public record OrderedDecision(Decision decision, List<Attestation> approvals) {
  private static final String TAG = "qudag.dev/v1/ordered-decision";
  private static final String APPROVALS_TAG = "qudag.dev/v1/approvals";
  private static final String LEAF_TAG = "qudag.dev/v1/decision-leaf";

  public OrderedDecision {
    approvals = Fields.list("approvals", approvals);
  }

  public byte[] encode() {
    CanonicalWriter out = CanonicalWriter.tagged(TAG).bytes(decision.encode());
    return out.list(approvals, OrderedDecision::writeApproval).toByteArray();
  }

  public static OrderedDecision decode(byte[] bytes) {
    return CanonicalReader.read(
        TAG,
        bytes,
        in ->
            new OrderedDecision(
                Decision.decode(in.byteArray()),
                in.list(item -> Attestation.decode(item.byteArray()))));
  }

  /** SHA-256 over the approvals. */
  public Digest approvalsDigest() {
    CanonicalWriter out = CanonicalWriter.tagged(APPROVALS_TAG);
    return Digest.sha256(out.list(approvals, OrderedDecision::writeApproval).toByteArray());
  }

  /** This decision's leaf in the Merkle tree of its block. */
  public byte[] leaf() {
    return leaf(decision.digest(), approvalsDigest());
  }

  /** The leaf out of the two digests that a certificate has. */
  public static byte[] leaf(Digest decisionDigest, Digest approvalsDigest) {
    return CanonicalWriter.tagged(LEAF_TAG)
        .digest(decisionDigest)
        .digest(approvalsDigest)
        .toByteArray();
  }

  private static void writeApproval(CanonicalWriter out, Attestation approval) {
    out.bytes(approval.encode());
  }
}
