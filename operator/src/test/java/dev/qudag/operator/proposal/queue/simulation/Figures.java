package dev.qudag.operator.proposal.queue.simulation;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * A journal in figures. Who still waits at the end counts with what it has waited so far, which
 * flatters a policy that is behind.
 */
record Figures(Load load, Journal journal, long endSeconds) {

  /** By their keys, as docs of the bench name them. */
  Map<String, Double> byKey() {
    Map<String, Double> figures = new TreeMap<>();
    figures.put("landed_per_h", landedPerHour());
    figures.put("wait_p50_min", percentile(waits(_ -> true), 50));
    figures.put("wait_p95_min", percentile(waits(_ -> true), 95));
    figures.put("hotfix_wait_p95_min", percentile(waits(this::isHotfix), 95));
    figures.put("evicted_good_percent", evictedGoodPercent());
    figures.put("check_minutes_per_landed", checkMinutesPerLanded());
    figures.put("red_main_minutes", Math.max(0, endSeconds - journal.redSince) / 60.0);
    figures.put("recovered_after_feedback_percent", recoveredPercent());
    return figures;
  }

  /** While agents propose. */
  private double landedPerHour() {
    long until = load.hours() * 3600L;
    return journal.landed.values().stream().filter(at -> at <= until).count()
        / (double) load.hours();
  }

  private List<Double> waits(Predicate<String> counts) {
    Set<String> open = new HashSet<>();
    journal.open.forEach(name -> open.add(journal.accepted.get(name).root()));
    return journal.firstAccepted.entrySet().stream()
        .filter(first -> counts.test(first.getKey()))
        .filter(first -> hasLanded(first.getKey()) || open.contains(first.getKey()))
        .map(first -> until(first.getKey()) - first.getValue())
        .map(seconds -> seconds / 60.0)
        .sorted()
        .toList();
  }

  private boolean hasLanded(String root) {
    return journal.landed.containsKey(root);
  }

  private long until(String root) {
    return journal.landed.getOrDefault(root, endSeconds);
  }

  private boolean isHotfix(String root) {
    return journal.accepted.get(root + ".0").priority() == Load.HOTFIX_PRIORITY;
  }

  /** The nearest rank; 0 of nothing. */
  private static double percentile(List<Double> sorted, int percent) {
    return sorted.isEmpty() ? 0 : sorted.get(Math.ceilDiv(sorted.size() * percent, 100) - 1);
  }

  private double evictedGoodPercent() {
    long good = journal.accepted.values().stream().filter(change -> !change.bad()).count();
    long evicted =
        journal.ejectedUndeserved.stream()
            .filter(name -> !journal.accepted.get(name).bad())
            .count();
    return 100.0 * evicted / Math.max(1, good);
  }

  private double checkMinutesPerLanded() {
    return journal.busySeconds / 60.0 / Math.max(1, journal.landed.size());
  }

  private double recoveredPercent() {
    long recovered = journal.ejected.stream().filter(journal.landed::containsKey).count();
    return 100.0 * recovered / Math.max(1, journal.ejected.size());
  }
}
