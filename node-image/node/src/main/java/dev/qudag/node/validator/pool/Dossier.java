package dev.qudag.node.validator.pool;

import dev.qudag.consensus.attestation.Verdicts;
import dev.qudag.consensus.certificate.ValidatorSets;
import dev.qudag.consensus.chain.ApprovalRules;
import dev.qudag.consensus.chain.Attestation;
import dev.qudag.consensus.chain.OrderedDecision;
import dev.qudag.consensus.chain.Verdict;
import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.consensus.chain.identity.MemberSet;
import dev.qudag.crypto.Bytes;
import java.util.List;
import java.util.Optional;

/**
 * What is known of one decision that is not ordered yet. Attestations may come before the decision
 * itself.
 */
public final class Dossier {
  private final MemberSet set;
  private final Verdicts verdicts;
  private final long sinceNanos = System.nanoTime();
  private Optional<Decision> decision = Optional.empty();
  private Optional<Bytes> ready = Optional.empty();

  Dossier(MemberSet set) {
    this.set = set;
    this.verdicts = new Verdicts(ValidatorSets.of(set));
  }

  Optional<Decision> decision() {
    return decision;
  }

  void decision(Decision known) {
    decision = Optional.of(known);
  }

  Verdicts verdicts() {
    return verdicts;
  }

  /** The weight of approvals that the decision needs; empty while it is not known. */
  Optional<Long> needed() {
    return decision.map(known -> ApprovalRules.needed(set, known));
  }

  /** Where the decision stands; empty while it is not known. */
  Optional<Verdicts.Outcome> outcome() {
    return needed().map(verdicts::outcome);
  }

  /** The decision with the approvals that it needs, encoded; the same bytes from then on. */
  Optional<Bytes> ready() {
    if (ready.isEmpty() && decision.isPresent()) {
      long needed = ApprovalRules.needed(set, decision.get());
      List<Attestation> approvals = verdicts.approvalsWeighing(needed);
      if (!approvals.isEmpty()) {
        ready = Optional.of(Bytes.of(new OrderedDecision(decision.get(), approvals).encode()));
      }
    }
    return ready;
  }

  boolean isApprovedBy(int author) {
    return verdicts.of(Verdict.APPROVE).stream().anyMatch(word -> word.author() == author);
  }

  /** What those weigh together who said this of it. */
  long weight(Verdict verdict) {
    return verdicts.weightOf(verdict);
  }

  List<String> rejections() {
    return verdicts.of(Verdict.REJECT).stream().map(Attestation::reason).toList();
  }

  /** Since this validator first heard of it. */
  public double ageSeconds() {
    return (System.nanoTime() - sinceNanos) / 1e9;
  }
}
