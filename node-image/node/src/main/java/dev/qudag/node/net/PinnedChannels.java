package dev.qudag.node.net;

import dev.qudag.crypto.Digest;
import dev.qudag.crypto.NodeIdentity;
import dev.qudag.crypto.TlsIdentity;
import dev.qudag.transport.TlsConnections;
import dev.qudag.transport.Transport;
import io.grpc.ManagedChannel;
import java.security.Security;
import java.util.Optional;

/**
 * Opens channels to nodes whose key is known beforehand. Callers own the channels and shut them
 * down.
 */
public final class PinnedChannels {
  static {
    // A pod that comes back has another address: the JDK would keep the old one for 30 s, and a
    // failure for 10 s.
    Security.setProperty("networkaddress.cache.ttl", "2");
    Security.setProperty("networkaddress.cache.negative.ttl", "0");
  }

  private final TlsIdentity own;
  private final Transport transport;

  /** Channels that show the node's certificate, in a process that counts no connections. */
  public PinnedChannels(NodeIdentity identity) {
    this(identity, new Transport(new TlsConnections()));
  }

  public PinnedChannels(NodeIdentity identity, Transport transport) {
    this.own = identity.tls();
    this.transport = transport;
  }

  /**
   * A channel that connects when first used, again whenever it broke, and only to the holder of the
   * pinned key.
   */
  public ManagedChannel to(String host, int port, Digest expected) {
    return transport
        .channel(host, port, Optional.of(own), expected::equals)
        .keepAliveWithoutCalls(true)
        .build();
  }

  /** As {@link #to(String, int, Digest)}, from an address written {@code host:port}. */
  public ManagedChannel to(String address, Digest expected) {
    var parsed = Address.parse(address);
    return to(parsed.host(), parsed.port(), expected);
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
