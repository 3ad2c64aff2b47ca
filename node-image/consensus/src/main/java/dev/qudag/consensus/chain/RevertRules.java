package dev.qudag.consensus.chain;

import dev.qudag.consensus.chain.DecisionRules.Rule;
import dev.qudag.consensus.chain.Refusal.Reason;
import dev.qudag.consensus.chain.decision.ExactRevert;
import dev.qudag.consensus.chain.decision.RevertDecision;
import dev.qudag.consensus.chain.proposal.CommitMeta;
import dev.qudag.consensus.chain.proposal.RevertOrder;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a revert has to show beside the {@link LandingRules}: that exactly this was ordered. */
final class RevertRules {
  private static final List<Rule<RevertDecision>> ORDERED =
      List.of(
          RevertRules::revertsSomething,
          RevertRules::isWhatWasOrdered,
          RevertRules::isNotCarriedOutYet,
          RevertRules::saysWhatTheOrderSaid);

  private static final List<Rule<RevertDecision>> SIGNED = List.of(RevertRules::operatorSigned);

  static final List<Rule<? super RevertDecision>> RULES =
      Stream.<List<? extends Rule<? super RevertDecision>>>of(
              LandingRules.FITTING, ORDERED, LandingRules.CHECKED, SIGNED)
          .<Rule<? super RevertDecision>>flatMap(List::stream)
          .toList();

  private RevertRules() {}

  private static Optional<Refusal> revertsSomething(ChainState state, RevertDecision decision) {
    ExactRevert revert = decision.revert();
    boolean holds =
        !revert.mainline().equals(revert.reverted())
            && !revert.commit().equals(revert.base())
            && !revert.commit().equals(revert.reverted());
    return Refusal.unless(
        holds, Reason.NOTHING_TO_REVERT, "nothing of " + revert.reverted() + " is undone");
  }

  private static Optional<Refusal> isWhatWasOrdered(ChainState state, RevertDecision decision) {
    RevertOrder order = decision.order().order();
    boolean holds =
        order.commit().equals(decision.revert().reverted())
            && order.branch().equals(decision.branch());
    return Refusal.unless(
        holds,
        Reason.AUTHOR_MISMATCH,
        "the order is about " + order.commit() + " on " + order.branch());
  }

  private static Optional<Refusal> isNotCarriedOutYet(ChainState state, RevertDecision decision) {
    long reverts = state.reverts(decision.branch());
    long sequence = decision.order().order().sequence();
    return Refusal.unless(
        sequence == reverts,
        Reason.STALE_ORDER,
        decision.branch() + " had " + reverts + " reverts, the order is made after " + sequence);
  }

  private static Optional<Refusal> saysWhatTheOrderSaid(ChainState state, RevertDecision decision) {
    CommitMeta expected = CommitMeta.of(decision.order().order(), state.genesis().swarm());
    return Refusal.unless(
        decision.meta().equals(expected),
        Reason.COMMIT_META_MISMATCH,
        "author, committer, date or message of the commit do not follow from the order");
  }

  private static Optional<Refusal> operatorSigned(ChainState state, RevertDecision decision) {
    return Refusal.unless(
        decision.order().isSignedBy(state.genesis().operator().signingKey()),
        Reason.BAD_OPERATOR_SIGNATURE,
        "the order is not signed by the operator of genesis");
  }
}
