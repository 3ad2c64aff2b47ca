package dev.qudag.node.hub;

import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.consensus.chain.identity.MemberSet;
import dev.qudag.crypto.Digest;
import dev.qudag.proto.DecisionState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What validators report about decisions that are not ordered yet. Nothing lands by it; it is
 * shown, and a decision that so many by weight report as rejected that one of them is honest is
 * given up.
 */
final class Tallies {
  /** Weights of those who judged one decision, of {@code required} that order it. */
  record Tally(int approvals, int rejections, int required, List<String> reasons) {}

  private final Supplier<MemberSet> set;
  private final Map<Integer, Map<Digest, DecisionState>> reports = new HashMap<>();

  /**
   * @param set of the epoch that the chain is in
   */
  Tallies(Supplier<MemberSet> set) {
    this.set = set;
  }

  /** Replaces what the validator reported before; true when that changes anything. */
  synchronized boolean report(int validator, List<DecisionState> pending) {
    Map<Digest, DecisionState> next = new HashMap<>();
    pending.forEach(state -> next.put(Digest.of(state.getDigest().toByteArray()), state));
    return !next.equals(reports.put(validator, next));
  }

  /** The report that knows of most judgements, of those who are in the set. */
  synchronized Tally of(Digest decision) {
    MemberSet now = set.get();
    return reports.entrySet().stream()
        .filter(report -> now.withIndex(report.getKey()).isPresent())
        .flatMap(report -> Optional.ofNullable(report.getValue().get(decision)).stream())
        .max(Comparator.comparingInt(state -> state.getApprovals() + state.getRejections()))
        .map(Tallies::tally)
        .orElseGet(() -> new Tally(0, 0, (int) now.quorum(), List.of()));
  }

  private static Tally tally(DecisionState state) {
    return new Tally(
        state.getApprovals(),
        state.getRejections(),
        state.getRequired(),
        List.copyOf(state.getReasonsList()));
  }

  /** Why the validators rejected the decision for good; empty while they have not. */
  synchronized Optional<String> rejection(Digest decision) {
    MemberSet now = set.get();
    List<Tally> rejecting = new ArrayList<>();
    long weight = 0;
    for (Map.Entry<Integer, Map<Digest, DecisionState>> report : reports.entrySet()) {
      Optional<Member> member = now.withIndex(report.getKey());
      DecisionState state = report.getValue().get(decision);
      if (member.isPresent() && state != null && state.getRejections() >= now.quorum()) {
        rejecting.add(tally(state));
        weight += member.get().weight();
      }
    }
    return weight > now.totalWeight() - now.quorum()
        ? Optional.of(
            String.join("; ", rejecting.getFirst().reasons().stream().distinct().toList()))
        : Optional.empty();
  }
}
