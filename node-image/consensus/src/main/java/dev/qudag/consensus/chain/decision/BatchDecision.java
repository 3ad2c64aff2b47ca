package dev.qudag.consensus.chain.decision;

import dev.qudag.consensus.chain.field.Fields;
import dev.qudag.consensus.chain.policy.CheckResult;
import dev.qudag.consensus.chain.proposal.CommitMeta;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;
import java.util.List;

/**
 * That several proposals land together, all or none, each as a commit of its own: the first is
 * merged onto the branch's head, each other onto the one before it.
 *
 * <pre>
 *   head --- a --- b --- c      checked is the tree of c alone; the branch moves from head to c
 * </pre>
 *
 * @param members what lands, in order; without check results of their own
 * @param checks the results that the policy asks for, in its order, on the tree of the last one
 */
public record BatchDecision(List<MergeDecision> members, List<CheckResult> checks)
    implements LandingDecision {
  /** So many proposals at most land together. */
  public static final int MAX_MEMBERS = 64;

  static final String TAG = "qudag.dev/v1/batch-decision";

  public BatchDecision {
    members = Fields.list("members", members, MAX_MEMBERS);
    checks = Fields.list("checks", checks);
    Fields.require(
        members.size() > 1, "members", Integer.toString(members.size()), "at least 2 proposals");
    Fields.distinct("members", members.stream().map(MergeDecision::proposal).toList());
    MergeDecision first = members.getFirst();
    for (MergeDecision member : members) {
      Fields.require(
          member.checks().isEmpty(), "checks", member.proposal(), "none of a member alone");
      Fields.require(
          isOfOneBatch(first, member), "members", member.proposal(), "one branch, policy, engine");
    }
    for (int i = 1; i < members.size(); i++) {
      String before = members.get(i - 1).commit();
      Fields.require(
          members.get(i).base().equals(before), "base", members.get(i).base(), "commit " + before);
    }
  }

  private static boolean isOfOneBatch(MergeDecision first, MergeDecision member) {
    return member.chainId().equals(first.chainId())
        && member.branch().equals(first.branch())
        && member.voids() == first.voids()
        && member.engineDigest().equals(first.engineDigest())
        && member.policyDigest().equals(first.policyDigest())
        && member.landedAs().policy().equals(first.landedAs().policy());
  }

  @Override
  public String kind() {
    return "Batch";
  }

  @Override
  public Digest chainId() {
    return members.getFirst().chainId();
  }

  @Override
  public String branch() {
    return members.getFirst().branch();
  }

  @Override
  public long voids() {
    return members.getFirst().voids();
  }

  @Override
  public List<String> proposals() {
    return members.stream().map(MergeDecision::proposal).toList();
  }

  @Override
  public String base() {
    return members.getFirst().base();
  }

  @Override
  public List<String> commits() {
    return members.stream().map(MergeDecision::commit).toList();
  }

  @Override
  public String tree() {
    return members.getLast().tree();
  }

  @Override
  public CommitMeta meta() {
    return members.getLast().meta();
  }

  /** Of the last member; the others land by the same policy, with signatures of their own. */
  @Override
  public LandedAs landedAs() {
    return members.getLast().landedAs();
  }

  @Override
  public Digest engineDigest() {
    return members.getFirst().engineDigest();
  }

  @Override
  public Digest policyDigest() {
    return members.getFirst().policyDigest();
  }

  @Override
  public byte[] encode() {
    return CanonicalWriter.tagged(TAG)
        .list(members, (out, member) -> out.bytes(member.encode()))
        .list(checks, (out, check) -> check.writeTo(out))
        .toByteArray();
  }

  public static BatchDecision decode(byte[] bytes) {
    return CanonicalReader.read(
        TAG,
        bytes,
        in ->
            new BatchDecision(
                in.list(member -> MergeDecision.decode(member.byteArray())),
                in.list(CheckResult::readFrom)));
  }
}
