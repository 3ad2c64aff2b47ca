package dev.qudag.transport.limit;

/**
 * How many connections a server takes. An address proves nothing and may be that of many, as behind
 * a proxy, but it costs something: so one alone gets a part only.
 *
 * @param all open ones
 * @param ofOne open ones of one address
 * @param handshakes of all that are under way: each costs a signature and half a megabyte
 * @param handshakesOfOne of one address
 * @param begun handshakes of all that begin in a second, and at once: each takes an event loop 15
 *     ms (ADR 10), and the loops serve the open links too
 * @param begunOfOne of one address
 */
public record ConnectionLimits(
    int all, int ofOne, int handshakes, int handshakesOfOne, Rate begun, Rate begunOfOne) {
  /** Of a node: each agent, validator and operator has one connection to it, or two. */
  public static final ConnectionLimits NODE =
      new ConnectionLimits(1024, 256, 64, 32, new Rate(40, 128), new Rate(20, 64));

  public ConnectionLimits {
    if (handshakesOfOne < 1
        || ofOne < handshakesOfOne
        || handshakes < handshakesOfOne
        || all < Math.max(ofOne, handshakes)) {
      throw new IllegalArgumentException(
          "%d connections, %d of one address, %d handshakes, %d of one address: expected 1 ≤ of one ≤ all, handshakes ≤ connections"
              .formatted(all, ofOne, handshakes, handshakesOfOne));
    }
  }
}
