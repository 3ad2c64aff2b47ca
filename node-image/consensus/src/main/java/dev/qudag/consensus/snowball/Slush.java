package dev.qudag.consensus.snowball;

/**
 * The first layer: the colour that the last successful poll had. Alone it never decides, it only
 * tips a network that is split (the paper's Slush).
 */
record Slush(Bit preference) {
  Slush polled(Bit winner, Support support) {
    return switch (support) {
      case NONE -> this;
      case PREFERENCE, CONFIDENCE -> new Slush(winner);
    };
  }
}
