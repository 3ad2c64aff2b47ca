package dev.qudag.node.validator.pool;

import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;
import java.util.List;

/**
 * A decision that a quorum of Reject has ended, kept until the chain has moved on: the hub asks for
 * the reasons, and this validator must not judge it again.
 *
 * @param by who brought it
 * @param approvals weight of the validators that approved it all the same
 * @param reasons one for each validator that rejected it
 */
public record RejectedDecision(Bringer by, Decision decision, int approvals, List<String> reasons) {
  private static final String TAG = "qudag.dev/v1/rejected-decision";

  public RejectedDecision {
    reasons = List.copyOf(reasons);
  }

  byte[] encode() {
    return CanonicalWriter.tagged(TAG)
        .int32(Brought.number(by))
        .bytes(decision.encode())
        .int32(approvals)
        .list(reasons, CanonicalWriter::text)
        .toByteArray();
  }

  static RejectedDecision decode(byte[] bytes) {
    return CanonicalReader.read(
        TAG,
        bytes,
        in ->
            new RejectedDecision(
                Brought.bringer(in.int32()),
                Decision.decode(in.byteArray()),
                in.int32(),
                in.list(CanonicalReader::text)));
  }
}
