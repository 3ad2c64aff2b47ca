package dev.qudag.transport;

import dev.qudag.transport.limit.HeldBytes;
import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import java.net.SocketAddress;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Counts what a server holds of messages that are not whole yet: gRPC takes their bytes out of the
 * windows of HTTP/2 as they come, so these bound none of it. A connection that leaves too much half
 * sent is cut, with all its calls.
 */
final class HalfMessages extends ServerStreamTracer.Factory {
  /** Two of the largest. */
  static final long MOST_OF_ONE_CONNECTION = 2L * Transport.MAX_REQUEST_BYTES;

  /** Half of the direct memory of a node, in which they lie. */
  private static final long MOST_OF_ALL = 32L * 1024 * 1024;

  private final HeldBytes<SocketAddress> held =
      new HeldBytes<>(MOST_OF_ONE_CONNECTION, MOST_OF_ALL);
  private final Predicate<SocketAddress> cut;
  private final TlsConnections connections;
  private final RefusalLog log;

  /**
   * @param cut ends the connection of a peer; false when it was ended before
   */
  HalfMessages(Predicate<SocketAddress> cut, TlsConnections connections, RefusalLog log) {
    this.cut = cut;
    this.connections = connections;
    this.log = log;
  }

  @Override
  public ServerStreamTracer newServerStreamTracer(String method, Metadata headers) {
    return new Call();
  }

  /** One call: its messages come on the thread of its connection, its beginning on another. */
  private final class Call extends ServerStreamTracer {
    private volatile @Nullable SocketAddress peer;
    private long ofThis;

    @Override
    public void serverCallStarted(ServerCallInfo<?, ?> call) {
      Attributes attributes = call.getAttributes();
      peer = attributes.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
    }

    @Override
    public void inboundWireSize(long bytes) {
      SocketAddress sender = peer;
      if (sender != null) {
        count(sender, bytes).ifPresent(HalfMessages.this::refuse);
      }
    }

    private synchronized Optional<SocketAddress> count(SocketAddress sender, long bytes) {
      ofThis += bytes;
      return held.add(sender, bytes);
    }

    @Override
    public void inboundMessageRead(int number, long wireSize, long size) {
      giveBack(wireSize);
    }

    @Override
    public void streamClosed(Status status) {
      giveBack(Long.MAX_VALUE);
    }

    private synchronized void giveBack(long bytes) {
      SocketAddress sender = peer;
      long less = Math.min(bytes, ofThis);
      if (sender != null && less > 0) {
        ofThis -= less;
        held.remove(sender, less);
      }
    }
  }

  private void refuse(SocketAddress peer) {
    long left = held.of(peer);
    if (cut.test(peer)) {
      connections.refused(Refusal.Reason.HALF_MESSAGES);
      log.refused(
          LinkSide.SERVER,
          String.valueOf(peer),
          new Refusal(
              Refusal.Reason.HALF_MESSAGES, "left %d bytes of messages half sent".formatted(left)));
    }
  }
}
