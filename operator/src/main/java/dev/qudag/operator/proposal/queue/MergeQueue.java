package dev.qudag.operator.proposal.queue;

import dev.qudag.operator.proposal.queue.Attempt.Built;
import dev.qudag.operator.proposal.queue.Attempt.Unmergeable;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The speculative merge queue of one branch (the idea is Zuul's dependent pipeline).
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
 *   <li>only a tree that passed every check, built on the head itself, is decided;
 *   <li>one decision at a time on one head;
 *   <li>a proposal ends by its own failure on the head, never by that of another;
 *   <li>a proposal that fails, conflicts or cannot be checked does not hold up those behind it.
 * </ol>
 */
public final class MergeQueue {
  private final String head;
  private final int window;
  private final List<Entry> entries;

  /**
   * @param head the branch's commit
   * @param window how many proposals are built and checked at once, at least 1
   */
  public MergeQueue(String head, int window, Collection<Entry> entries) {
    if (window < 1) {
      throw new IllegalArgumentException("the window holds at least 1 proposal, not " + window);
    }
    this.head = head;
    this.window = window;
    this.entries = entries.stream().sorted(Entry.ORDER).toList();
  }

  /**
   * The place of a proposal and its next step.
   *
   * @param position from 1
   */
  public record Place(int position, Step step) {}

  /** Of every proposal, in their order. */
  public Map<String, Place> plan() {
    var walk = new Walk();
    for (var entry : entries) {
      walk.visit(entry);
    }
    return walk.places;
  }

  /** Goes along the line and carries what the branch would be if those before landed. */
  private final class Walk {
    private final Map<String, Place> places = new LinkedHashMap<>();
    private Optional<String> base = Optional.of(head);
    private String ahead = "";
    private int active;
    private int blocked;

    /** What the validators judge on the head comes before all else, whatever its place. */
    Walk() {
      for (var entry : entries) {
        if (entry.decision().filter(d -> d.base().equals(head)).isPresent()) {
          carry(entry, entry.decision().get().commit());
          return;
        }
      }
    }

    void visit(Entry entry) {
      places.put(entry.name(), new Place(places.size() + 1, step(entry)));
    }

    private Step step(Entry entry) {
      if (entry.decision().isPresent()) {
        return new Step.AwaitDecision();
      }
      if (active >= window || blocked >= window || base.isEmpty()) {
        return new Step.Wait(ahead);
      }
      var onto = base.get();
      var attempt = entry.attemptOn(onto);
      if (attempt.isEmpty()) {
        ahead = entry.name();
        base = Optional.empty(); // what is behind cannot be built before this is
        return new Step.Build(onto);
      }
      return switch (attempt.get()) {
        case Unmergeable hopeless -> failed(hopeless);
        case Built built -> built(entry, built);
      };
    }

    private Step built(Entry entry, Built built) {
      return switch (built.checks()) {
        case FAILED -> failed(built);
        case BLOCKED -> {
          blocked++;
          yield new Step.AwaitChecks(built);
        }
        case MISSING -> carry(entry, built.commit(), new Step.RunChecks(built));
        case RUNNING -> carry(entry, built.commit(), new Step.AwaitChecks(built));
        case PASSED -> carry(entry, built.commit(), passed(built));
      };
    }

    private Step passed(Built built) {
      return built.base().equals(head) ? new Step.Decide(built) : new Step.Wait(ahead);
    }

    /**
     * On the head it is its own fault; on a speculation it waits to see whether that comes true.
     */
    private Step failed(Attempt attempt) {
      return attempt.base().equals(head) ? new Step.Eject(attempt) : new Step.Wait(ahead);
    }

    private Step carry(Entry entry, String commit, Step step) {
      carry(entry, commit);
      return step;
    }

    private void carry(Entry entry, String commit) {
      active++;
      ahead = entry.name();
      base = Optional.of(commit);
    }
  }
}
