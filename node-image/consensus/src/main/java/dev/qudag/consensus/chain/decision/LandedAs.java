package dev.qudag.consensus.chain.decision;

import dev.qudag.consensus.chain.field.Fields;
import dev.qudag.consensus.chain.policy.CommitKey;
import dev.qudag.consensus.chain.policy.LandingPolicy;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;
import java.util.List;

/**
 * How the commits of a landing are made, and the signatures in them: with the objects it gives the
 * exact commits, so a decision says all of it, and none looks for the policy of back then.
 *
 * @param policy that of the policy in force
 * @param signatures the 64 bytes in each commit, in the order of the commits; none where the policy
 *     asks for none
 */
public record LandedAs(LandingPolicy policy, List<Bytes> signatures) {
  /** Commits that one landing makes at most. */
  public static final int MAX_COMMITS = 100;

  /** One commit without sign-off and signature, by a merge or revert. */
  public static final LandedAs PLAIN = new LandedAs(LandingPolicy.MERGE, List.of());

  public LandedAs {
    signatures = Fields.list("signatures", signatures, MAX_COMMITS);
    signatures.forEach(
        signature -> Fields.size("commit signature", signature, CommitKey.SIGNATURE_SIZE));
    Fields.require(
        signatures.isEmpty() == policy.signer().isEmpty(),
        "signatures",
        signatures.size() + " of them",
        policy.signer().isEmpty() ? "none" : "one for each commit");
  }

  /** Whether a decision says nothing of it, as those from before there was anything to say. */
  boolean isPlain() {
    return equals(PLAIN);
  }

  void writeTo(CanonicalWriter out) {
    policy.writeTo(out);
    out.list(signatures, CanonicalWriter::bytes);
  }

  /** A decision has one encoding. */
  static LandedAs readFrom(CanonicalReader in) {
    var read = new LandedAs(LandingPolicy.readFrom(in), in.list(CanonicalReader::bytes));
    Fields.require(!read.isPlain(), "landing", "plain", "none where it is a plain one");
    return read;
  }
}
