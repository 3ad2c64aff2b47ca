package dev.qudag.node.validator;

import dev.qudag.consensus.chain.Attestation;
import dev.qudag.consensus.chain.OrderedDecision;
import dev.qudag.consensus.chain.Verdict;
import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.crypto.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is known of one decision that is not ordered yet. Attestations may come before the decision
 * itself.
 */
final class Dossier {
  private final NavigableMap<Integer, Attestation> attestations = new TreeMap<>();
  private final long sinceNanos = System.nanoTime();
  private Optional<Decision> decision = Optional.empty();
  private Optional<Bytes> ready = Optional.empty();

  Optional<Decision> decision() {
    return decision;
  }

  void decision(Decision known) {
    decision = Optional.of(known);
  }

  /** Whether it is the author's first: what it says later of the same decision does not count. */
  boolean add(Attestation attestation) {
    return attestations.putIfAbsent(attestation.author(), attestation) == null;
  }

  boolean hasOf(int author) {
    return attestations.containsKey(author);
  }

  /** The decision with the approvals of a quorum, encoded; the same bytes from then on. */
  Optional<Bytes> ready(long quorum) {
    if (ready.isEmpty() && decision.isPresent() && count(Verdict.APPROVE) >= quorum) {
      List<Attestation> approvals =
          attestations.values().stream()
              .filter(attestation -> attestation.verdict() == Verdict.APPROVE)
              .limit(quorum)
              .toList();
      ready = Optional.of(Bytes.of(new OrderedDecision(decision.get(), approvals).encode()));
    }
    return ready;
  }

  int count(Verdict verdict) {
    return (int) attestations.values().stream().filter(one -> one.verdict() == verdict).count();
  }

  List<String> rejections() {
    List<String> reasons = new ArrayList<>();
    for (Attestation attestation : attestations.values()) {
      if (attestation.verdict() == Verdict.REJECT) {
        reasons.add(attestation.reason());
      }
    }
    return reasons;
  }

  double ageSeconds() {
    return (System.nanoTime() - sinceNanos) / 1e9;
  }
}
