package dev.qudag.consensus.snowball.polling;

import static dev.qudag.consensus.snowball.polling.TestingPoller.A;
import static dev.qudag.consensus.snowball.polling.TestingPoller.B;
import static dev.qudag.consensus.snowball.polling.TestingPoller.BETA;
import static dev.qudag.consensus.snowball.polling.TestingPoller.OTHERS;
import static dev.qudag.consensus.snowball.polling.TestingPoller.OTHER_SET;
import static dev.qudag.consensus.snowball.polling.TestingPoller.SET;
import static dev.qudag.consensus.snowball.polling.TestingPoller.accepted;
import static dev.qudag.consensus.snowball.polling.TestingPoller.asked;
import static dev.qudag.consensus.snowball.polling.TestingPoller.knowing;
import static dev.qudag.consensus.snowball.polling.TestingPoller.says;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.qudag.consensus.snowball.SnowballParameters;
import dev.qudag.consensus.snowball.stake.Stake;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PollerTest {
  @Test
  void asksNobodyWhileNothingIsOpen() {
    TestingPoller poller = new TestingPoller(2);
    assertThat(poller.close(SET)).isEmpty();
    assertThat(poller.preferences().byConflictSet()).isEmpty();
  }

  @Test
  void keepsAsManyPollsInFlightAsItMay() {
    TestingPoller poller = new TestingPoller(3);
    assertThat(asked(poller.propose(SET, A))).containsExactly(1L, 2L, 3L);
    assertThat(poller.propose(OTHER_SET, B)).isEmpty();
    assertThat(asked(poller.agree(1, A))).containsExactly(4L);
  }

  @Test
  void asksEveryoneInTheSampleOnceAndNeverItself() {
    assertThat(new TestingPoller(1).propose(SET, A)).containsExactly(new Effect.Ask(1, OTHERS));
  }

  @Test
  void acceptsAfterBetaConfidentPollsWithABoundOnItsErrorAndStopsAsking() {
    TestingPoller poller = knowing(1, A);
    assertThat(accepted(poller.agree(1, A))).isEmpty();
    assertThat(accepted(poller.agree(2, A))).isEmpty();
    assertThat(poller.agree(3, A))
        .singleElement()
        .isInstanceOfSatisfying(
            Effect.Accepted.class,
            accepted -> {
              assertThat(accepted.conflictSet()).isEqualTo(SET);
              assertThat(accepted.choice()).isEqualTo(A);
              assertThat(accepted.polls()).isEqualTo(BETA);
              assertThat(accepted.log2Bound()).isNegative();
            });
    assertThat(poller.preferences()).isEqualTo(says(A));
  }

  @Test
  void aPollEndsAsSoonAsNothingCanChangeItAnyMore() {
    TestingPoller poller = knowing(1, A);
    assertThat(poller.answer(1, A, 1, 2, 3, 4, 5, 6)).isEmpty();
    assertThat(asked(poller.answer(1, A, 7))).as("confident").containsExactly(2L);
    assertThat(poller.unanswered(2, 1, 2, 3, 4)).isEmpty();
    assertThat(asked(poller.unanswered(2, 5))).as("four seats are left").containsExactly(3L);
  }

  @Test
  void aPollThatFewAnswerTakesAllConfidence() {
    TestingPoller poller = knowing(1, A);
    poller.agree(1, A);
    poller.agree(2, A);
    poller.unanswered(3, 1, 2, 3, 4, 5);
    assertThat(accepted(poller.agree(4, A))).isEmpty();
    assertThat(accepted(poller.agree(5, A))).isEmpty();
    assertThat(accepted(poller.agree(6, A))).hasSize(1);
  }

  @Test
  void onePollServesEveryOpenSet() {
    TestingPoller poller = knowing(1, A);
    poller.propose(OTHER_SET, B);
    Preferences both = new Preferences(new TreeMap<>(Map.of(SET, A, OTHER_SET, B)));
    List<Effect> effects = new ArrayList<>();
    for (long poll = 1; poll <= BETA; poll++) {
      effects.addAll(poller.answer(poll, both, 1, 2, 3, 4, 5, 6, 7));
    }
    assertThat(accepted(effects)).hasSize(2);
    assertThat(poller.preferences()).isEqualTo(both);
  }

  @Test
  void aClosedSetIsForgotten() {
    TestingPoller poller = knowing(1, A);
    assertThat(poller.close(SET)).isEmpty();
    assertThat(poller.preferences().byConflictSet()).isEmpty();
    assertThat(asked(poller.propose(OTHER_SET, B))).containsExactly(2L);
  }

  @Test
  void nothingThatItSaysIsCalledFinal() {
    assertThat(Effect.class.getPermittedSubclasses())
        .extracting(Class::getSimpleName)
        .containsExactlyInAnyOrder("Ask", "Missing", "Accepted");
  }

  @Test
  void isNotMadeWithoutLiveness() {
    SnowballParameters rules = SnowballParameters.standard(10);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Poller(rules, Stake.ofEqualWeight(31), 0, new Random(1)))
        .withMessageStartingWith("no liveness");
  }

  @Test
  void isNotMadeForAMemberThatDoesNotExist() {
    SnowballParameters rules = SnowballParameters.standard(0);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Poller(rules, Stake.ofEqualWeight(31), 31, new Random(1)))
        .withMessage("member 31 is not in a set of 31");
  }
}
