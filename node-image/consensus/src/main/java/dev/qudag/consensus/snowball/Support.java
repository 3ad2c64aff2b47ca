package dev.qudag.consensus.snowball;

/** What the votes of one poll for one colour are good for. */
enum Support {
  /** Fewer than αPreference: the poll failed. */
  NONE,
  /** αPreference or more: enough to change a preference, too few to trust it more. */
  PREFERENCE,
  /** αConfidence or more: enough for both. */
  CONFIDENCE
}
