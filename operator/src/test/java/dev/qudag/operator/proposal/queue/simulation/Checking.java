package dev.qudag.operator.proposal.queue.simulation;

import dev.qudag.operator.proposal.queue.Attempt.Built;
import dev.qudag.operator.proposal.queue.Attempt.Checks;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Predicate;

/**
 * The machines that checks run on. A run takes ten minutes; of those that should pass, 20 % fail by
 * chance. A tree of one proposal that failed runs again, twice at most, in its slot; a tree that
 * passed is never run again.
 */
final class Checking {
  static final long RUN_SECONDS = 600;
  static final int RETRIES = 2;
  static final int FLAKY_PERCENT = 20;

  /** Under way until then. */
  private record Run(Built built, int number, long until) {}

  /** What came of a run. */
  record Verdict(Built built, Checks checks) {}

  private final Map<String, Run> running = new HashMap<>();
  private final Map<String, Checks> known = new HashMap<>();
  private final Map<String, Integer> runs = new HashMap<>();
  private final PriorityQueue<Run> agenda =
      new PriorityQueue<>(
          Comparator.comparingLong(Run::until).thenComparing(run -> run.built().tree()));
  private final Luck luck;
  private final int slots;
  private long busySeconds;

  Checking(Luck luck, int slots) {
    this.luck = luck;
    this.slots = slots;
  }

  Checks of(String tree) {
    return known.getOrDefault(tree, Checks.MISSING);
  }

  /** For how long machines ran, all together. */
  long busySeconds() {
    return busySeconds;
  }

  /** False when no machine is free. */
  boolean start(Built built, long now) {
    if (running.size() >= slots || running.containsKey(built.tree())) {
      return false;
    }
    run(built, now);
    known.put(built.tree(), Checks.RUNNING);
    return true;
  }

  private void run(Built built, long now) {
    int number = runs.merge(built.tree(), 1, Integer::sum);
    var run = new Run(built, number, now + RUN_SECONDS);
    running.put(built.tree(), run);
    agenda.add(run);
  }

  Optional<Long> nextEnd() {
    while (!agenda.isEmpty() && !isRunning(agenda.peek())) {
      agenda.poll();
    }
    return Optional.ofNullable(agenda.peek()).map(Run::until);
  }

  private boolean isRunning(Run run) {
    return run.equals(running.get(run.built().tree()));
  }

  /** The next run that ends now. */
  Optional<Verdict> end(long now, Predicate<Built> isBad) {
    if (nextEnd().filter(at -> at == now).isEmpty()) {
      return Optional.empty();
    }
    Run run = agenda.poll();
    Built built = run.built();
    running.remove(built.tree());
    busySeconds += RUN_SECONDS;
    boolean fails =
        isBad.test(built)
            || luck.strikes(FLAKY_PERCENT, "run %d of %s".formatted(run.number(), built.tree()));
    Checks checks = fails ? failed(run) : Checks.PASSED;
    known.put(built.tree(), checks);
    if (checks == Checks.RETRYING) {
      run(built, now);
    }
    return Optional.of(new Verdict(built, checks));
  }

  private static Checks failed(Run run) {
    boolean runsAgain = run.built().members().size() == 1 && run.number() <= RETRIES;
    return runsAgain ? Checks.RETRYING : Checks.FAILED;
  }

  /** Stops what no proposal needs any more. */
  void stopVoid(Predicate<String> isNeeded, long now) {
    List<Run> unneeded =
        running.values().stream().filter(run -> !isNeeded.test(run.built().tree())).toList();
    for (Run run : unneeded) {
      running.remove(run.built().tree());
      runs.merge(run.built().tree(), -1, Integer::sum);
      known.remove(run.built().tree());
      busySeconds += RUN_SECONDS - (run.until() - now);
    }
  }
}
