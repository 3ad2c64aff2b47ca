package dev.qudag.consensus.snowball;

/**
 * Snowball with a single colour, as it is while no rival is known: {@code strength} polls of its
 * life were successful.
 */
record UnarySnowball(UnarySnowflake snowflake, int strength) {
  static final UnarySnowball NEW = new UnarySnowball(new UnarySnowflake(0), 0);

  UnarySnowball polled(Support support) {
    UnarySnowflake flake = snowflake.polled(support);
    return switch (support) {
      case NONE -> new UnarySnowball(flake, strength);
      case PREFERENCE, CONFIDENCE -> new UnarySnowball(flake, strength + 1);
    };
  }

  UnarySnowball reset() {
    return new UnarySnowball(new UnarySnowflake(0), strength);
  }

  int confidence() {
    return snowflake.confidence();
  }

  /** A rival appears: what this colour earned stays its own. */
  Snowball against(Bit own) {
    return switch (own) {
      case ZERO -> new Snowball(snowflake.against(own), own, strength, 0);
      case ONE -> new Snowball(snowflake.against(own), own, 0, strength);
    };
  }
}
