package dev.qudag.node.hub.upstream;

import dev.qudag.crypto.SigningKey;
import dev.qudag.node.hub.landing.Upstream;
import java.time.Duration;

/**
 * What a hub needs to follow an upstream.
 *
 * @param hub signs what the hub says of it
 * @param pace how often it is looked at while nothing happens here
 */
public record Outside(Upstream upstream, SigningKey hub, Duration pace) {
  /** Often enough for people who push there, rarely enough for a server of many swarms. */
  public static final Duration PACE = Duration.ofSeconds(15);
}
