package dev.qudag.transport;

import dev.qudag.crypto.recent.RecentMap;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * One line for each peer that is refused, but one for the same host and reason in ten seconds:
 * whoever knocks fast does not fill the log. The metric counts all.
 */
final class RefusalLog {
  private static final System.Logger LOG = System.getLogger(RefusalLog.class.getName());
  private static final Duration PAUSE = Duration.ofSeconds(10);
  private static final int MOST_REMEMBERED = 256;

  private record Line(String host, Refusal.Reason reason) {}

  private final Clock clock;
  private final Map<Line, Instant> written = RecentMap.byAge(MOST_REMEMBERED);

  RefusalLog(Clock clock) {
    this.clock = clock;
  }

  /**
   * Writes the line, unless it stood there a moment ago.
   *
   * @param peer its address
   */
  void refused(LinkSide side, String peer, Refusal refusal) {
    if (isDue(new Line(host(peer), refusal.reason()))) {
      LOG.log(
          System.Logger.Level.WARNING,
          "{0} {1}: {2}",
          side == LinkSide.SERVER ? "refused" : "no connection to",
          peer,
          refusal.message());
    }
  }

  private synchronized boolean isDue(Line line) {
    Instant now = clock.instant();
    Instant last = written.get(line);
    if (last != null && now.isBefore(last.plus(PAUSE))) {
      return false;
    }
    written.remove(line);
    written.put(line, now);
    return true;
  }

  private static String host(String peer) {
    int colon = peer.lastIndexOf(':');
    return colon < 0 ? peer : peer.substring(0, colon);
  }
}
