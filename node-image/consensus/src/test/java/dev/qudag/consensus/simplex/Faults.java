package dev.qudag.consensus.simplex;

/**
 * What goes wrong though nobody lies.
 *
 * @param loss probability that a message is lost
 * @param duplicates probability that a message comes twice
 * @param delayMillis the longest that a message takes; each takes its own time, so that messages
 *     overtake each other
 * @param crashes probability that a member crashes before it performs an effect; it comes back with
 *     what its disk holds
 * @param partitions whether the network falls into two parts now and then
 * @param skew how much faster or slower than it should a clock may run: 2 is twice and half as fast
 * @param approvalMillis the longest that a member takes, outside of any view, until it knows that
 *     what was submitted may be ordered: slow merges
 * @param validationMillis the longest that a member is busy with one payload, and deaf meanwhile
 */
record Faults(
    double loss,
    double duplicates,
    int delayMillis,
    double crashes,
    boolean partitions,
    double skew,
    int approvalMillis,
    int validationMillis) {
  static final Faults NONE = new Faults(0, 0, 20, 0, false, 1, 10, 0);

  static final Faults SEVERE = new Faults(0.1, 0.05, 300, 0.002, true, 2, 3000, 150);

  /** Messages that get lost and take their time, and nothing else. */
  static Faults ofNetwork(double loss, int delayMillis) {
    return new Faults(loss, 0, delayMillis, 0, false, 1, 10, 0);
  }

  /** What remains when the network has healed: clocks stay as wrong as they are. */
  Faults healed() {
    return new Faults(0, 0, NONE.delayMillis, 0, false, skew, NONE.approvalMillis, 0);
  }
}
