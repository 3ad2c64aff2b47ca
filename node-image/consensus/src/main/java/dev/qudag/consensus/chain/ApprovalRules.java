package dev.qudag.consensus.chain;

import dev.qudag.consensus.chain.Refusal.Reason;
import dev.qudag.consensus.chain.decision.AdoptDecision;
import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.consensus.chain.decision.EngineDecision;
import dev.qudag.consensus.chain.decision.MergeDecision;
import dev.qudag.consensus.chain.decision.PolicyDecision;
import dev.qudag.consensus.chain.decision.RevertDecision;
import dev.qudag.consensus.chain.decision.VoidDecision;
import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.crypto.Digest;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether distinct members of the set approved one decision, with the weight of a quorum; with that
 * of all members where each of them has to be able to do something.
 */
final class ApprovalRules {
  private ApprovalRules() {}

  static Optional<Refusal> check(Genesis genesis, Decision decision, List<Attestation> approvals) {
    Digest chainId = genesis.chainId();
    Digest digest = decision.digest();
    Set<Integer> authors = new HashSet<>();
    long weight = 0;
    for (Attestation approval : approvals) {
      int author = approval.author();
      if (author >= genesis.members().size()) {
        return Refusal.of(Reason.UNKNOWN_APPROVER, "the set has no member " + author);
      }
      if (!authors.add(author)) {
        return Refusal.of(Reason.DUPLICATE_APPROVAL, "member " + author + " is counted twice");
      }
      boolean aboutThis =
          approval.chainId().equals(chainId)
              && approval.epoch() == genesis.epoch()
              && approval.decisionDigest().equals(digest)
              && approval.verdict() == Verdict.APPROVE;
      if (!aboutThis) {
        return Refusal.of(
            Reason.FOREIGN_APPROVAL,
            "member " + author + " approves something else than " + digest.shortHex());
      }
      Member member = genesis.members().get(author);
      if (!approval.isSignedBy(member.signingKey())) {
        return Refusal.of(Reason.BAD_APPROVAL_SIGNATURE, "not signed by " + member.name());
      }
      weight += member.weight();
    }
    long needed = needed(genesis, decision);
    return Refusal.unless(
        weight >= needed, Reason.TOO_FEW_APPROVALS, weight + " of " + needed + " approve");
  }

  private static long needed(Genesis genesis, Decision decision) {
    return switch (decision) {
      case EngineDecision change -> genesis.totalWeight();
      case MergeDecision merge -> genesis.quorum();
      case RevertDecision revert -> genesis.quorum();
      case VoidDecision undone -> genesis.quorum();
      case AdoptDecision adopt -> genesis.quorum();
      case PolicyDecision change -> genesis.quorum();
    };
  }
}
