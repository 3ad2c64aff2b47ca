package dev.qudag.consensus.snowball;

import static dev.qudag.consensus.snowball.Bit.ONE;
import static dev.qudag.consensus.snowball.Bit.ZERO;
import static dev.qudag.consensus.snowball.Support.CONFIDENCE;
import static dev.qudag.consensus.snowball.Support.NONE;
import static dev.qudag.consensus.snowball.Support.PREFERENCE;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Slush, Snowflake and Snowball, each by the rule that it adds. */
class LayersTest {
  private static final Snowflake FLAKE = new Snowflake(new Slush(ZERO), 0);
  private static final Snowball BALL = new Snowball(FLAKE, ZERO, 0, 0);

  @Test
  void slushTakesTheColourOfEverySuccessfulPoll() {
    Slush slush = new Slush(ZERO);
    assertThat(slush.polled(ONE, PREFERENCE).preference()).isEqualTo(ONE);
    assertThat(slush.polled(ONE, CONFIDENCE).preference()).isEqualTo(ONE);
  }

  @Test
  void slushKeepsItsColourWhenAPollFails() {
    assertThat(new Slush(ZERO).polled(ONE, NONE).preference()).isEqualTo(ZERO);
  }

  @Test
  void snowflakeCountsConfidentPollsInARow() {
    assertThat(FLAKE.polled(ZERO, CONFIDENCE).polled(ZERO, CONFIDENCE).confidence()).isEqualTo(2);
  }

  @Test
  void snowflakeStartsAgainWhenThePreferenceFlips() {
    Snowflake flipped =
        FLAKE.polled(ZERO, CONFIDENCE).polled(ZERO, CONFIDENCE).polled(ONE, CONFIDENCE);
    assertThat(flipped).isEqualTo(new Snowflake(new Slush(ONE), 1));
  }

  @Test
  void snowflakeLosesItsConfidenceWhenAPollFails() {
    Snowflake failed = FLAKE.polled(ZERO, CONFIDENCE).polled(ZERO, NONE);
    assertThat(failed).isEqualTo(new Snowflake(new Slush(ZERO), 0));
  }

  @Test
  void snowflakeLosesItsConfidenceWhenAPollOnlyPrefers() {
    assertThat(FLAKE.polled(ZERO, CONFIDENCE).polled(ZERO, PREFERENCE).confidence()).isZero();
    assertThat(FLAKE.polled(ZERO, CONFIDENCE).polled(ONE, PREFERENCE))
        .isEqualTo(new Snowflake(new Slush(ONE), 0));
  }

  @Test
  void snowballPrefersWhatWonMorePollsInItsLife() {
    Snowball twice = BALL.polled(ZERO, PREFERENCE).polled(ZERO, PREFERENCE);
    Snowball once = twice.polled(ONE, CONFIDENCE);
    assertThat(once.preference()).isEqualTo(ZERO);
    assertThat(once.snowflake()).isEqualTo(new Snowflake(new Slush(ONE), 1));
  }

  @Test
  void snowballKeepsItsPreferenceWhenTheColoursAreEven() {
    Snowball even = BALL.polled(ZERO, PREFERENCE).polled(ONE, PREFERENCE);
    assertThat(even.preference()).isEqualTo(ZERO);
    assertThat(even.polled(ONE, PREFERENCE).preference()).isEqualTo(ONE);
    assertThat(even.polled(ONE, PREFERENCE).polled(ZERO, PREFERENCE).preference()).isEqualTo(ONE);
  }

  @Test
  void snowballCountsNoStrengthForAFailedPoll() {
    assertThat(BALL.polled(ONE, NONE)).isEqualTo(BALL);
    assertThat(BALL.polled(ONE, CONFIDENCE).polled(ONE, NONE).ones()).isEqualTo(1);
  }

  @Test
  void aResetTakesConfidenceAndLeavesPreferenceAndStrength() {
    Snowball reset = BALL.polled(ONE, CONFIDENCE).reset();
    assertThat(reset).isEqualTo(new Snowball(new Snowflake(new Slush(ONE), 0), ONE, 0, 1));
  }

  @Test
  void aSingleColourCountsAsTwoWouldOfWhichOneGetsNoVote() {
    UnarySnowball single = UnarySnowball.NEW;
    Snowball two = BALL;
    for (Support support : new Support[] {CONFIDENCE, CONFIDENCE, PREFERENCE, CONFIDENCE, NONE}) {
      single = single.polled(support);
      two = two.polled(ZERO, support);
      assertThat(single.against(ZERO)).isEqualTo(two);
    }
  }

  @Test
  void aRivalInheritsNothing() {
    Snowball rivals = UnarySnowball.NEW.polled(CONFIDENCE).polled(CONFIDENCE).against(ONE);
    assertThat(rivals).isEqualTo(new Snowball(new Snowflake(new Slush(ONE), 2), ONE, 0, 2));
  }
}
