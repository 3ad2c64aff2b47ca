package dev.qudag.node.validator;

import dev.qudag.consensus.attestation.Verdicts;
import dev.qudag.consensus.chain.Attestation;
import dev.qudag.consensus.chain.OrderedDecision;
import dev.qudag.consensus.chain.Verdict;
import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.consensus.simplex.ValidatorSet;
import dev.qudag.crypto.Bytes;
import java.util.List;
import java.util.Optional;

/**
 * What is known of one decision that is not ordered yet. Attestations may come before the decision
 * itself.
 */
final class Dossier {
  private final Verdicts verdicts;
  private final long sinceNanos = System.nanoTime();
  private Optional<Decision> decision = Optional.empty();
  private Optional<Bytes> ready = Optional.empty();

  Dossier(ValidatorSet set) {
    this.verdicts = new Verdicts(set);
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

  /** The decision with the approvals of a quorum, encoded; the same bytes from then on. */
  Optional<Bytes> ready() {
    if (ready.isEmpty() && decision.isPresent()) {
      List<Attestation> approvals = verdicts.quorumOfApprovals();
      if (!approvals.isEmpty()) {
        ready = Optional.of(Bytes.of(new OrderedDecision(decision.get(), approvals).encode()));
      }
    }
    return ready;
  }

  int count(Verdict verdict) {
    return verdicts.of(verdict).size();
  }

  List<String> rejections() {
    return verdicts.of(Verdict.REJECT).stream().map(Attestation::reason).toList();
  }

  double ageSeconds() {
    return (System.nanoTime() - sinceNanos) / 1e9;
  }
}
