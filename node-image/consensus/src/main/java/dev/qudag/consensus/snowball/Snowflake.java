package dev.qudag.consensus.snowball;

/**
 * The second layer: Slush with a count (the paper's Snowflake).
 *
 * <p>{@code confidence} is the number of polls in a row, up to the last one, that were confident in
 * the colour preferred now: a poll for the other colour starts it again, any poll below αConfidence
 * sets it to zero.
 */
record Snowflake(Slush slush, int confidence) {
  Bit preference() {
    return slush.preference();
  }

  Snowflake polled(Bit winner, Support support) {
    int before = winner == preference() ? confidence : 0;
    return new Snowflake(
        slush.polled(winner, support),
        switch (support) {
          case NONE, PREFERENCE -> 0;
          case CONFIDENCE -> before + 1;
        });
  }

  Snowflake reset() {
    return new Snowflake(slush, 0);
  }
}
