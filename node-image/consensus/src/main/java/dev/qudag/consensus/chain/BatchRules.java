package dev.qudag.consensus.chain;

import dev.qudag.consensus.chain.DecisionRules.Rule;
import dev.qudag.consensus.chain.decision.BatchDecision;
import dev.qudag.consensus.chain.decision.MergeDecision;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a batch has to show beside the {@link LandingRules}, which ask that its last tree passed:
 * that each member's author wants exactly this. That its members follow on each other, by one
 * policy and one engine, is part of its form.
 */
final class BatchRules {
  private static final List<Rule<BatchDecision>> WANTED = List.of(each(MergeRules.WANTED));
  private static final List<Rule<BatchDecision>> SIGNED = List.of(each(MergeRules.SIGNED));

  static final List<Rule<? super BatchDecision>> RULES =
      Stream.<List<? extends Rule<? super BatchDecision>>>of(
              LandingRules.FITTING, WANTED, LandingRules.CHECKED, SIGNED)
          .<Rule<? super BatchDecision>>flatMap(List::stream)
          .toList();

  private BatchRules() {}

  private static Rule<BatchDecision> each(List<Rule<MergeDecision>> rules) {
    return (state, batch) ->
        batch.members().stream()
            .flatMap(member -> broken(rules, state, member).stream())
            .findFirst();
  }

  private static Optional<Refusal> broken(
      List<Rule<MergeDecision>> rules, ChainState state, MergeDecision member) {
    return rules.stream().flatMap(rule -> rule.check(state, member).stream()).findFirst();
  }
}
