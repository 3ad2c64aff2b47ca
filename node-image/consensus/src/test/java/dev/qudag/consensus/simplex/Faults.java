package dev.qudag.consensus.simplex;

/**
 * What goes wrong until the network heals.
 *
 * @param equivocators members that propose two blocks, vote for everything and replay old messages
 * @param silent members that never say a word
 * @param loss probability that a message is lost
 * @param duplicates probability that a message comes twice
 * @param crashes probability that a member crashes before it performs an effect
 * @param partitions whether the network falls into two parts now and then
 * @param delayMillis the longest that a message takes
 */
record Faults(
    int equivocators,
    int silent,
    double loss,
    double duplicates,
    double crashes,
    boolean partitions,
    int delayMillis) {
  static final Faults NONE = new Faults(0, 0, 0, 0, 0, false, 20);

  static Faults severe(int members) {
    int faulty = (members - 1) / 3;
    int equivocators = (faulty + 1) / 2;
    return new Faults(equivocators, faulty - equivocators, 0.1, 0.05, 0.002, members > 1, 300);
  }
}
