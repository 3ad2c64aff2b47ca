package dev.qudag.consensus.snowball;

import dev.qudag.crypto.Digest;
import java.util.Objects;

/**
 * The fourth layer: one choice out of many, made bit by bit. Choices that share a prefix share the
 * instance that decides it, so one poll moves every bit on the way down at once, and a set of one
 * choice costs no more than one instance.
 *
 * <pre>
 *   Stem: the bits that all share --> Fork: the first bit that differs
 *                                       | zero --> Leaf, Stem or Fork
 *                                       | one  --> Leaf, Stem or Fork
 *   an accepted Stem, or side of a Fork, is cut off above: what is left is the tree below it
 * </pre>
 *
 * <p>Legal transitions: a choice is added as long as its bits agree with those that are decided; a
 * poll keeps or cuts; when a lone Leaf is accepted, the tree is and nothing changes it any more.
 * Only votes for choices that the tree holds count: those for unknown ones support nothing, not
 * even a prefix.
 */
public final class ChoiceTree {
  private final SnowballParameters rules;
  private final Branch root;

  private ChoiceTree(SnowballParameters rules, Branch root) {
    this.rules = rules;
    this.root = root;
  }

  /** A tree of one choice, which it prefers. */
  public static ChoiceTree of(SnowballParameters rules, Digest choice) {
    return new ChoiceTree(rules, Leaf.of(0, choice));
  }

  /** The tree with one more choice; unchanged when it holds it or has ruled it out. */
  public ChoiceTree with(Digest choice) {
    return isRuledOut(choice) ? this : new ChoiceTree(rules, root.with(choice));
  }

  /** The tree after a poll; unchanged when it is accepted. */
  public ChoiceTree polled(Votes votes) {
    return isAccepted() ? this : new ChoiceTree(rules, root.polled(known(votes), rules));
  }

  /**
   * Whether a poll is over as far as this tree goes: whatever {@code outstanding} more seats
   * answer, {@link #polled} gives the same tree.
   */
  public boolean isSettled(Votes votes, int outstanding) {
    return isAccepted() || root.isSettled(known(votes), outstanding, rules);
  }

  /** What this member answers with. */
  public Digest preference() {
    return root.preference();
  }

  /** Whether β polls in a row were confident in every bit of the preference. */
  public boolean isAccepted() {
    return root instanceof Leaf && rules.isAccepted(root.confidence());
  }

  public boolean holds(Digest choice) {
    return root.holds(choice);
  }

  /** Whether the bits that are decided are others than this choice's. */
  public boolean isRuledOut(Digest choice) {
    int decided = isAccepted() ? Bit.COUNT : root.depth();
    return Bit.firstDifference(preference(), choice) < decided;
  }

  private Votes known(Votes votes) {
    return votes.only(root::holds);
  }

  Branch root() {
    return root;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ChoiceTree that && rules.equals(that.rules) && root.equals(that.root);
  }

  @Override
  public int hashCode() {
    return Objects.hash(rules, root);
  }

  /** The branches, as records print themselves. */
  @Override
  public String toString() {
    return root.toString();
  }
}
