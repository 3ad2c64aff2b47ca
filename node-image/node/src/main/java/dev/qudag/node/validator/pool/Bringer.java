package dev.qudag.node.validator.pool;

/**
 * Who brought a decision here first, and so whose room it takes.
 *
 * <p>A decision that only one faulty validator ever speaks of may wait for a state that never
 * comes. Nobody can tell it from one that is a block early, so it is counted, not judged.
 */
public sealed interface Bringer {
  /** As the label of a metric, and in a refusal. */
  String label();

  /** Hub or operator, over a connection of their own. */
  record Swarm() implements Bringer {
    @Override
    public String label() {
      return "swarm";
    }
  }

  /**
   * Another validator.
   *
   * @param index in the set
   */
  record Validator(int index) implements Bringer {
    @Override
    public String label() {
      return "validator-" + index;
    }
  }
}
