package dev.qudag.node.fleet;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Which node of a swarm dies when, and how long it is gone: a function of the seed. The next one
 * dies only after the one before was started again, which may still be on its way into service.
 *
 * @param strikes in the order of time
 */
record KillPlan(List<Strike> strikes) {
  private static final int SOONEST_MILLIS = 5_000;
  private static final int LATEST_MILLIS = 11_000;
  private static final int LONGEST_AWAY_MILLIS = 3_000;

  /**
   * A SIGKILL.
   *
   * @param atMillis after the beginning
   * @param node of {@link SwarmProcesses#node}
   * @param awayMillis until it is started again
   */
  record Strike(long atMillis, int node, long awayMillis) {}

  KillPlan {
    strikes = List.copyOf(strikes);
  }

  /**
   * @param nodes how many there are; the hub, which is the first, dies twice as often as another
   */
  static KillPlan of(long seed, int nodes, Duration time) {
    var random = new Random(seed);
    var strikes = new ArrayList<Strike>();
    for (long at = next(random); at < time.toMillis(); at += next(random)) {
      int node = Math.max(SwarmProcesses.HUB, random.nextInt(-1, nodes));
      strikes.add(new Strike(at, node, random.nextInt(LONGEST_AWAY_MILLIS)));
    }
    return new KillPlan(strikes);
  }

  private static long next(Random random) {
    return random.nextInt(SOONEST_MILLIS, LATEST_MILLIS);
  }
}
