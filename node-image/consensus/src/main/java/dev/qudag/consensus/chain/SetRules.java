package dev.qudag.consensus.chain;

import dev.qudag.consensus.chain.DecisionRules.Rule;
import dev.qudag.consensus.chain.Refusal.Reason;
import dev.qudag.consensus.chain.decision.Grounds;
import dev.qudag.consensus.chain.decision.SetChange;
import dev.qudag.consensus.chain.decision.SetDecision;
import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.consensus.chain.identity.MemberSet;
import dev.qudag.consensus.chain.identity.Offence;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.VerifyingKey;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Who may change the set, and to what. */
final class SetRules {
  static final List<Rule<SetDecision>> RULES =
      List.of(
          SetRules::followsTheSetInForce,
          SetRules::changesSomething,
          SetRules::namesMembers,
          SetRules::bringsNoSlashedKeyBack,
          SetRules::leavesASet,
          SetRules::leavesEnough,
          SetRules::hasGrounds);

  private SetRules() {}

  private static Optional<Refusal> followsTheSetInForce(ChainState state, SetDecision decision) {
    MemberSet set = state.set();
    SetChange change = decision.change();
    return Refusal.unless(
        change.epoch() == set.epoch() && change.root().equals(set.root()),
        Reason.SET_CHANGED,
        "the chain is in epoch " + set.epoch() + ", the change is of epoch " + change.epoch());
  }

  /** Where a committee votes, an epoch may end for nothing but the draw of another, on a word. */
  private static Optional<Refusal> changesSomething(ChainState state, SetDecision decision) {
    boolean mayRedraw = state.set().electsCommittee() && decision.grounds().isWord();
    return Refusal.unless(
        mayRedraw || !decision.change().keepsAll(),
        Reason.NOTHING_TO_CHANGE,
        "nobody leaves or joins: so another committee is drawn, on somebody's word, for more than "
            + MemberSet.LARGEST_WITHOUT_COMMITTEE
            + " validators; the set has "
            + state.set().members().size());
  }

  private static Optional<Refusal> namesMembers(ChainState state, SetDecision decision) {
    SetChange change = decision.change();
    for (int index : change.out()) {
      if (state.set().withIndex(index).isEmpty()) {
        return Refusal.of(Reason.NO_SUCH_MEMBER, "the set has no validator of index " + index);
      }
    }
    boolean rotates = decision.grounds() instanceof Grounds.KeyRotation;
    int expected = rotates ? change.out().stream().findFirst().orElse(-1) : state.set().nextIndex();
    for (Member member : change.in()) {
      if (member.index() != expected) {
        return Refusal.of(
            Reason.BAD_MEMBER, "index " + member.index() + ", the next is " + expected);
      }
      expected++;
    }
    return Optional.empty();
  }

  private static Optional<Refusal> bringsNoSlashedKeyBack(ChainState state, SetDecision decision) {
    Set<Digest> slashed =
        state.membership().slashed().stream()
            .map(Offence::signer)
            .collect(Collectors.toUnmodifiableSet());
    for (Member member : decision.change().in()) {
      if (slashed.contains(member.signingKey().fingerprint())) {
        return Refusal.of(Reason.BAD_MEMBER, "the key of " + member.name() + " was slashed");
      }
    }
    return Optional.empty();
  }

  private static Optional<Refusal> leavesASet(ChainState state, SetDecision decision) {
    try {
      MemberSet next = state.set().change(decision.change().out(), decision.change().in());
      state.genesis().requireDistinct(next.members());
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Refusal.of(Reason.BAD_MEMBER, String.valueOf(e.getMessage()));
    }
  }

  /**
   * A set tolerates a fault before and after. Evidence alone may leave one less, or a member with a
   * third of the weight, for then there is one faulty member less; the replacement follows by a
   * change of its own. It leaves nobody that decides alone.
   */
  private static Optional<Refusal> leavesEnough(ChainState state, SetDecision decision) {
    MemberSet next = state.set().change(decision.change().out(), decision.change().in());
    int size = next.members().size();
    int before = state.set().members().size();
    boolean shrunk =
        decision.grounds() instanceof Grounds.Misbehaviour
            && size >= MemberSet.TOLERANT_SIZE - 1
            && next.members().stream().allMatch(member -> member.weight() < next.quorum());
    boolean rotated = decision.grounds() instanceof Grounds.KeyRotation && size == before;
    boolean tolerant = size >= MemberSet.TOLERANT_SIZE && next.survivesAnyOne();
    boolean alone = size == 1 && before == 1;
    return Refusal.unless(
        tolerant || shrunk || rotated || alone,
        Reason.TOO_FEW_MEMBERS,
        size
            + " validators, or one with a third of the weight (beyond "
            + MemberSet.LARGEST_WITHOUT_COMMITTEE
            + ", more than a tenth), tolerate no fault");
  }

  private static Optional<Refusal> hasGrounds(ChainState state, SetDecision decision) {
    byte[] signed = decision.change().encode();
    return switch (decision.grounds()) {
      case Grounds.Misbehaviour misbehaviour -> punishes(state, decision.change(), misbehaviour);
      case Grounds.KeyRotation rotation -> {
        boolean holds =
            decision.change().out().stream()
                .findFirst()
                .flatMap(state.set()::withIndex)
                .filter(decision.change()::isRotationOf)
                .filter(old -> old.signingKey().verify(signed, rotation.signature()))
                .isPresent();
        yield Refusal.unless(
            holds, Reason.BAD_ROTATION, "not one validator's change of key, by its old key");
      }
      case Grounds.Administrator administrator ->
          Refusal.unless(
              administrator.signature().isOver(signed, state.genesis().adminKeys()),
              Reason.BAD_ADMIN_SIGNATURE,
              "the set change is not signed by an administrator key of genesis");
      case Grounds.OperatorsWord word -> {
        if (!state.setTrustsOperator()) {
          yield Refusal.of(
              Reason.NEEDS_ADMINISTRATOR, "genesis names administrator keys: one has to sign");
        }
        VerifyingKey operator = state.genesis().operator().signingKey();
        yield Refusal.unless(
            operator.verify(signed, word.signature()),
            Reason.BAD_OPERATOR_SIGNATURE,
            "the set change is not signed by the operator of genesis");
      }
    };
  }

  private static Optional<Refusal> punishes(
      ChainState state, SetChange change, Grounds.Misbehaviour misbehaviour) {
    if (state.membership().slashed().containsAll(misbehaviour.offences())) {
      return Refusal.of(
          Reason.ALREADY_SLASHED,
          "somebody was removed before for all that " + misbehaviour.evidence() + " shows");
    }
    List<Integer> offenders =
        misbehaviour.offences().stream()
            .map(Offence::validator)
            .distinct()
            .filter(index -> state.set().withIndex(index).isPresent())
            .toList();
    return Refusal.unless(
        change.out().equals(offenders) && change.in().isEmpty(),
        Reason.NOT_THE_OFFENDERS,
        "evidence removes those it convicts who are in the set, all of them, and nobody else");
  }
}
