package dev.qudag.transport.limit;

import dev.qudag.crypto.recent.RecentMap;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The connections of a server by address: a connection is let in, ends its handshake perhaps, and
 * is closed. Thread-safe.
 *
 * <pre>
 *   admit --refused
 *     +-----> in handshake -- established --> open -- closed
 *                  +------------------------------------+
 * </pre>
 *
 * @param <A> an address
 */
public final class ConnectionCount<A> {
  private static final int ADDRESSES_REMEMBERED = 1024;

  private final ConnectionLimits limits;
  private final Map<A, Tally> byAddress = new HashMap<>();
  private final InstantSource clock;
  private final TokenBucket begun;
  private final Map<A, TokenBucket> begunByAddress = RecentMap.byAge(ADDRESSES_REMEMBERED);
  private Tally all = Tally.NONE;

  private record Tally(int connections, int handshakes) {
    private static final Tally NONE = new Tally(0, 0);

    private Tally plus(int moreConnections, int moreHandshakes) {
      return new Tally(connections + moreConnections, handshakes + moreHandshakes);
    }
  }

  /** One that was let in; knows what it counts as. */
  public final class Admitted {
    private final A address;
    private boolean established;
    private boolean closed;

    private Admitted(A address) {
      this.address = address;
    }

    /** Its handshake has succeeded. */
    public void established() {
      synchronized (ConnectionCount.this) {
        if (!established && !closed) {
          established = true;
          add(address, 0, -1);
        }
      }
    }

    /** It is closed, at whatever point. */
    public void closed() {
      synchronized (ConnectionCount.this) {
        if (!closed) {
          closed = true;
          add(address, -1, established ? 0 : -1);
        }
      }
    }
  }

  /**
   * Counts none yet.
   *
   * @param clock should not jump: one back freezes the rates
   */
  public ConnectionCount(ConnectionLimits limits, InstantSource clock) {
    this.limits = limits;
    this.clock = clock;
    this.begun = new TokenBucket(limits.begun(), clock.instant());
  }

  /** Why a further connection of this address is not let in; empty when it may be, and begins. */
  public synchronized Optional<String> refusal(A address) {
    Optional<String> tooMany = tooMany(address);
    return tooMany.isPresent() ? tooMany : tooFast(address);
  }

  private Optional<String> tooFast(A address) {
    TokenBucket ofOne =
        begunByAddress.computeIfAbsent(
            address, any -> new TokenBucket(limits.begunOfOne(), clock.instant()));
    if (!ofOne.take(1, clock.instant())) {
      return Optional.of(
          "begins more than %d handshakes a second".formatted(limits.begunOfOne().perSecond()));
    }
    return begun.take(1, clock.instant())
        ? Optional.empty()
        : Optional.of(
            "more than %d handshakes begin in a second".formatted(limits.begun().perSecond()));
  }

  private Optional<String> tooMany(A address) {
    Tally one = byAddress.getOrDefault(address, Tally.NONE);
    if (one.connections() >= limits.ofOne()) {
      return Optional.of("has %d connections already".formatted(one.connections()));
    }
    if (one.handshakes() >= limits.handshakesOfOne()) {
      return Optional.of("has %d handshakes under way already".formatted(one.handshakes()));
    }
    if (all.connections() >= limits.all()) {
      return Optional.of("%d connections are open already".formatted(all.connections()));
    }
    if (all.handshakes() >= limits.handshakes()) {
      return Optional.of("%d handshakes are under way already".formatted(all.handshakes()));
    }
    return Optional.empty();
  }

  /** Counts a connection, whose handshake begins. */
  public synchronized Admitted admit(A address) {
    add(address, 1, 1);
    return new Admitted(address);
  }

  /** How many are open, in their handshake or after it. */
  public synchronized int connections() {
    return all.connections();
  }

  private void add(A address, int connections, int handshakes) {
    all = all.plus(connections, handshakes);
    Tally one = byAddress.getOrDefault(address, Tally.NONE).plus(connections, handshakes);
    if (one.equals(Tally.NONE)) {
      byAddress.remove(address);
    } else {
      byAddress.put(address, one);
    }
  }
}
