package dev.qudag.consensus.snowball;

import dev.qudag.crypto.Digest;

/**
 * A run of bits that all choices below have in common: one instance of one colour for the bits from
 * {@code depth} to {@code rest.depth() - 1}, at least one.
 */
record Stem(int depth, UnarySnowball ball, Branch rest) implements Branch {
  Stem {
    if (depth >= rest.depth()) {
      throw new IllegalArgumentException("a stem from " + depth + " to " + rest.depth());
    }
  }

  /** The branch from {@code depth} on that leads to {@code rest}: with no bit between, the rest. */
  static Branch reaching(int depth, UnarySnowball ball, Branch rest) {
    return depth == rest.depth() ? rest : new Stem(depth, ball, rest);
  }

  @Override
  public int confidence() {
    return ball.confidence();
  }

  @Override
  public Digest preference() {
    return rest.preference();
  }

  @Override
  public boolean holds(Digest choice) {
    return rest.holds(choice);
  }

  @Override
  public Branch with(Digest choice) {
    Digest known = preference();
    int fork = Bit.firstDifference(known, choice);
    if (fork >= rest.depth()) {
      return new Stem(depth, ball, rest.with(choice));
    }
    Branch old = reaching(fork + 1, ball, rest);
    return reaching(depth, ball, Fork.between(fork, ball, old, choice));
  }

  @Override
  public Branch polled(Votes votes, SnowballParameters rules) {
    Support support = rules.support(votes.count());
    if (support == Support.NONE) {
      return reset();
    }
    UnarySnowball polled = ball.polled(support);
    Branch left = rest.polled(votes, rules);
    return rules.isAccepted(polled.confidence()) ? left : new Stem(depth, polled, left);
  }

  @Override
  public Stem reset() {
    return confidence() == 0 ? this : new Stem(depth, ball.reset(), rest.reset());
  }

  @Override
  public boolean isSettled(Votes votes, int outstanding, SnowballParameters rules) {
    return rules.isSettled(votes.count(), outstanding) && rest.isSettled(votes, outstanding, rules);
  }
}
