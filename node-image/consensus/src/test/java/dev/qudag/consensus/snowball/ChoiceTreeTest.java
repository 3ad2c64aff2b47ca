package dev.qudag.consensus.snowball;

import static dev.qudag.consensus.snowball.TestingChoices.bits;
import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.crypto.Digest;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ChoiceTreeTest {
  private static final SnowballParameters RULES = new SnowballParameters(10, 6, 8, 3, 1, 0);
  private static final Digest A = bits("0000");
  private static final Digest B = bits("0010");
  private static final Digest C = bits("0011");
  private static final Digest D = bits("1");

  private static ChoiceTree tree(Digest... choices) {
    ChoiceTree tree = ChoiceTree.of(RULES, choices[0]);
    for (Digest choice : Arrays.asList(choices).subList(1, choices.length)) {
      tree = tree.with(choice);
    }
    return tree;
  }

  private static Votes votes(Digest choice, int seats) {
    return Votes.NONE.plus(choice, seats);
  }

  private static ChoiceTree polled(ChoiceTree tree, Digest choice, int seats, int times) {
    ChoiceTree polled = tree;
    for (int i = 0; i < times; i++) {
      polled = polled.polled(votes(choice, seats));
    }
    return polled;
  }

  @Test
  void aLoneChoiceIsAcceptedAfterBetaConfidentPolls() {
    assertThat(polled(tree(A), A, 8, 2).isAccepted()).isFalse();
    assertThat(polled(tree(A), A, 8, 3).isAccepted()).isTrue();
  }

  @Test
  void pollsBelowAlphaConfidenceNeverAccept() {
    assertThat(polled(tree(A), A, 7, 100).isAccepted()).isFalse();
    assertThat(polled(tree(A, B), B, 7, 100).isAccepted()).isFalse();
  }

  @Test
  void oneFailedPollTakesAllConfidence() {
    ChoiceTree interrupted = polled(tree(A, B, D), A, 8, 2).polled(Votes.NONE);
    assertThat(polled(interrupted, A, 8, 2).isAccepted()).isFalse();
    assertThat(polled(interrupted, A, 8, 3).isAccepted()).isTrue();
  }

  @Test
  void theFirstChoiceIsPreferredUntilAnotherWinsMorePolls() {
    ChoiceTree tree = tree(A, D);
    assertThat(tree.preference()).isEqualTo(A);
    assertThat(tree.polled(votes(D, 5)).preference()).isEqualTo(A);
    assertThat(tree.polled(votes(D, 6)).preference()).isEqualTo(D);
  }

  @Test
  void everyChoiceCanWin() {
    for (Digest choice : new Digest[] {A, B, C, D}) {
      ChoiceTree tree = polled(tree(A, B, C, D), choice, 8, 3);
      assertThat(tree.isAccepted()).isTrue();
      assertThat(tree.preference()).isEqualTo(choice);
    }
  }

  @Test
  void theOrderOfTheChoicesShapesNothingButTheFirstPreference() {
    Branch one = polled(tree(A, B, C, D), C, 8, 1).root();
    Branch other = polled(tree(A, D, C, B), C, 8, 1).root();
    assertThat(one).isEqualTo(other);
  }

  /** No choice has a majority, and the bits that a majority shares are decided all the same. */
  @Test
  void aPollDecidesThePrefixThatItsVotesShare() {
    Votes split = votes(B, 5).plus(C, 5);
    ChoiceTree tree = tree(A, B, C, D).polled(split).polled(split).polled(split);
    assertThat(tree.isAccepted()).isFalse();
    assertThat(tree.isRuledOut(A)).isTrue();
    assertThat(tree.isRuledOut(D)).isTrue();
    assertThat(tree.holds(B) && tree.holds(C)).isTrue();
    assertThat(polled(tree, C, 8, 3).preference()).isEqualTo(C);
  }

  @Test
  void aChoiceWithOtherBitsThanTheDecidedOnesIsNotAdded() {
    Votes split = votes(B, 5).plus(C, 5);
    ChoiceTree tree = tree(B, C, D).polled(split).polled(split).polled(split);
    assertThat(tree.with(A)).isEqualTo(tree);
    assertThat(tree.with(D)).isEqualTo(tree);
    assertThat(tree.with(bits("00101")).holds(bits("00101"))).isTrue();
  }

  @Test
  void votesForRuledOutChoicesCountNoMore() {
    Votes split = votes(B, 5).plus(C, 5);
    ChoiceTree tree = tree(A, B, C, D).polled(split).polled(split).polled(split);
    assertThat(tree.polled(votes(A, 10))).isEqualTo(tree.polled(Votes.NONE));
  }

  /** Otherwise liars could decide the prefix of a choice by votes for digests that nobody made. */
  @Test
  void votesForUnknownChoicesSupportNotEvenAPrefix() {
    Digest unknown = bits("00001");
    ChoiceTree tree = tree(A, D);
    assertThat(tree.polled(votes(unknown, 10))).isEqualTo(tree.polled(Votes.NONE));
    assertThat(tree.polled(votes(unknown, 2).plus(A, 7))).isEqualTo(tree.polled(votes(A, 7)));
  }

  @Test
  void aRivalDoesNotTakeWhatAChoiceEarned() {
    ChoiceTree tree = polled(tree(A), A, 8, 2).with(D).polled(votes(A, 8));
    assertThat(tree.isAccepted()).isTrue();
    assertThat(tree.preference()).isEqualTo(A);
  }

  @Test
  void aRivalInheritsNoConfidenceFromASharedPrefix() {
    ChoiceTree tree = polled(tree(A), A, 8, 2).with(B).polled(votes(B, 8));
    assertThat(tree.isAccepted()).isFalse();
    assertThat(tree.preference()).isEqualTo(A);
  }

  @Test
  void nothingChangesAnAcceptedTree() {
    ChoiceTree accepted = polled(tree(A, B), A, 8, 3);
    assertThat(polled(accepted, B, 10, 50)).isEqualTo(accepted);
    assertThat(accepted.with(B)).isEqualTo(accepted);
    assertThat(accepted.with(D).holds(D)).isFalse();
    assertThat(accepted.isRuledOut(B)).isTrue();
  }

  @Test
  void aKnownChoiceIsAddedOnce() {
    ChoiceTree tree = tree(A, B, C, D);
    for (Digest choice : new Digest[] {A, B, C, D}) {
      assertThat(tree.with(choice)).isEqualTo(tree);
    }
  }

  @Test
  void choicesThatDifferInTheirLastBitAloneAreTwo() {
    byte[] bytes = A.bytes();
    bytes[Digest.SIZE - 1] = 1;
    Digest neighbour = Digest.of(bytes);
    ChoiceTree tree = polled(tree(A, neighbour), neighbour, 8, 3);
    assertThat(tree.isAccepted()).isTrue();
    assertThat(tree.preference()).isEqualTo(neighbour);
  }
}
