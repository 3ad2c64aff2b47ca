package dev.qudag.consensus.chain;

import dev.qudag.consensus.chain.Refusal.Reason;
import dev.qudag.consensus.chain.decision.AdoptDecision;
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
 * Whether distinct members of the set approved one decision, with the weight of a quorum; with that
 * of all members where each of them has to be able to do something.
 */
public final class ApprovalRules {
  private ApprovalRules() {}

  static Optional<Refusal> check(ChainState state, Decision decision, List<Attestation> approvals) {
    MemberSet set = state.set();
    Digest digest = decision.digest();
    Set<Integer> authors = new HashSet<>();
    long weight = 0;
    for (Attestation approval : approvals) {
      int author = approval.author();
      Optional<Member> member = set.at(author);
      if (member.isEmpty()) {
        return Refusal.of(Reason.UNKNOWN_APPROVER, "the set has no member " + author);
      }
      if (!authors.add(author)) {
        return Refusal.of(Reason.DUPLICATE_APPROVAL, "member " + author + " is counted twice");
      }
      boolean aboutThis =
          approval.chainId().equals(state.chainId())
              && approval.epoch() == set.epoch()
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
    long needed = needed(set, decision);
    return Refusal.unless(
        weight >= needed, Reason.TOO_FEW_APPROVALS, weight + " of " + needed + " approve");
  }

  /** The weight of approvals without which no block orders the decision. */
  public static long needed(MemberSet set, Decision decision) {
    return switch (decision) {
      case EngineDecision change -> set.totalWeight();
      case MergeDecision merge -> set.quorum();
      case RevertDecision revert -> set.quorum();
      case VoidDecision undone -> set.quorum();
      case AdoptDecision adopt -> set.quorum();
      case PolicyDecision change -> set.quorum();
      case SetDecision change -> set.quorum();
    };
  }
}
