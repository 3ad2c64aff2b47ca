package dev.qudag.consensus.chain.decision;

import dev.qudag.consensus.chain.field.Fields;
import dev.qudag.consensus.chain.policy.CheckResult;
import dev.qudag.consensus.chain.proposal.CommitMeta;
import dev.qudag.consensus.chain.proposal.RevertOrder;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;
import java.util.List;
import java.util.function.Function;

/**
 * That the change of a landed commit is undone by one exact commit on top of the branch.
 *
 * @param voids number of voids on the branch before it
 * @param meta what the order says of the commit, beside tree and parent: {@link
 *     CommitMeta#of(RevertOrder, String)}; {@code landedAs} says what becomes of it
 * @param engineDigest the merge engine that made it
 * @param policyDigest the policy it was checked by, which must be the one in force
 * @param checks the results that the policy asks for, in its order
 * @param order the operator's word that a person wants this
 * @param landedAs whether the commit is signed off, and the signature in it
 */
public record RevertDecision(
    Digest chainId,
    String branch,
    long voids,
    ExactRevert revert,
    CommitMeta meta,
    Digest engineDigest,
    Digest policyDigest,
    List<CheckResult> checks,
    RevertOrder.Signed order,
    LandedAs landedAs)
    implements LandingDecision {
  static final String TAG = "qudag.dev/v1/revert-decision";

  /** What one begins with that does not land as a plain commit. */
  static final String TAG_WITH_LANDING = "qudag.dev/v2/revert-decision";

  public RevertDecision {
    Fields.branch(branch);
    Fields.count("voids", voids);
    checks = Fields.list("checks", checks);
  }

  /** A decision to land as a plain commit. */
  public RevertDecision(
      Digest chainId,
      String branch,
      long voids,
      ExactRevert revert,
      CommitMeta meta,
      Digest engineDigest,
      Digest policyDigest,
      List<CheckResult> checks,
      RevertOrder.Signed order) {
    this(
        chainId,
        branch,
        voids,
        revert,
        meta,
        engineDigest,
        policyDigest,
        checks,
        order,
        LandedAs.PLAIN);
  }

  @Override
  public String kind() {
    return "Revert";
  }

  /** Name of the proposal that lands. */
  public String proposal() {
    return order.order().proposal();
  }

  @Override
  public List<String> proposals() {
    return List.of(proposal());
  }

  @Override
  public String base() {
    return revert.base();
  }

  @Override
  public List<String> commits() {
    return List.of(revert.commit());
  }

  @Override
  public String tree() {
    return revert.tree();
  }

  @Override
  public byte[] encode() {
    CanonicalWriter out =
        CanonicalWriter.tagged(landedAs.isPlain() ? TAG : TAG_WITH_LANDING)
            .digest(chainId)
            .text(branch)
            .int64(voids);
    revert.writeTo(out);
    meta.writeTo(out);
    out.digest(engineDigest).digest(policyDigest).list(checks, (o, check) -> check.writeTo(o));
    order.writeTo(out);
    if (!landedAs.isPlain()) {
      landedAs.writeTo(out);
    }
    return out.toByteArray();
  }

  public static RevertDecision decode(byte[] bytes) {
    return CanonicalReader.tagOf(bytes).equals(TAG_WITH_LANDING)
        ? CanonicalReader.read(TAG_WITH_LANDING, bytes, in -> readFrom(in, LandedAs::readFrom))
        : CanonicalReader.read(TAG, bytes, in -> readFrom(in, end -> LandedAs.PLAIN));
  }

  private static RevertDecision readFrom(
      CanonicalReader in, Function<CanonicalReader, LandedAs> landedAs) {
    return new RevertDecision(
        in.digest(),
        in.text(),
        in.int64(),
        ExactRevert.readFrom(in),
        CommitMeta.readFrom(in),
        in.digest(),
        in.digest(),
        in.list(CheckResult::readFrom),
        RevertOrder.Signed.readFrom(in),
        landedAs.apply(in));
  }
}
