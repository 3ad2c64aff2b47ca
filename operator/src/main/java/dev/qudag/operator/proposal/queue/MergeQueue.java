package dev.qudag.operator.proposal.queue;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The speculative merge queue of one branch (the idea is Zuul's dependent pipeline; halving a batch
 * that failed is group testing: Dorfman, "The detection of defective members of large populations",
 * 1943).
 *
 * <pre>
 *   head ── a ── b ── c        a is merged onto the head, b onto a, c onto b, and all three are
 *           │    │    │        checked at once. When a lands, the head is a: what b proved holds.
 *        tree  tree  tree      When a fails, b is merged onto the head: what b proved is void.
 * </pre>
 *
 * <p>Invariants, each a property test:
 *
 * <ol>
 *   <li>only a tree that passed every check is decided, with all that it adds to the head;
 *   <li>one decision at a time on one head;
 *   <li>a proposal ends by its own failure on the branch, never by that of another;
 *   <li>a proposal that fails, conflicts or cannot be checked does not hold up those behind it;
 *   <li>a proposal is overtaken only after a run of its own that failed or could not run, or by
 *       what came to share a check with one before it while it was not there;
 *   <li>what depends on another lands after it or with it.
 * </ol>
 *
 * <p>Who stands before whom: {@link LineOrder}. Cancelled, withdrawn and superseded ones are not
 * entries any more; those that were built on them are built anew.
 */
public final class MergeQueue {
  private final Branch branch;
  private final QueueSettings settings;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  public MergeQueue(Branch branch, QueueSettings settings, Collection<Entry> entries) {
    this.branch = branch;
    this.settings = settings;
    entries.forEach(entry -> this.entries.put(entry.name(), entry));
  }

  /**
   * The place of a proposal and its next step.
   *
   * @param position from 1
   */
  public record Place(int position, Step step) {}

  /** Of every proposal, in their order; those that wait for themselves come last. */
  public Map<String, Place> plan() {
    Map<String, List<String>> cycles = Cycles.of(entries);
    List<Entry> line =
        LineOrder.of(
            entries.values().stream().filter(e -> !cycles.containsKey(e.name())).toList(),
            settings);
    Map<String, Step> steps = new Walk(branch, settings, line).steps();
    Map<String, Place> places = new LinkedHashMap<>();
    for (Entry entry : line) {
      places.put(
          entry.name(),
          new Place(places.size() + 1, steps.getOrDefault(entry.name(), new Step.Wait(""))));
    }
    new TreeMap<>(cycles)
        .forEach(
            (name, cycle) ->
                places.put(name, new Place(places.size() + 1, new Step.Deadlocked(cycle))));
    return places;
  }
}
