package dev.qudag.node.hub;

import dev.qudag.node.hub.book.Changes;
import dev.qudag.node.net.StreamWriter;
import dev.qudag.proto.HubState;
import java.time.Duration;

/**
 * Tells the hub's state as it changes. A change after a quiet time is told at once; it is what
 * follows it that waits. That a workspace is where it was is no change. Votes alone wait longest:
 * each state is read and acted on by the operator, on the cores that the validators judge with, and
 * most decisions have landed by then. Whatever else changes takes them along.
 */
final class HubWatch {
  /** The least time between two states: changes in between become one. */
  static final Duration PACE = Duration.ofMillis(50);

  private static final int PACES_OF_VOTES = 20;
  private static final Duration ALIVE = Duration.ofSeconds(20);

  private final Hub hub;
  private final HubStates states;
  private final Duration pace;

  /**
   * @param pace the least time between two states that one caller is told; twenty times that where
   *     there are votes alone to tell
   */
  HubWatch(Hub hub, Duration pace) {
    this.hub = hub;
    this.states = new HubStates(hub);
    this.pace = pace;
  }

  /** For one caller; ends when it has gone. */
  void tell(StreamWriter<HubState> out) throws InterruptedException {
    HubState told = HubState.getDefaultInstance();
    long toldAt = System.nanoTime();
    while (true) {
      long seen = hub.changes().count();
      HubState now = states.now();
      HubState news = HubStates.withoutHeartbeats(now);
      Duration wait = patience(told, news, toldAt);
      if (wait.isZero()) {
        out.send(now);
        told = news;
        toldAt = System.nanoTime();
        wait = ALIVE;
      } else {
        out.requireReader();
      }
      Changes.gather(pace);
      var unused = hub.changes().awaitOtherThan(seen, wait);
    }
  }

  /** How long a state may wait for more to tell; zero: not at all. */
  private Duration patience(HubState told, HubState news, long toldAtNanos) {
    if (news.equals(told)) {
      return ALIVE;
    }
    Duration left = pace.multipliedBy(PACES_OF_VOTES).minusNanos(System.nanoTime() - toldAtNanos);
    boolean votesAlone = HubStates.withoutVotes(news).equals(HubStates.withoutVotes(told));
    return votesAlone && left.isPositive() ? left : Duration.ZERO;
  }
}
