package dev.qudag.operator.proposal.queue.simulation;

import dev.qudag.operator.proposal.queue.Attempt.Built;
import dev.qudag.operator.proposal.queue.Attempt.Unmergeable;
import dev.qudag.operator.proposal.queue.Branch;
import dev.qudag.operator.proposal.queue.Entry;
import dev.qudag.operator.proposal.queue.Step;
import dev.qudag.operator.proposal.queue.Window.Outcome;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The policies of the field, as far as they decide who lands: each proposal by itself, built on the
 * one before it, and out at once when it is in conflict with what it is built on.
 *
 * @param order who stands before whom
 * @param reparents what is behind a failure is built without it at once, not only when it is out
 */
record Pipeline(Width width, Comparator<Entry> order, boolean reparents) implements Policy {
  private static final Comparator<Entry> BY_AGE =
      Comparator.comparingLong(Entry::acceptedAtMillis).thenComparing(Entry::name);
  private static final int ZUUL_WINDOW = 20;
  private static final int ZUUL_FLOOR = 3;

  /** How many are checked at once. */
  interface Width {
    int of(List<Outcome> ends, int slots);
  }

  /** One after the other, as in Prow's Tide without batches, or rust-lang's bors. */
  static Pipeline serial() {
    return new Pipeline((_, _) -> 1, BY_AGE, true);
  }

  /**
   * Zuul's dependent pipeline: window 20, floor 3, one more after a success, half after a failure,
   * and the nearest item that does not fail as the base.
   *
   * @see <a href="https://zuul-ci.org/docs/zuul/reference/pipeline_def.html">Zuul: pipelines</a>
   * @see <a href="https://zuul-ci.org/docs/zuul/3.4.0/developer/datamodel.html">Zuul: data
   *     model</a>
   */
  static Pipeline zuul() {
    return new Pipeline(Pipeline::zuulWindow, BY_AGE, true);
  }

  /**
   * GitHub's merge queue: a fixed number of groups is built at once, each on the one before; who
   * fails is removed and what is behind it built anew; a hotfix may jump to the top.
   *
   * @see <a
   *     href="https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/configuring-pull-request-merges/managing-a-merge-queue">GitHub:
   *     managing a merge queue</a>
   */
  static Pipeline github() {
    return new Pipeline(
        (_, slots) -> slots,
        Comparator.comparingInt(Entry::priority).reversed().thenComparing(BY_AGE),
        false);
  }

  private static int zuulWindow(List<Outcome> ends, int slots) {
    int window = ZUUL_WINDOW;
    for (Outcome end : ends) {
      window =
          switch (end) {
            case LANDED -> window + 1;
            case FAILED -> Math.max(ZUUL_FLOOR, window / 2);
          };
    }
    return window;
  }

  @Override
  public Map<String, Step> steps(
      Branch branch, List<Entry> entries, List<Outcome> ends, int slots) {
    Map<String, Step> steps = new LinkedHashMap<>();
    int window = width.of(ends, slots);
    Optional<String> base = Optional.of(branch.head());
    for (Entry entry : entries.stream().sorted(order).toList()) {
      if (steps.size() >= window || base.isEmpty()) {
        steps.put(entry.name(), new Step.Wait(""));
        continue;
      }
      Step step = step(entry, base.get(), branch.head());
      steps.put(entry.name(), step);
      base = next(entry, base.get(), step);
    }
    return steps;
  }

  private static Step step(Entry entry, String base, String head) {
    var attempt = entry.attempt().filter(a -> a.base().equals(base));
    if (attempt.isEmpty()) {
      return new Step.Build(base, List.of(entry.name()), 0);
    }
    return switch (attempt.get()) {
      case Unmergeable conflict -> new Step.Eject(conflict);
      case Built built ->
          switch (built.checks()) {
            case MISSING -> new Step.RunChecks(built);
            case RUNNING, RETRYING, BLOCKED -> new Step.AwaitChecks(built);
            case PASSED ->
                base.equals(head)
                    ? new Step.Decide(built, List.of(entry.name()))
                    : new Step.Wait("");
            case FAILED -> base.equals(head) ? new Step.Eject(built) : new Step.Wait("");
          };
    };
  }

  /** What those behind are built on; nothing before the entry itself is built. */
  private Optional<String> next(Entry entry, String base, Step step) {
    if (step instanceof Step.Build) {
      return Optional.empty();
    }
    return switch (entry.attempt().orElseThrow()) {
      case Unmergeable _ -> Optional.of(base);
      case Built built ->
          switch (built.checks()) {
            case FAILED -> Optional.of(reparents ? base : built.commit());
            case MISSING, RUNNING, RETRYING, PASSED, BLOCKED -> Optional.of(built.commit());
          };
    };
  }
}
