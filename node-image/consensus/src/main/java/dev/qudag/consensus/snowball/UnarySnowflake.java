package dev.qudag.consensus.snowball;

/**
 * Snowflake with a single colour: {@code confidence} polls in a row, up to the last one, were
 * confident.
 */
record UnarySnowflake(int confidence) {
  UnarySnowflake polled(Support support) {
    return switch (support) {
      case NONE, PREFERENCE -> new UnarySnowflake(0);
      case CONFIDENCE -> new UnarySnowflake(confidence + 1);
    };
  }

  /** The same history, seen as a choice between this colour and one that got no vote so far. */
  Snowflake against(Bit own) {
    return new Snowflake(new Slush(own), confidence);
  }
}
