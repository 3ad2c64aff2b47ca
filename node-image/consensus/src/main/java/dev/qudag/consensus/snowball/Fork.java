package dev.qudag.consensus.snowball;

import dev.qudag.crypto.Digest;

/** The bit in which choices differ: an instance of two colours, and what is below either. */
record Fork(int depth, Snowball ball, Branch zero, Branch one) implements Branch {
  /** A rival appears at bit {@code depth}: what is known keeps what it earned. */
  static Fork between(int depth, UnarySnowball earned, Branch known, Digest rival) {
    Bit own = Bit.at(depth, known.preference());
    Leaf other = Leaf.of(depth + 1, rival);
    return switch (own) {
      case ZERO -> new Fork(depth, earned.against(own), known, other);
      case ONE -> new Fork(depth, earned.against(own), other, known);
    };
  }

  @Override
  public int confidence() {
    return ball.confidence();
  }

  @Override
  public Digest preference() {
    return side(ball.preference()).preference();
  }

  @Override
  public boolean holds(Digest choice) {
    return side(Bit.at(depth, choice)).holds(choice);
  }

  @Override
  public Branch with(Digest choice) {
    return switch (Bit.at(depth, choice)) {
      case ZERO -> new Fork(depth, ball, zero.with(choice), one);
      case ONE -> new Fork(depth, ball, zero, one.with(choice));
    };
  }

  /** At most one side has support, because αPreference is more than half of the sample. */
  @Override
  public Branch polled(Votes votes, SnowballParameters rules) {
    Votes zeros = votes.at(depth, Bit.ZERO);
    Votes ones = votes.at(depth, Bit.ONE);
    Bit winner = zeros.count() > ones.count() ? Bit.ZERO : Bit.ONE;
    Votes won = winner == Bit.ZERO ? zeros : ones;
    Support support = rules.support(won.count());
    if (support == Support.NONE) {
      return reset();
    }
    Snowball polled = ball.polled(winner, support);
    Branch left = side(winner).polled(won, rules);
    if (rules.isAccepted(polled.confidence())) {
      return left;
    }
    return switch (winner) {
      case ZERO -> new Fork(depth, polled, left, one.reset());
      case ONE -> new Fork(depth, polled, zero.reset(), left);
    };
  }

  @Override
  public Fork reset() {
    return confidence() == 0 ? this : new Fork(depth, ball.reset(), zero.reset(), one.reset());
  }

  @Override
  public boolean isSettled(Votes votes, int outstanding, SnowballParameters rules) {
    return isSettled(zero, votes.at(depth, Bit.ZERO), outstanding, rules)
        && isSettled(one, votes.at(depth, Bit.ONE), outstanding, rules);
  }

  private static boolean isSettled(
      Branch side, Votes votes, int outstanding, SnowballParameters rules) {
    return rules.isSettled(votes.count(), outstanding) && side.isSettled(votes, outstanding, rules);
  }

  private Branch side(Bit bit) {
    return switch (bit) {
      case ZERO -> zero;
      case ONE -> one;
    };
  }
}
