package dev.qudag.node.net;

import dev.qudag.crypto.Digest;
import dev.qudag.crypto.NodeIdentity;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.handler.ssl.SslContext;
import java.security.Security;
import java.util.concurrent.TimeUnit;

/**
 * Opens channels to nodes whose key is known beforehand. Callers own the channels and shut them
 * down.
 */
public final class PinnedChannels {
  /**
   * The largest message either side sends: a bundle travels in chunks, the largest single value is
   * a block.
   */
  public static final int MAX_MESSAGE_BYTES = 8 * 1024 * 1024;

  static {
    // A pod that comes back has another address: the JDK would keep the old one for 30 s, and a
    // failure for 10 s.
    Security.setProperty("networkaddress.cache.ttl", "2");
    Security.setProperty("networkaddress.cache.negative.ttl", "0");
  }

  private final NodeIdentity identity;

  public PinnedChannels(NodeIdentity identity) {
    this.identity = identity;
  }

  /**
   * A channel that connects when first used, again whenever it broke, and only to the holder of the
   * pinned key.
   */
  public ManagedChannel to(String host, int port, Digest expected) {
    return open(host, port, Tls.client(identity, expected::equals));
  }

  /** As {@link #to(String, int, Digest)}, from an address written {@code host:port}. */
  public ManagedChannel to(String address, Digest expected) {
    var parsed = Address.parse(address);
    return to(parsed.host(), parsed.port(), expected);
  }

  private static ManagedChannel open(String host, int port, SslContext tls) {
    return NettyChannelBuilder.forAddress(host, port)
        .sslContext(tls)
        .maxInboundMessageSize(MAX_MESSAGE_BYTES)
        .keepAliveTime(20, TimeUnit.SECONDS)
        .keepAliveTimeout(10, TimeUnit.SECONDS)
        .keepAliveWithoutCalls(true)
        .build();
  }

  private record Address(String host, int port) {
    static Address parse(String address) {
      int colon = address.lastIndexOf(':');
      if (colon < 1) {
        throw new IllegalArgumentException("address " + address + ": expected host:port");
      }
      return new Address(
          address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
    }
  }
}
