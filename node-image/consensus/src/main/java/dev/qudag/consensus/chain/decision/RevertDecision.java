package dev.qudag.consensus.chain.decision;

import dev.qudag.consensus.chain.field.Fields;
import dev.qudag.consensus.chain.policy.CheckResult;
import dev.qudag.consensus.chain.proposal.CommitMeta;
import dev.qudag.consensus.chain.proposal.RevertOrder;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;
import java.util.List;

/**
 * That the change of a landed commit is undone by one exact commit on top of the branch.
 *
 * @param voids number of voids on the branch before it
 * @param meta what the commit says beside tree and parent: {@link CommitMeta#of(RevertOrder,
 *     String)} the order
 * @param engineDigest the merge engine that made it
 * @param policyDigest the policy it was checked by, which must be the one in force
 * @param checks the results that the policy asks for, in its order
 * @param order the operator's word that a person wants this
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
    RevertOrder.Signed order)
    implements LandingDecision {
  static final String TAG = "qudag.dev/v1/revert-decision";

  public RevertDecision {
    Fields.branch(branch);
    Fields.count("voids", voids);
    checks = Fields.list("checks", checks);
  }

  @Override
  public String kind() {
    return "Revert";
  }

  @Override
  public String proposal() {
    return order.order().proposal();
  }

  @Override
  public String base() {
    return revert.base();
  }

  @Override
  public String commit() {
    return revert.commit();
  }

  @Override
  public String tree() {
    return revert.tree();
  }

  @Override
  public byte[] encode() {
    CanonicalWriter out = CanonicalWriter.tagged(TAG).digest(chainId).text(branch).int64(voids);
    revert.writeTo(out);
    meta.writeTo(out);
    out.digest(engineDigest).digest(policyDigest).list(checks, (o, check) -> check.writeTo(o));
    order.writeTo(out);
    return out.toByteArray();
  }

  public static RevertDecision decode(byte[] bytes) {
    return CanonicalReader.read(TAG, bytes, RevertDecision::readFrom);
  }

  private static RevertDecision readFrom(CanonicalReader in) {
    return new RevertDecision(
        in.digest(),
        in.text(),
        in.int64(),
        ExactRevert.readFrom(in),
        CommitMeta.readFrom(in),
        in.digest(),
        in.digest(),
        in.list(CheckResult::readFrom),
        RevertOrder.Signed.readFrom(in));
  }
}
