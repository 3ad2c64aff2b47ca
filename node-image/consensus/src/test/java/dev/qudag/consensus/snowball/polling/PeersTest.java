package dev.qudag.consensus.snowball.polling;

import static dev.qudag.consensus.snowball.polling.TestingPoller.A;
import static dev.qudag.consensus.snowball.polling.TestingPoller.B;
import static dev.qudag.consensus.snowball.polling.TestingPoller.OTHERS;
import static dev.qudag.consensus.snowball.polling.TestingPoller.SET;
import static dev.qudag.consensus.snowball.polling.TestingPoller.asked;
import static dev.qudag.consensus.snowball.polling.TestingPoller.knowing;
import static dev.qudag.consensus.snowball.polling.TestingPoller.says;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What peers can do to a poller, and what they cannot. */
class PeersTest {
  /** Poll 2 is answered first and counted second. */
  @Test
  void cannotChooseByTheirSpeedWhichPollComesFirst() {
    TestingPoller poller = knowing(2, A, B);
    assertThat(poller.agree(2, B)).isEmpty();
    assertThat(poller.preferences()).isEqualTo(says(A));
    assertThat(asked(poller.agree(1, A))).containsExactly(3L, 4L);
    assertThat(poller.preferences()).as("one poll each: the older stays").isEqualTo(says(A));
  }

  @Test
  void answerAPollOnce() {
    TestingPoller poller = knowing(1, A);
    assertThat(poller.answer(1, A, 1, 1, 1, 1, 1, 1, 1, 1, 1)).isEmpty();
    assertThat(poller.unanswered(1, 1, 1, 1, 1, 1)).isEmpty();
    assertThat(poller.answer(1, A, 2, 3, 4, 5, 6)).isEmpty();
    assertThat(asked(poller.answer(1, A, 7))).containsExactly(2L);
  }

  @Test
  void countForNothingWhenNobodyAskedThem() {
    TestingPoller poller = knowing(1, A);
    assertThat(poller.answer(1, A, 0, 10, -1, 99)).isEmpty();
    assertThat(poller.answer(7, A, 1, 2, 3, 4, 5, 6, 7, 8, 9)).isEmpty();
    assertThat(poller.answer(-1, A, 1, 2, 3, 4, 5, 6, 7, 8, 9)).isEmpty();
    assertThat(poller.unanswered(7, 1, 2, 3, 4, 5, 6, 7, 8, 9)).isEmpty();
    assertThat(poller.answer(1, A, 1, 2, 3, 4, 5, 6)).isEmpty();
    assertThat(asked(poller.answer(1, A, 7))).containsExactly(2L);
  }

  @Test
  void areAskedForAChoiceThatTheyPreferAndThatIsNotKnown() {
    TestingPoller poller = knowing(1, A);
    assertThat(poller.answer(1, B, 4)).containsExactly(new Effect.Missing(4, SET, B));
    poller.propose(SET, B);
    assertThat(poller.answer(1, B, 5)).isEmpty();
  }

  @Test
  void areHeardWhenTheirChoiceArrivesBeforeThePollIsOver() {
    TestingPoller poller = knowing(1, A);
    poller.answer(1, B, 1, 2, 3, 4);
    poller.propose(SET, B);
    poller.answer(1, B, 5, 6, 7);
    assertThat(poller.preferences()).isEqualTo(says(B));
  }

  /** Snowball asks its members to change: whoever does is asked and counted like any other. */
  @Test
  void giveEvidenceOfNothingWhenTheyChangeTheirPreference() {
    TestingPoller poller = knowing(1, A, B);
    for (long poll = 1; poll <= 40; poll++) {
      assertThat(poller.agree(poll, poll % 2 == 0 ? A : B))
          .containsExactly(new Effect.Ask(poll + 1, OTHERS));
    }
    for (long poll = 41; poll <= 43; poll++) {
      poller.agree(poll, B);
    }
    assertThat(poller.preferences()).isEqualTo(says(B));
    assertThat(poller.propose(SET, A)).as("nothing is asked any more").isEmpty();
  }
}
