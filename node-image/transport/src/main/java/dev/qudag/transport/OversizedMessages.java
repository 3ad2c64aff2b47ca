package dev.qudag.transport;

import io.grpc.Attributes;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Writes the line about a peer that sends a message over the limit. gRPC ends such a call where no
 * service sees why.
 */
final class OversizedMessages extends ServerStreamTracer.Factory {
  /**
   * It writes a stack trace for each, which is what a flood is good for. Held here, because the JDK
   * forgets the level of a logger that nobody holds.
   */
  private static final Logger STACKS = Logger.getLogger("io.grpc.netty.NettyServerStream");

  private final TlsConnections connections;
  private final RefusalLog log;

  OversizedMessages(TlsConnections connections, RefusalLog log) {
    this.connections = connections;
    this.log = log;
    STACKS.setLevel(Level.OFF);
  }

  @Override
  public ServerStreamTracer newServerStreamTracer(String method, Metadata headers) {
    return new ServerStreamTracer() {
      private Attributes peer = Attributes.EMPTY;

      @Override
      public void serverCallStarted(ServerCallInfo<?, ?> call) {
        peer = call.getAttributes();
      }

      @Override
      public void streamClosed(Status status) {
        if (isOversized(status)) {
          refused(peer, method, status);
        }
      }
    };
  }

  /** By its text: gRPC has no other mark of it. */
  private static boolean isOversized(Status status) {
    String description = status.getDescription();
    return status.getCode() == Status.Code.RESOURCE_EXHAUSTED
        && description != null
        && description.contains("exceeds maximum size");
  }

  private void refused(Attributes peer, String method, Status status) {
    connections.refused(Refusal.Reason.MESSAGE_SIZE);
    log.refused(
        LinkSide.SERVER,
        String.valueOf(peer.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR)),
        new Refusal(Refusal.Reason.MESSAGE_SIZE, method + ": " + status.getDescription()));
  }
}
