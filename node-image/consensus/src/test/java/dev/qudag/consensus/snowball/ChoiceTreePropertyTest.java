package dev.qudag.consensus.snowball;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.crypto.Digest;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What holds for every tree and every course of polls. */
class ChoiceTreePropertyTest {
  private static final SnowballParameters RULES = new SnowballParameters(5, 3, 4, 4, 1, 0);

  /** Drawn so that polls lean to one choice for a while: trees of all ages come up. */
  private static ChoiceTree grown(List<Digest> choices, Random random) {
    ChoiceTree tree = ChoiceTree.of(RULES, choices.getFirst());
    Digest favourite = choices.getFirst();
    for (int step = random.nextInt(25); step > 0; step--) {
      if (random.nextInt(4) == 0) {
        favourite = any(choices, random);
      }
      if (random.nextInt(3) == 0) {
        tree = tree.with(any(choices, random));
      }
      tree = tree.polled(votes(Votes.NONE, RULES.k(), favourite, choices, random));
    }
    return tree;
  }

  private static Votes votes(
      Votes before, int seats, Digest favourite, List<Digest> choices, Random random) {
    Votes votes = before;
    for (int seat = 0; seat < seats; seat++) {
      int lot = random.nextInt(8);
      if (lot < 6) {
        votes = votes.plus(lot < 5 ? favourite : any(choices, random), 1);
      }
    }
    return votes;
  }

  private static Digest any(List<Digest> choices, Random random) {
    return choices.get(random.nextInt(choices.size()));
  }

  @Property
  void confidenceNeverGrowsOnTheWayDown(@ForAll long seed) {
    Random random = new Random(seed);
    assertConfidence(grown(TestingChoices.close(8, random), random).root(), RULES.beta());
  }

  private static void assertConfidence(Branch branch, int above) {
    assertThat(branch.confidence()).isLessThanOrEqualTo(above);
    switch (branch) {
      case Leaf leaf -> assertThat(leaf.depth()).isLessThanOrEqualTo(Bit.COUNT);
      case Stem stem -> assertConfidence(stem.rest(), stem.confidence());
      case Fork fork -> {
        boolean toZero = fork.ball().snowflake().preference() == Bit.ZERO;
        assertConfidence(fork.zero(), toZero ? fork.confidence() : 0);
        assertConfidence(fork.one(), toZero ? 0 : fork.confidence());
      }
    }
  }

  @Property
  void everyLeafLiesWhereItsBitsLead(@ForAll long seed) {
    Random random = new Random(seed);
    assertPlaces(grown(TestingChoices.close(8, random), random).root());
  }

  private static void assertPlaces(Branch branch) {
    switch (branch) {
      case Leaf leaf -> assertThat(branch.holds(leaf.choice())).isTrue();
      case Stem stem -> {
        assertThat(stem.rest()).isInstanceOf(Fork.class);
        assertPlaces(stem.rest());
      }
      case Fork fork -> {
        assertThat(Bit.at(fork.depth(), fork.zero().preference())).isEqualTo(Bit.ZERO);
        assertThat(Bit.at(fork.depth(), fork.one().preference())).isEqualTo(Bit.ONE);
        int shared = Bit.firstDifference(fork.zero().preference(), fork.one().preference());
        assertThat(shared).isEqualTo(fork.depth());
        assertPlaces(fork.zero());
        assertPlaces(fork.one());
      }
    }
  }

  @Property
  void whatIsHeldIsNotRuledOutAndThePreferenceIsHeld(@ForAll long seed) {
    Random random = new Random(seed);
    List<Digest> choices = TestingChoices.close(8, random);
    ChoiceTree tree = grown(choices, random);
    assertThat(tree.holds(tree.preference())).isTrue();
    for (Digest choice : choices) {
      assertThat(tree.holds(choice) && tree.isRuledOut(choice)).isFalse();
      assertThat(tree.with(choice).holds(choice)).isEqualTo(!tree.isRuledOut(choice));
    }
  }

  /** A poll that ends early gives what it would have given with every answer. */
  @Property
  void aSettledPollCannotTurnOutOtherwise(@ForAll long seed) {
    Random random = new Random(seed);
    List<Digest> choices = TestingChoices.close(5, random);
    ChoiceTree tree = grown(choices, random);
    int outstanding = random.nextInt(RULES.k() + 1);
    Digest favourite = any(choices, random);
    Votes so = votes(Votes.NONE, RULES.k() - outstanding, favourite, choices, random);
    if (tree.isSettled(so, outstanding)) {
      for (Digest last : choices) {
        Votes mixed = votes(so, outstanding, last, choices, random);
        Votes united = outstanding == 0 ? so : so.plus(last, outstanding);
        assertThat(tree.polled(mixed)).isEqualTo(tree.polled(so));
        assertThat(tree.polled(united)).isEqualTo(tree.polled(so));
      }
    }
  }

  /** And no poll waits for an answer that cannot matter. */
  @Property
  void aPollThatIsNotSettledCanTurnOutOtherwise(@ForAll long seed) {
    Random random = new Random(seed);
    List<Digest> choices = TestingChoices.close(5, random);
    ChoiceTree tree = grown(choices, random);
    int outstanding = random.nextInt(RULES.k() + 1);
    Votes so = votes(Votes.NONE, RULES.k() - outstanding, any(choices, random), choices, random);
    if (!tree.isSettled(so, outstanding)) {
      assertThat(choices)
          .anyMatch(choice -> !tree.polled(so.plus(choice, outstanding)).equals(tree.polled(so)));
    }
  }

  /** Two choices that differ in their first bit are plain binary Snowball. */
  @Property
  void twoChoicesAreOneBinaryInstance(@ForAll long seed) {
    Random random = new Random(seed);
    Digest zero = TestingChoices.bits("0");
    Digest one = TestingChoices.bits("1");
    ChoiceTree tree = ChoiceTree.of(RULES, zero).with(one);
    Snowball plain = new Snowball(new Snowflake(new Slush(Bit.ZERO), 0), Bit.ZERO, 0, 0);
    for (int poll = 0; poll < 40 && !tree.isAccepted(); poll++) {
      int ones = random.nextInt(RULES.k() + 1);
      Votes votes = ones == 0 ? Votes.NONE : Votes.NONE.plus(one, ones);
      tree = tree.polled(ones == RULES.k() ? votes : votes.plus(zero, RULES.k() - ones));
      Bit winner = 2 * ones > RULES.k() ? Bit.ONE : Bit.ZERO;
      plain = plain.polled(winner, RULES.support(Math.max(ones, RULES.k() - ones)));
      boolean accepted = plain.confidence() >= RULES.beta();
      Bit preference = accepted ? plain.snowflake().preference() : plain.preference();
      assertThat(tree.isAccepted()).isEqualTo(accepted);
      assertThat(tree.preference()).isEqualTo(preference == Bit.ZERO ? zero : one);
    }
  }
}
