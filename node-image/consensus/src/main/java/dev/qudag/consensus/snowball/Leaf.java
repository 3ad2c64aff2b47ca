package dev.qudag.consensus.snowball;

import dev.qudag.crypto.Digest;

/** One choice: an instance of one colour for all of its bits from {@code depth} on. */
record Leaf(int depth, Digest choice, UnarySnowball ball) implements Branch {
  static Leaf of(int depth, Digest choice) {
    return new Leaf(depth, choice, UnarySnowball.NEW);
  }

  @Override
  public int confidence() {
    return ball.confidence();
  }

  @Override
  public Digest preference() {
    return choice;
  }

  @Override
  public boolean holds(Digest other) {
    return choice.equals(other);
  }

  @Override
  public Branch with(Digest rival) {
    int fork = Bit.firstDifference(choice, rival);
    return fork == Bit.COUNT
        ? this
        : Stem.reaching(
            depth, ball, Fork.between(fork, ball, new Leaf(fork + 1, choice, ball), rival));
  }

  @Override
  public Leaf polled(Votes votes, SnowballParameters rules) {
    return new Leaf(depth, choice, ball.polled(rules.support(votes.count())));
  }

  @Override
  public Leaf reset() {
    return confidence() == 0 ? this : new Leaf(depth, choice, ball.reset());
  }

  @Override
  public boolean isSettled(Votes votes, int outstanding, SnowballParameters rules) {
    return rules.isSettled(votes.count(), outstanding);
  }
}
