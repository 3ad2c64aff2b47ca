package dev.qudag.consensus.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.consensus.chain.ChainState;
import dev.qudag.consensus.chain.DecisionRules;
import dev.qudag.consensus.chain.Refusal.Reason;
import dev.qudag.consensus.chain.TestingChain;
import dev.qudag.consensus.chain.decision.SetDecision;
import dev.qudag.consensus.chain.identity.MemberSet;
import dev.qudag.consensus.chain.identity.Offence;
import dev.qudag.consensus.evidence.Conviction.Convicted;
import dev.qudag.consensus.evidence.Docket.Case;
import dev.qudag.consensus.simplex.message.BallotKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class DocketTest {
  private final TestingChain chain = new TestingChain(5);
  private final TestingDeeds deeds = new TestingDeeds(chain, 0);
  private final ChainState state = chain.state();
  private final MemberSet set = chain.genesis().set();
  private final Docket docket = new Docket();

  private Case doubleVote(int validator, long view) {
    return verified(
        DuplicateVote.of(
            deeds.vote(BallotKind.NOTARIZE, view, 1, validator),
            deeds.vote(BallotKind.NOTARIZE, view, 2, validator)));
  }

  private Case verified(Evidence evidence) {
    Convicted convicted = (Convicted) evidence.verify(chain.genesis().chainId(), set);
    return new Case(evidence, convicted.offences());
  }

  @Test
  void aCaseIsNewsOnce() {
    Case found = doubleVote(1, 3);
    assertThat(docket.file(found, set)).isTrue();
    assertThat(docket.file(found, set)).isFalse();
    assertThat(docket.cases()).containsExactly(found);
    assertThat(docket.find(found.evidence().digest())).contains(found);
  }

  /** However many there are, and in whatever order they come. */
  @Test
  void ofAllCasesAgainstOneValidatorEverybodyHoldsTheSame() {
    List<Case> many = List.of(doubleVote(1, 3), doubleVote(1, 4), doubleVote(1, 5));
    Docket other = new Docket();
    many.forEach(found -> docket.file(found, set));
    many.reversed().forEach(found -> other.file(found, set));
    assertThat(docket.cases()).hasSize(1);
    assertThat(other.cases()).isEqualTo(docket.cases());
  }

  @Test
  void aCaseAsksForTheRemovalOfThoseItConvictsInOneWay() {
    Case certificates =
        verified(
            ConflictingCertificates.of(
                deeds.certificate(deeds.ballot(BallotKind.NOTARIZE, 1, 1), 0, 1, 2, 3),
                deeds.certificate(deeds.ballot(BallotKind.NOTARIZE, 1, 2), 1, 2, 3, 4)));
    SetDecision removal = certificates.removal(state);
    assertThat(removal.change().out()).containsExactly(1, 2, 3);
    assertThat(DecisionRules.check(state, removal).orElseThrow().reason())
        .as("two cannot go on")
        .isEqualTo(Reason.TOO_FEW_MEMBERS);
    SetDecision one = doubleVote(1, 3).removal(state);
    assertThat(DecisionRules.check(state, one)).isEmpty();
  }

  @Test
  void whoIsGoneIsNotProsecutedAgain() {
    Case found = doubleVote(1, 3);
    docket.file(found, set);
    MemberSet without = set.change(List.of(1), List.of());
    docket.forgetGone(without);
    assertThat(docket.cases()).isEmpty();
    assertThat(docket.file(found, without)).isFalse();
    assertThat(docket.file(doubleVote(2, 3), without)).isTrue();
  }

  @Test
  void eachKindIsOfTheEpochThatItsPartsAreOf() {
    assertThat(EvidenceTest.everyKind()).allMatch(evidence -> evidence.epoch() == 0);
    assertThat(new TestingDeeds(chain, 2).vertices(1, 0).epoch()).isEqualTo(2);
    assertThat(doubleVote(1, 3).offences())
        .containsExactly(deeds.offence(1, 3, Offence.Step.NOTARIZE));
  }
}
