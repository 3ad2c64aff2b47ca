package dev.qudag.consensus.chain;

import dev.qudag.consensus.chain.Refusal.Reason;
import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.crypto.Digest;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Whether distinct members of the set with the weight of a quorum approved one decision. */
final class ApprovalRules {
  private ApprovalRules() {}

  static Optional<Refusal> check(Genesis genesis, Digest decision, List<Attestation> approvals) {
    Digest chainId = genesis.chainId();
    Set<Integer> authors = new HashSet<>();
    long weight = 0;
    for (Attestation approval : approvals) {
      int author = approval.author();
      if (author >= genesis.members().size()) {
        return refuse(Reason.UNKNOWN_APPROVER, "the set has no member " + author);
      }
      if (!authors.add(author)) {
        return refuse(Reason.DUPLICATE_APPROVAL, "member " + author + " is counted twice");
      }
      boolean aboutThis =
          approval.chainId().equals(chainId)
              && approval.epoch() == genesis.epoch()
              && approval.decisionDigest().equals(decision)
              && approval.verdict() == Verdict.APPROVE;
      if (!aboutThis) {
        return refuse(
            Reason.FOREIGN_APPROVAL,
            "member " + author + " approves something else than " + decision.shortHex());
      }
      Member member = genesis.members().get(author);
      if (!approval.isSignedBy(member.signingKey())) {
        return refuse(Reason.BAD_APPROVAL_SIGNATURE, "not signed by " + member.name());
      }
      weight += member.weight();
    }
    if (weight < genesis.quorum()) {
      return refuse(Reason.TOO_FEW_APPROVALS, weight + " of " + genesis.quorum() + " approve");
    }
    return Optional.empty();
  }

  private static Optional<Refusal> refuse(Reason reason, String detail) {
    return Optional.of(new Refusal(reason, detail));
  }
}
