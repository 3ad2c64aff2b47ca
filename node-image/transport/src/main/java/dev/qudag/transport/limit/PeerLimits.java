package dev.qudag.transport.limit;

import java.time.Duration;

/**
 * What a peer may do before it is banned, and for how long. The limits are far above what an honest
 * validator does: to ban one is to lose one of the few faults that are tolerated.
 *
 * @param messages that it may send
 * @param bytes that it may send
 * @param offences that may happen to an honest one: none is certain, so none bans at once
 * @param firstBan how long the first ban lasts; each one doubles it
 * @param longestBan how long a ban lasts at most; after as much time without a ban it is the first
 *     again
 */
public record PeerLimits(
    Rate messages, Rate bytes, Rate offences, Duration firstBan, Duration longestBan) {
  private static final long MEBIBYTE = 1024 * 1024;

  /**
   * Of a validator. At n = 7 one core orders some 420 blocks a second at the very most, and a
   * member hears less than ten messages about each from a peer.
   */
  public static final PeerLimits VALIDATOR =
      new PeerLimits(
          new Rate(10_000, 50_000),
          new Rate(64 * MEBIBYTE, 512 * MEBIBYTE),
          new Rate(1, 20),
          Duration.ofSeconds(30),
          Duration.ofMinutes(30));

  public PeerLimits {
    if (!firstBan.isPositive() || longestBan.compareTo(firstBan) < 0) {
      throw new IllegalArgumentException(
          "bans from " + firstBan + " to " + longestBan + ": expected 0 < first <= longest");
    }
  }
}
