package dev.qudag.operator.proposal.queue.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * What agents propose: each two changes in eight hours on average, at times that do not depend on
 * one another. 27 % of the changes are in conflict with one of the eight before them (AgenticFlict,
 * 2026: 27.67 % of 107,000 agents' pull requests), 5 % are bad, 2 % are hotfixes.
 *
 * @param hours for how long they propose
 */
record Load(int agents, int hours, long seed) {
  static final int HOTFIX_PRIORITY = 24;
  private static final int CONFLICT_PERCENT = 27;
  private static final int BAD_PERCENT = 5;
  private static final int HOTFIX_PERCENT = 2;
  private static final int NEIGHBOURS = 8;
  private static final double MEAN_PAUSE_SECONDS = 4 * 3600.0;
  private static final long WORK_SECONDS = 1800;

  /** In the order of their proposals. */
  List<Change> changes() {
    var luck = new Luck(seed);
    List<Long> times = new ArrayList<>();
    for (int agent = 0; agent < agents; agent++) {
      SplittableRandom random = luck.random("agent " + agent);
      for (long at = pause(random); at < hours * 3600L; at += pause(random)) {
        times.add(at);
      }
    }
    times.sort(Comparator.naturalOrder());
    List<Change> changes = new ArrayList<>();
    for (int i = 0; i < times.size(); i++) {
      changes.add(change(i, times.get(i), luck));
    }
    return changes;
  }

  private static long pause(SplittableRandom random) {
    return 1 + (long) (-MEAN_PAUSE_SECONDS * Math.log(1 - random.nextDouble()));
  }

  private static Change change(int index, long at, Luck luck) {
    String root = root(index);
    boolean hasRival = index > 0 && luck.strikes(CONFLICT_PERCENT, "conflict " + root);
    int back = 1 + luck.random("rival " + root).nextInt(NEIGHBOURS);
    return new Change(
        root + ".0",
        root,
        0,
        at - WORK_SECONDS,
        at,
        luck.strikes(HOTFIX_PERCENT, "hotfix " + root) ? HOTFIX_PRIORITY : 0,
        luck.strikes(BAD_PERCENT, "bad " + root),
        hasRival ? Optional.of(root(Math.max(0, index - back))) : Optional.empty());
  }

  private static String root(int index) {
    return "c%05d".formatted(index);
  }
}
