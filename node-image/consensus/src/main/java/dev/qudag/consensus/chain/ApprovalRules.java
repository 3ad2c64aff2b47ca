package dev.qudag.consensus.chain;

import dev.qudag.consensus.chain.Refusal.Reason;
import dev.qudag.consensus.chain.decision.AdoptDecision;
import dev.qudag.consensus.chain.decision.BatchDecision;
import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.consensus.chain.decision.EngineDecision;
import dev.qudag.consensus.chain.decision.MergeDecision;
import dev.qudag.consensus.chain.decision.PolicyDecision;
import dev.qudag.consensus.chain.decision.RevertDecision;
import dev.qudag.consensus.chain.decision.SetDecision;
import dev.qudag.consensus.chain.decision.VoidDecision;
import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.consensus.chain.identity.MemberSet;
import dev.qudag.crypto.Digest;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether distinct voters of the epoch approved one decision, with the weight of a quorum; with
 * that of all voters where each of them has to be able to do something.
 */
public final class ApprovalRules {
  private ApprovalRules() {}

  static Optional<Refusal> check(ChainState state, Decision decision, List<Attestation> approvals) {
    MemberSet voters = state.voters();
    Digest digest = decision.digest();
    Set<Integer> authors = new HashSet<>();
    long weight = 0;
    for (Attestation approval : approvals) {
      int author = approval.author();
      Optional<Member> member = voters.at(author);
      if (member.isEmpty()) {
        return Refusal.of(Reason.UNKNOWN_APPROVER, "no voter has place " + author);
      }
      if (!authors.add(author)) {
        return Refusal.of(Reason.DUPLICATE_APPROVAL, "member " + author + " is counted twice");
      }
      boolean aboutThis =
          approval.chainId().equals(state.chainId())
              && approval.epoch() == voters.epoch()
              && approval.decisionDigest().equals(digest)
              && approval.verdict() == Verdict.APPROVE;
      if (!aboutThis) {
        return Refusal.of(
            Reason.FOREIGN_APPROVAL,
            "member " + author + " approves something else than " + digest.shortHex());
      }
      if (!approval.isSignedBy(member.get().signingKey())) {
        return Refusal.of(Reason.BAD_APPROVAL_SIGNATURE, "not signed by " + member.get().name());
      }
      weight += member.get().weight();
    }
    long needed = needed(voters, decision);
    return Refusal.unless(
        weight >= needed, Reason.TOO_FEW_APPROVALS, weight + " of " + needed + " approve");
  }

  /**
   * The weight of approvals without which no block orders the decision.
   *
   * @param voters of the epoch
   */
  public static long needed(MemberSet voters, Decision decision) {
    return switch (decision) {
      case EngineDecision change -> voters.totalWeight();
      case MergeDecision merge -> voters.quorum();
      case RevertDecision revert -> voters.quorum();
      case BatchDecision batch -> voters.quorum();
      case VoidDecision undone -> voters.quorum();
      case AdoptDecision adopt -> voters.quorum();
      case PolicyDecision change -> voters.quorum();
      case SetDecision change -> voters.quorum();
    };
  }
}
