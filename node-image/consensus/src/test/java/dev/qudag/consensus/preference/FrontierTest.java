package dev.qudag.consensus.preference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.qudag.consensus.chain.TestingChain;
import dev.qudag.consensus.snowball.SnowballParameters;
import dev.qudag.consensus.snowball.polling.Effect;
import dev.qudag.consensus.snowball.polling.Event;
import dev.qudag.consensus.snowball.polling.Preferences;
import dev.qudag.consensus.snowball.stake.Stake;
import dev.qudag.crypto.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * Member 0 of ten, with all nine others in every sample: five seats change a preference, seven add
 * to confidence, three confident polls accept.
 */
class FrontierTest {
  private static final Digest SET = TestingChain.digest("set");
  private static final Contender A = new Contender(SET, TestingChain.digest("a"));
  private static final Contender B = new Contender(SET, TestingChain.digest("b"));
  private static final Contender ALONE =
      new Contender(TestingChain.digest("other set"), TestingChain.digest("alone"));

  private final Frontier frontier =
      new Frontier(
          new SnowballParameters(9, 5, 7, 3, 1, 0), Stake.ofEqualWeight(10), 0, new Random(1));

  private List<Contender> order(Contender... items) {
    return frontier.order(List.of(items), Function.identity());
  }

  private List<Effect> await(Contender... contenders) {
    return frontier.await(List.of(contenders)).effects();
  }

  /** All nine others say so in the poll of this number, the first of which is 1. */
  private List<Effect> all(long poll, Contender preferred) {
    Preferences said =
        new Preferences(new TreeMap<>(Map.of(preferred.conflictSet(), preferred.choice())));
    List<Effect> effects = new ArrayList<>();
    for (int member = 1; member < 10; member++) {
      effects.addAll(frontier.take(new Event.Answered(poll, member, said)).effects());
    }
    return effects;
  }

  @Test
  void asksAboutWhatWaitsAndAboutNothingTwice() {
    assertThat(await(A)).containsExactly(new Effect.Ask(1, List.of(1, 2, 3, 4, 5, 6, 7, 8, 9)));
    assertThat(await(A)).isEmpty();
    assertThat(await(A, B)).as("a poll is in flight already").isEmpty();
  }

  @Test
  void asksNobodyWhenNothingWaits() {
    assertThat(await()).isEmpty();
    await(A);
    assertThat(await()).isEmpty();
    assertThat(all(1, A)).isEmpty();
    assertThat(frontier.preferences().byConflictSet()).isEmpty();
  }

  @Test
  void leadersProposeWhatTheOthersPrefer() {
    await(A, B, ALONE);
    assertThat(order(A, B, ALONE)).containsExactly(A, ALONE, B);
    all(1, B);
    all(2, B);
    assertThat(order(A, B, ALONE)).containsExactly(B, ALONE, A);
    assertThat(order(ALONE, B, A)).containsExactly(ALONE, B, A);
  }

  /** What is not known here, or waits for another to go first, is nobody's rival. */
  @Test
  void whatHasNoRivalKeepsItsPlace() {
    await(A);
    Contender later = new Contender(TestingChain.digest("later"), TestingChain.digest("c"));
    assertThat(order(later, ALONE, A)).containsExactly(later, ALONE, A);
  }

  @Test
  void nothingThatWaitsIsLeftOutHoweverSureTheOthersAre() {
    await(A, B);
    List<Effect> effects = new ArrayList<>();
    for (long poll = 1; poll <= 3; poll++) {
      effects.addAll(all(poll, B));
    }
    assertThat(effects)
        .anySatisfy(
            effect ->
                assertThat(effect)
                    .isInstanceOfSatisfying(
                        Effect.Accepted.class,
                        accepted -> assertThat(accepted.choice()).isEqualTo(B.choice())));
    assertThat(order(A, B)).containsExactly(B, A);
    assertThat(order(A)).as("what was accepted does not wait any more").containsExactly(A);
  }

  @Test
  void aSetIsForgottenWhenNothingOfItWaits() {
    await(A, B, ALONE);
    await(B, ALONE);
    assertThat(frontier.preferences().byConflictSet()).containsOnlyKeys(SET, ALONE.conflictSet());
    await(ALONE);
    assertThat(frontier.preferences().byConflictSet()).containsOnlyKeys(ALONE.conflictSet());
  }

  @Test
  void asksForWhatOthersPreferAndItDoesNotKnow() {
    await(A);
    assertThat(all(1, B)).contains(new Effect.Missing(4, SET, B.choice()));
    await(A, B);
    assertThat(frontier.preferences().byConflictSet()).containsEntry(SET, A.choice());
  }

  @Test
  void aPollThatNobodyAnswersIsFollowedByAnother() {
    await(A);
    List<Effect> effects = new ArrayList<>();
    for (int member = 1; member < 10; member++) {
      effects.addAll(frontier.take(new Event.Unanswered(1, member)).effects());
    }
    assertThat(effects).contains(new Effect.Ask(2, List.of(1, 2, 3, 4, 5, 6, 7, 8, 9)));
  }

  @Test
  void everyMemberOfALargeSetAsksTwentyOthersFourTimesAtOnce() {
    int self = 100;
    Frontier last = Frontier.of(new TestingChain(101).genesis().set(), self, new Random(1));
    assertThat(last.await(List.of(A)).effects())
        .hasSize(4)
        .allSatisfy(
            effect ->
                assertThat(((Effect.Ask) effect).members())
                    .hasSize(20)
                    .doesNotContain(self)
                    .doesNotHaveDuplicates());
  }

  @Test
  void aSetTooSmallToPollHasNone() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Frontier.of(new TestingChain(4).genesis().set(), 0, new Random(1)))
        .withMessageContaining("k is 20");
  }
}
