package dev.qudag.operator.node;

import dev.qudag.crypto.Digest;
import dev.qudag.crypto.NodeIdentity;
import dev.qudag.transport.Transport;
import io.grpc.ManagedChannel;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Channels that show the operator's certificate and talk to exactly one key each. Trust is the
 * fingerprint of the peer's key: no authority, no host name.
 */
public final class PinnedChannels implements AutoCloseable {
  /** The largest thing that a node tells is the state of a hub, with all proposals. */
  private static final int MAX_STATE_BYTES = 16 * 1024 * 1024;

  private record Peer(String host, int port, Digest fingerprint) {}

  private final NodeIdentity identity;
  private final Transport transport;
  private final Map<Peer, ManagedChannel> channels = new ConcurrentHashMap<>();

  public PinnedChannels(NodeIdentity identity, Transport transport) {
    this.identity = identity;
    this.transport = transport;
  }

  /** The channel to a node whose key is known. It is kept, and connects again by itself. */
  public ManagedChannel to(String host, int port, Digest fingerprint) {
    return channels.computeIfAbsent(
        new Peer(host, port, fingerprint), peer -> open(host, port, fingerprint::equals));
  }

  /** Closes the channel to a node that is gone. */
  public void forget(String host, int port, Digest fingerprint) {
    ManagedChannel channel = channels.remove(new Peer(host, port, fingerprint));
    if (channel != null) {
      channel.shutdownNow();
    }
  }

  /**
   * A channel for one enrolment, to a node whose key is not known yet. The caller closes it.
   *
   * @param accepts is asked with the fingerprint of the key that the node proved to have
   */
  ManagedChannel dial(String host, int port, Predicate<Digest> accepts) {
    return open(host, port, accepts);
  }

  private ManagedChannel open(String host, int port, Predicate<Digest> accepts) {
    return transport
        .channel(host, port, Optional.of(identity.tls()), accepts)
        .maxInboundMessageSize(MAX_STATE_BYTES)
        .keepAliveTime(15, TimeUnit.SECONDS)
        .keepAliveTimeout(5, TimeUnit.SECONDS)
        .build();
  }

  @Override
  public void close() {
    channels.values().forEach(ManagedChannel::shutdownNow);
    channels.clear();
  }
}
