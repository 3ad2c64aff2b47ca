package dev.qudag.consensus.chain;

import static dev.qudag.consensus.chain.TestingChain.digest;
import static dev.qudag.consensus.chain.TestingChain.newcomer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.consensus.chain.Refusal.Reason;
import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.consensus.chain.decision.Grounds;
import dev.qudag.consensus.chain.decision.PolicyDecision;
import dev.qudag.consensus.chain.decision.SetChange;
import dev.qudag.consensus.chain.decision.SetDecision;
import dev.qudag.consensus.chain.identity.AdminSignature;
import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.consensus.chain.identity.Offence;
import dev.qudag.consensus.chain.policy.Policy;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.SigningKey;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who may change the set, and what becomes of the epoch. */
class SetChangeTest {
  private static final Digest SEAL = digest("seal");

  private final SigningKey admin = SigningKey.generate();
  private final SigningKey fresh = SigningKey.generate();
  private final TestingChain trusting = new TestingChain(5);
  private final ChainState state = trusting.state();
  private final TestingChain guarded = new TestingChain(5, List.of(admin.verifyingKey()));

  private static Reason refusal(ChainState on, Decision decision) {
    return DecisionRules.check(on, decision).orElseThrow().reason();
  }

  private static ChainState accepted(TestingChain chain, ChainState on, Decision decision) {
    Applied applied = on.apply(chain.order(decision));
    assertThat(applied).isInstanceOf(Applied.Accepted.class);
    return ((Applied.Accepted) applied).next();
  }

  // ---- the epoch

  @Test
  void aSetChangeSealsItsEpochAndTheNextHasTheChangedSet() {
    ChainState sealed =
        accepted(trusting, state, trusting.change(state, List.of(1), List.of(newcomer(5, fresh))));
    assertThat(sealed.membership().isSealed()).isTrue();
    assertThat(sealed.set()).isEqualTo(state.set());
    assertThat(refusal(sealed, trusting.merge(sealed, "a"))).isEqualTo(Reason.SEALED);
    assertThat(refusal(sealed, trusting.change(sealed, List.of(2), List.of())))
        .isEqualTo(Reason.SEALED);

    ChainState opened = sealed.openEpoch(SEAL);
    assertThat(opened.set().epoch()).isEqualTo(1);
    assertThat(opened.set().members()).extracting(Member::index).containsExactly(0, 2, 3, 4, 5);
    assertThat(DecisionRules.check(opened, trusting.merge(opened, "a"))).isEmpty();
  }

  @Test
  void aBlockHasNothingAfterItsSetChange() {
    SetDecision change = trusting.change(state, List.of(1), List.of());
    OrderedDecision merge = trusting.order(trusting.merge(state, "a"));
    BlockPayload after = new BlockPayload(List.of(trusting.order(change), merge));
    assertThat(state.apply(after)).isInstanceOf(Applied.Refused.class);
    BlockPayload before = new BlockPayload(List.of(merge, trusting.order(change)));
    assertThat(state.apply(before)).isInstanceOf(Applied.Accepted.class);
  }

  /** Who left approves nothing any more, and an approval of the last epoch is none of this one. */
  @Test
  void theNextEpochCountsItsOwnMembersOnly() {
    SetDecision change = trusting.change(state, List.of(0), List.of(newcomer(5, fresh)));
    ChainState opened = accepted(trusting, state, change).openEpoch(SEAL);
    OrderedDecision old = trusting.order(trusting.merge(opened, "a"));
    assertThat(((Applied.Refused) opened.apply(old)).refusal().reason())
        .isEqualTo(Reason.FOREIGN_APPROVAL);
  }

  @Test
  void aSetChangeIsNotReplayed() {
    SetDecision out = trusting.change(state, List.of(1), List.of());
    ChainState opened = accepted(trusting, state, out).openEpoch(SEAL);
    assertThat(refusal(opened, out)).isEqualTo(Reason.SET_CHANGED);
  }

  // ---- who is in it

  @Test
  void namesMembersAndIndicesThatWereNeverUsed() {
    assertThat(refusal(state, trusting.change(state, List.of(9), List.of())))
        .isEqualTo(Reason.NO_SUCH_MEMBER);
    assertThat(refusal(state, trusting.change(state, List.of(1), List.of(newcomer(1, fresh)))))
        .isEqualTo(Reason.BAD_MEMBER);
    ChainState without =
        accepted(trusting, state, trusting.change(state, List.of(4), List.of())).openEpoch(SEAL);
    assertThat(refusal(without, trusting.change(without, List.of(), List.of(newcomer(4, fresh)))))
        .as("index 4 was used before")
        .isEqualTo(Reason.BAD_MEMBER);
  }

  @Test
  void nobodyLeavesOrJoinsWhereThereIsNoCommitteeToDrawAnew() {
    assertThat(refusal(state, trusting.change(state, List.of(), List.of())))
        .isEqualTo(Reason.NOTHING_TO_CHANGE);
  }

  @Test
  void noKeyStandsForTwo() {
    Member twin = newcomer(5, trusting.validator(0));
    Member hub = newcomer(5, trusting.hub());
    assertThat(refusal(state, trusting.change(state, List.of(), List.of(twin))))
        .isEqualTo(Reason.BAD_MEMBER);
    assertThat(refusal(state, trusting.change(state, List.of(), List.of(hub))))
        .isEqualTo(Reason.BAD_MEMBER);
  }

  @Test
  void noAdministratorsKeyBecomesAValidators() {
    ChainState start = guarded.state();
    assertThat(refusal(start, guarded.change(start, List.of(), List.of(newcomer(5, admin)))))
        .isEqualTo(Reason.BAD_MEMBER);
  }

  @Test
  void leavesASetThatToleratesAFault() {
    assertThat(refusal(state, trusting.change(state, List.of(0, 1), List.of())))
        .isEqualTo(Reason.TOO_FEW_MEMBERS);
    Member heavy =
        new Member(5, "hello-v5", fresh.verifyingKey(), digest("tls of the heavy one"), 4);
    assertThat(refusal(state, trusting.change(state, List.of(), List.of(heavy))))
        .as("4 of 9 is a third or more")
        .isEqualTo(Reason.TOO_FEW_MEMBERS);
  }

  // ---- grounds

  @Test
  void withoutAdministratorKeysTheOperatorsWordIsEnough() {
    assertThat(state.setTrustsOperator()).isTrue();
    SetChange change = SetChange.of(state.chainId(), state.set(), List.of(1), List.of());
    var forged = new Grounds.OperatorsWord(trusting.hub().sign(change.encode()));
    assertThat(refusal(state, new SetDecision(change, forged)))
        .isEqualTo(Reason.BAD_OPERATOR_SIGNATURE);
  }

  @Test
  void withAdministratorKeysOneOfThemHasToSign() {
    ChainState start = guarded.state();
    assertThat(start.setTrustsOperator()).isFalse();
    SetDecision word = guarded.change(start, List.of(1), List.of());
    assertThat(refusal(start, word)).isEqualTo(Reason.NEEDS_ADMINISTRATOR);
    byte[] signed = word.change().encode();
    var forged = new Grounds.Administrator(AdminSignature.sign(signed, guarded.operator()));
    assertThat(refusal(start, new SetDecision(word.change(), forged)))
        .isEqualTo(Reason.BAD_ADMIN_SIGNATURE);
    var borrowed =
        new Grounds.Administrator(
            new AdminSignature(
                admin.verifyingKey().fingerprint(), guarded.operator().sign(signed)));
    assertThat(refusal(start, new SetDecision(word.change(), borrowed)))
        .isEqualTo(Reason.BAD_ADMIN_SIGNATURE);
    var good = new Grounds.Administrator(AdminSignature.sign(signed, admin));
    assertThat(DecisionRules.check(start, new SetDecision(word.change(), good))).isEmpty();
  }

  @Test
  void withAdministratorKeysAPolicyNeedsOneToo() {
    ChainState start = guarded.state();
    PolicyDecision word =
        TestingChain.change(start, new Policy(List.of(), List.of()), guarded.operator());
    assertThat(refusal(start, word)).isEqualTo(Reason.NEEDS_ADMINISTRATOR);
    assertThat(refusal(start, word.endorsed(AdminSignature.sign(word.change().encode(), fresh))))
        .isEqualTo(Reason.BAD_ADMIN_SIGNATURE);
    assertThat(
            DecisionRules.check(
                start, word.endorsed(AdminSignature.sign(word.change().encode(), admin))))
        .isEmpty();
  }

  /** Nobody could have checked it. */
  @Test
  void withoutAdministratorKeysAPolicyHasNoAdministratorsSignature() {
    PolicyDecision word =
        TestingChain.change(state, new Policy(List.of(), List.of()), trusting.operator());
    assertThat(refusal(state, word.endorsed(AdminSignature.sign(word.change().encode(), fresh))))
        .isEqualTo(Reason.BAD_ADMIN_SIGNATURE);
    assertThat(DecisionRules.check(state, word)).isEmpty();
  }

  @Test
  void anOldKeyHandsOverToANewOneWithoutAnAdministrator() {
    ChainState start = guarded.state();
    Member old = start.set().withIndex(2).orElseThrow();
    Member renewed =
        new Member(2, old.name(), fresh.verifyingKey(), digest("new tls"), old.weight());
    SetChange change = SetChange.of(start.chainId(), start.set(), List.of(2), List.of(renewed));
    assertThat(refusal(start, rotation(change, guarded.validator(1))))
        .isEqualTo(Reason.BAD_ROTATION);
    assertThat(refusal(start, rotation(change, fresh))).isEqualTo(Reason.BAD_ROTATION);
    SetDecision good = rotation(change, guarded.validator(2));
    ChainState opened = accepted(guarded, start, good).openEpoch(SEAL);
    assertThat(opened.set().withIndex(2)).contains(renewed);
  }

  @Test
  void aRotationChangesNothingButTheKey() {
    ChainState start = guarded.state();
    Member old = start.set().withIndex(2).orElseThrow();
    Member heavier =
        new Member(2, old.name(), fresh.verifyingKey(), digest("new tls"), old.weight() + 1);
    SetChange change = SetChange.of(start.chainId(), start.set(), List.of(2), List.of(heavier));
    assertThat(refusal(start, rotation(change, guarded.validator(2))))
        .isEqualTo(Reason.BAD_ROTATION);
  }

  private static SetDecision rotation(SetChange change, SigningKey old) {
    return new SetDecision(change, new Grounds.KeyRotation(old.sign(change.encode())));
  }

  // ---- evidence

  private Offence offence(int validator, long view) {
    return offence(trusting, validator, view);
  }

  private static Offence offence(TestingChain chain, int validator, long view) {
    return new Offence(
        validator,
        chain.validator(validator).verifyingKey().fingerprint(),
        0,
        view,
        Offence.Step.NOTARIZE);
  }

  private static SetDecision removal(ChainState on, List<Integer> out, Offence offence) {
    return new SetDecision(
        SetChange.of(on.chainId(), on.set(), out, List.of()),
        new Grounds.Misbehaviour(digest("evidence"), List.of(offence)));
  }

  @Test
  void evidenceRemovesWhomItConvictsAndNobodyElse() {
    assertThat(refusal(state, removal(state, List.of(2), offence(1, 7))))
        .isEqualTo(Reason.NOT_THE_OFFENDERS);
    ChainState sealed = accepted(trusting, state, removal(state, List.of(1), offence(1, 7)));
    assertThat(sealed.membership().slashed()).containsExactly(offence(1, 7));
  }

  @Test
  void evidenceIsActedOnOnce() {
    ChainState opened =
        accepted(trusting, state, removal(state, List.of(1), offence(1, 7))).openEpoch(SEAL);
    assertThat(refusal(opened, removal(opened, List.of(2), offence(1, 7))))
        .isEqualTo(Reason.ALREADY_SLASHED);
  }

  /** Whoever signs with another key by now is still who signed with the old one. */
  @Test
  void aKeyRotationDoesNotWipeOutAnOffence() {
    Member old = state.set().withIndex(1).orElseThrow();
    Member renewed =
        new Member(1, old.name(), fresh.verifyingKey(), digest("new tls"), old.weight());
    SetChange change = SetChange.of(state.chainId(), state.set(), List.of(1), List.of(renewed));
    ChainState rotated =
        accepted(trusting, state, rotation(change, trusting.validator(1))).openEpoch(SEAL);
    ChainState opened = rotated.after(removal(rotated, List.of(1), offence(1, 7))).openEpoch(SEAL);
    assertThat(DecisionRules.check(rotated, removal(rotated, List.of(1), offence(1, 7)))).isEmpty();
    assertThat(opened.set().withIndex(1)).isEmpty();
  }

  @Test
  void aSlashedKeyDoesNotJoinAgainUnderAnotherIndex() {
    ChainState opened =
        accepted(trusting, state, removal(state, List.of(1), offence(1, 7))).openEpoch(SEAL);
    Member back = newcomer(5, trusting.validator(1));
    assertThat(refusal(opened, trusting.change(opened, List.of(), List.of(back))))
        .isEqualTo(Reason.BAD_MEMBER);
  }

  /** One piece convicts two, of whom one was removed by another piece before. */
  @Test
  void evidenceRemovesWhoIsLeftOfThoseItConvicts() {
    ChainState opened =
        accepted(trusting, state, removal(state, List.of(1), offence(1, 7))).openEpoch(SEAL);
    SetDecision both =
        new SetDecision(
            SetChange.of(opened.chainId(), opened.set(), List.of(2), List.of()),
            new Grounds.Misbehaviour(
                digest("certificates"), List.of(offence(1, 7), offence(2, 7))));
    assertThat(DecisionRules.check(opened, both)).isEmpty();
    assertThat(opened.after(both).membership().slashed())
        .containsExactly(offence(1, 7), offence(2, 7));
  }

  /** Four lose one to evidence and go on with three; a word alone never leaves so few. */
  @Test
  void evidenceMayLeaveThree() {
    ChainState four =
        accepted(trusting, state, trusting.change(state, List.of(4), List.of())).openEpoch(SEAL);
    assertThat(refusal(four, trusting.change(four, List.of(1), List.of())))
        .isEqualTo(Reason.TOO_FEW_MEMBERS);
    SetDecision removal = removal(four, List.of(1), offence(1, 7));
    assertThat(DecisionRules.check(four, removal)).isEmpty();
    ChainState three = four.after(removal).openEpoch(SEAL);
    assertThat(three.set().quorum()).isEqualTo(3);
    assertThat(refusal(three, removal(three, List.of(2), offence(2, 8))))
        .isEqualTo(Reason.TOO_FEW_MEMBERS);
    SetDecision replacement = trusting.change(three, List.of(), List.of(newcomer(5, fresh)));
    assertThat(DecisionRules.check(three, replacement)).isEmpty();
  }

  /** Who is convicted goes, though one of those who stay then weighs a third or more. */
  @Test
  void evidenceRemovesFromASetOfWeightsWhoeverItConvicts() {
    for (TestingChain chain :
        List.of(TestingChain.weighing(4, 4, 3, 1, 1), TestingChain.weighing(5, 5, 4, 1, 1))) {
      ChainState start = chain.state();
      for (int convicted = 0; convicted < 5; convicted++) {
        SetDecision removal = removal(start, List.of(convicted), offence(chain, convicted, 7));
        assertThat(DecisionRules.check(start, removal)).as("without %s", convicted).isEmpty();
      }
      assertThat(refusal(start, chain.change(start, List.of(0), List.of())))
          .as("a word alone leaves no third")
          .isEqualTo(Reason.TOO_FEW_MEMBERS);
    }
  }

  @Test
  void evidenceLeavesNobodyWhoDecidesAlone() {
    TestingChain chain = TestingChain.weighing(5, 5, 4, 1, 1);
    ChainState start = chain.state();
    assertThat(refusal(start, removal(start, List.of(1, 2), offence(chain, 1, 7))))
        .as("5 of 7 are a quorum")
        .isEqualTo(Reason.TOO_FEW_MEMBERS);
  }
}
