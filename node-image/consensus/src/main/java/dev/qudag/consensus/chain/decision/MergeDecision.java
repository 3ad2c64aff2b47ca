package dev.qudag.consensus.chain.decision;

import dev.qudag.consensus.chain.field.Fields;
import dev.qudag.consensus.chain.identity.SignedGrant;
import dev.qudag.consensus.chain.policy.CheckResult;
import dev.qudag.consensus.chain.proposal.CommitMeta;
import dev.qudag.consensus.chain.proposal.ProposalName;
import dev.qudag.consensus.chain.proposal.SignedStatement;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;
import java.util.List;
import java.util.function.Function;

/**
 * That a proposal lands on a branch with one exact commit as its new head.
 *
 * @param branch full ref name
 * @param voids number of voids on the branch before it
 * @param proposal {@link ProposalName} of the author's statement
 * @param meta what the author's statement says of the commit, beside tree and parents: {@link
 *     CommitMeta#of}; {@code landedAs} says what becomes of it
 * @param engineDigest the merge engine that made it
 * @param policyDigest the policy it was checked by, which must be the one in force
 * @param checks the results that the policy asks for, in its order
 * @param author the workspace's word that it wants this
 * @param grant the operator's word that the author's key is the workspace's
 * @param landedAs how the commits are made, and the signatures in them
 */
public record MergeDecision(
    Digest chainId,
    String branch,
    long voids,
    String proposal,
    ExactMerge merge,
    CommitMeta meta,
    Digest engineDigest,
    Digest policyDigest,
    List<CheckResult> checks,
    SignedStatement author,
    SignedGrant grant,
    LandedAs landedAs)
    implements LandingDecision {
  static final String TAG = "qudag.dev/v1/merge-decision";

  /** What one begins with that does not land by a plain merge. */
  static final String TAG_WITH_LANDING = "qudag.dev/v2/merge-decision";

  public MergeDecision {
    Fields.branch(branch);
    Fields.count("voids", voids);
    Fields.name("proposal", proposal);
    checks = Fields.list("checks", checks);
  }

  /** A decision to land by a plain merge. */
  public MergeDecision(
      Digest chainId,
      String branch,
      long voids,
      String proposal,
      ExactMerge merge,
      CommitMeta meta,
      Digest engineDigest,
      Digest policyDigest,
      List<CheckResult> checks,
      SignedStatement author,
      SignedGrant grant) {
    this(
        chainId,
        branch,
        voids,
        proposal,
        merge,
        meta,
        engineDigest,
        policyDigest,
        checks,
        author,
        grant,
        LandedAs.PLAIN);
  }

  @Override
  public String kind() {
    return "Merge";
  }

  @Override
  public List<String> proposals() {
    return List.of(proposal);
  }

  @Override
  public List<String> commits() {
    return List.of(merge.commit());
  }

  @Override
  public String base() {
    return merge.base();
  }

  @Override
  public String tree() {
    return merge.tree();
  }

  /** The proposal's commit. */
  public String head() {
    return merge.head();
  }

  @Override
  public byte[] encode() {
    CanonicalWriter out =
        CanonicalWriter.tagged(landedAs.isPlain() ? TAG : TAG_WITH_LANDING)
            .digest(chainId)
            .text(branch)
            .int64(voids)
            .text(proposal);
    merge.writeTo(out);
    meta.writeTo(out);
    out.digest(engineDigest).digest(policyDigest).list(checks, (o, check) -> check.writeTo(o));
    author.writeTo(out);
    grant.writeTo(out);
    if (!landedAs.isPlain()) {
      landedAs.writeTo(out);
    }
    return out.toByteArray();
  }

  public static MergeDecision decode(byte[] bytes) {
    return CanonicalReader.tagOf(bytes).equals(TAG_WITH_LANDING)
        ? CanonicalReader.read(TAG_WITH_LANDING, bytes, in -> readFrom(in, LandedAs::readFrom))
        : CanonicalReader.read(TAG, bytes, in -> readFrom(in, end -> LandedAs.PLAIN));
  }

  private static MergeDecision readFrom(
      CanonicalReader in, Function<CanonicalReader, LandedAs> landedAs) {
    return new MergeDecision(
        in.digest(),
        in.text(),
        in.int64(),
        in.text(),
        ExactMerge.readFrom(in),
        CommitMeta.readFrom(in),
        in.digest(),
        in.digest(),
        in.list(CheckResult::readFrom),
        SignedStatement.readFrom(in),
        SignedGrant.readFrom(in),
        landedAs.apply(in));
  }
}
