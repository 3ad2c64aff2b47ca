package dev.qudag.consensus.snowball;

/**
 * The third layer: Snowflake with a memory (the paper's Snowball).
 *
 * <p>{@code preference}, which is what this member answers with, is the colour with more successful
 * polls in its life; of equal ones, the one preferred before. So one unlucky poll does not turn a
 * member that has seen many. What is accepted is Snowflake's colour: the one that the last β polls
 * agreed on.
 */
record Snowball(Snowflake snowflake, Bit preference, int zeros, int ones) {
  Snowball polled(Bit winner, Support support) {
    Snowflake flake = snowflake.polled(winner, support);
    return switch (support) {
      case NONE -> new Snowball(flake, preference, zeros, ones);
      case PREFERENCE, CONFIDENCE ->
          switch (winner) {
            case ZERO -> strengthened(flake, zeros + 1, ones);
            case ONE -> strengthened(flake, zeros, ones + 1);
          };
    };
  }

  private Snowball strengthened(Snowflake flake, int newZeros, int newOnes) {
    int lead = Integer.compare(newZeros, newOnes);
    Bit stronger = lead > 0 ? Bit.ZERO : lead < 0 ? Bit.ONE : preference;
    return new Snowball(flake, stronger, newZeros, newOnes);
  }

  Snowball reset() {
    return new Snowball(snowflake.reset(), preference, zeros, ones);
  }

  int confidence() {
    return snowflake.confidence();
  }
}
