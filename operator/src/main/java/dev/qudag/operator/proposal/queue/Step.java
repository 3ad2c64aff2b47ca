package dev.qudag.operator.proposal.queue;

import dev.qudag.operator.proposal.queue.Attempt.Built;
import java.util.List;

/**
 * The one thing that a proposal needs next. Of those that share a tree, the first has the step, the
 * others wait for it.
 */
public sealed interface Step {
  /**
   * Merge the members, in this order, onto the base: the head, or what those before them would make
   * of the head. Who is in conflict is left out, and so is who depends on one left out.
   *
   * @param share of each member from now on, see {@link Entry#share}
   */
  record Build(String base, List<String> members, int share) implements Step {}

  /** Start the checks that its tree lacks. */
  record RunChecks(Built built) implements Step {}

  /** Its checks run, or cannot run at the moment. */
  record AwaitChecks(Built built) implements Step {}

  /**
   * A tree passed every check, and without those that land it is the head: hand it to the
   * validators.
   *
   * @param built the tree
   * @param members all that land by it
   */
  record Decide(Built built, List<String> members) implements Step {}

  /** The validators judge it. */
  record AwaitDecision() implements Step {}

  /** Its turn has not come. */
  record Wait(String waitingFor) implements Step {}

  /** It could land, but landing is frozen below a priority. */
  record Hold(int below) implements Step {}

  /**
   * A tree that the members share failed: all of them forget it, and share the next with at most so
   * many.
   */
  record Split(List<String> members, int share) implements Step {}

  /** It failed on the branch itself: no proposal that has not landed is to blame. */
  record Eject(Attempt attempt) implements Step {}

  /** What it depends on ended without landing. */
  record Orphaned(String dependency) implements Step {}

  /**
   * It waits for itself.
   *
   * @param cycle from one name over those that it depends on to the same name
   */
  record Deadlocked(List<String> cycle) implements Step {}
}
