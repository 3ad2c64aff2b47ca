package dev.qudag.node.validator;

import dev.qudag.consensus.chain.ChainState;
import dev.qudag.consensus.chain.decision.Grounds;
import dev.qudag.consensus.chain.decision.SetChange;
import dev.qudag.consensus.chain.decision.SetDecision;
import dev.qudag.consensus.chain.identity.MemberSet;
import dev.qudag.node.validator.judge.Opinion;
import dev.qudag.node.validator.key.RotationRules;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/**
 * Judges changes of the set that fit the chain: a removal by the evidence, a change on somebody's
 * word or an old key's as the chain's rules do, which know whose word is enough. Nobody approves a
 * set that its own memory is too small for, nor one for which a committee would vote: no node runs
 * one yet.
 *
 * @param sets of the epochs that have begun, by their number
 * @param heap bytes that the JVM may use at most
 */
record SetJudge(
    Prosecution prosecution,
    Supplier<ChainState> state,
    LongFunction<Optional<MemberSet>> sets,
    long heap) {
  Opinion judge(SetDecision decision) {
    return switch (decision.grounds()) {
      case Grounds.Misbehaviour misbehaviour -> prosecution.judge(misbehaviour);
      case Grounds.Administrator administrator -> judgeSize(decision.change());
      case Grounds.OperatorsWord word -> judgeSize(decision.change());
      case Grounds.KeyRotation rotation -> judgeRotation(decision.change().out().getFirst());
    };
  }

  private Opinion judgeRotation(int index) {
    return RotationRules.refusal(state.get().set(), index, sets)
        .<Opinion>map(Opinion.Reject::new)
        .orElseGet(Opinion.Approve::new);
  }

  private Opinion judgeSize(SetChange change) {
    int size = state.get().set().members().size() - change.out().size() + change.in().size();
    if (size > MemberSet.LARGEST_WITHOUT_COMMITTEE) {
      return new Opinion.Reject(
          "TooLarge: nodes run sets of at most "
              + MemberSet.LARGEST_WITHOUT_COMMITTEE
              + " validators, this one would have "
              + size);
    }
    return HeapBudget.least(size) <= heap
        ? new Opinion.Approve()
        : new Opinion.Reject(
            "TooLarge: the heap of this validator is too small for a set of " + size);
  }
}
