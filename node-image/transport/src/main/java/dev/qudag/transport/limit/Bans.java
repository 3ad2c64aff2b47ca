package dev.qudag.transport.limit;

import dev.qudag.crypto.Digest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who may send, by the fingerprint of the TLS key: an address proves nothing. A peer that floods is
 * banned for a while, and for longer each time.
 *
 * <p>Kept in memory alone: a restart forgives. Only peers that are known by name come here, so
 * their number is bounded.
 */
public final class Bans {
  /**
   * Until when a peer may not send.
   *
   * @param offence what it was banned for
   */
  public record Ban(Instant until, Offence offence) {
    @Override
    public String toString() {
      return "banned until " + until + " (" + offence.label() + ")";
    }
  }

  private static final class Conduct {
    private final TokenBucket messages;
    private final TokenBucket bytes;
    private final TokenBucket offences;
    private Optional<Ban> ban = Optional.empty();
    private Duration lastBan = Duration.ZERO;

    private Conduct(PeerLimits limits, Instant now) {
      this.messages = new TokenBucket(limits.messages(), now);
      this.bytes = new TokenBucket(limits.bytes(), now);
      this.offences = new TokenBucket(limits.offences(), now);
    }
  }

  private final PeerLimits limits;
  private final InstantSource clock;
  private final Map<Digest, Conduct> peers = new HashMap<>();
  private final Map<Offence, Long> counts = new EnumMap<>(Offence.class);

  /**
   * Nobody is banned yet.
   *
   * @param clock should not jump: a leap forward ends all bans, one back freezes all rates
   */
  public Bans(PeerLimits limits, InstantSource clock) {
    this.limits = limits;
    this.clock = clock;
  }

  /** The ban that is in force; empty when the peer may send. */
  public synchronized Optional<Ban> of(Digest peer) {
    return inForce(conduct(peer));
  }

  /** Takes note of a message of so many bytes; the ban, when the peer may not send it. */
  public synchronized Optional<Ban> admit(Digest peer, int bytes) {
    Conduct conduct = conduct(peer);
    Instant now = clock.instant();
    Optional<Ban> ban = inForce(conduct);
    if (ban.isEmpty() && !(conduct.messages.take(1, now) && conduct.bytes.take(bytes, now))) {
      ban = Optional.of(ban(conduct, Offence.RATE));
    }
    return ban;
  }

  /** Takes note of something that no honest peer does; the ban, when it was once too often. */
  public synchronized Optional<Ban> accuse(Digest peer, Offence offence) {
    Conduct conduct = conduct(peer);
    Optional<Ban> ban = inForce(conduct);
    if (ban.isEmpty() && !conduct.offences.take(1, clock.instant())) {
      ban = Optional.of(ban(conduct, offence));
    }
    return ban;
  }

  /** How many peers are banned now. */
  public synchronized long banned() {
    return peers.values().stream().filter(conduct -> inForce(conduct).isPresent()).count();
  }

  /** How many bans there were, by what for. */
  public synchronized Map<Offence, Long> counts() {
    return Map.copyOf(counts);
  }

  private Conduct conduct(Digest peer) {
    return peers.computeIfAbsent(peer, any -> new Conduct(limits, clock.instant()));
  }

  private Optional<Ban> inForce(Conduct conduct) {
    return conduct.ban.filter(ban -> clock.instant().isBefore(ban.until()));
  }

  private Ban ban(Conduct conduct, Offence offence) {
    Instant now = clock.instant();
    boolean reformed =
        conduct.ban.filter(last -> now.isBefore(last.until().plus(limits.longestBan()))).isEmpty();
    Duration doubled = conduct.lastBan.multipliedBy(2);
    conduct.lastBan =
        reformed
            ? limits.firstBan()
            : doubled.compareTo(limits.longestBan()) > 0 ? limits.longestBan() : doubled;
    Ban ban = new Ban(now.plus(conduct.lastBan), offence);
    conduct.ban = Optional.of(ban);
    counts.merge(offence, 1L, Long::sum);
    return ban;
  }
}
