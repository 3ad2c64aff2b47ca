package dev.qudag.transport;

import dev.qudag.crypto.Digest;
import dev.qudag.crypto.TlsIdentity;
import dev.qudag.transport.limit.ConnectionLimits;
import io.grpc.ServerInterceptor;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Where every gRPC server and channel between operator and nodes begins: post-quantum TLS with
 * pinned keys, the limits that hold for each of them, and a watch on each connection.
 */
public final class Transport {
  /**
   * The largest message that a server takes: a bundle travels in chunks, the largest single value
   * is a proposed block of 2 MiB with the certificates that justify it. A caller can leave one half
   * sent on each call.
   */
  public static final int MAX_REQUEST_BYTES = 4 * 1024 * 1024;

  /** The largest answer, of a server whose key is pinned. */
  private static final int MAX_ANSWER_BYTES = 8 * 1024 * 1024;

  /**
   * A workspace's grant travels as metadata: a key of 2592 and a signature of 4627 bytes, in
   * base64.
   */
  private static final int MAX_METADATA_BYTES = 32 * 1024;

  /** What a peer may send on a connection, and in a call, before somebody has read it. */
  private static final int FLOW_CONTROL_WINDOW_BYTES = 1024 * 1024;

  private static final int MAX_CALLS_PER_CONNECTION = 256;

  /** A peer that opens and cancels calls faster than this is cut off (CVE-2023-44487). */
  private static final int MAX_CANCELLED_CALLS = 200;

  private static final int CANCELLED_CALLS_SECONDS = 10;
  private static final int HANDSHAKE_SECONDS = 10;

  /** Daemons, one pool for the process: they hold nothing that has to be closed. */
  private static final EventLoopGroup LOOPS =
      new NioEventLoopGroup(0, new DefaultThreadFactory("transport", true));

  private final TlsConnections connections;
  private final RefusalLog log = new RefusalLog(Clock.systemUTC());

  /**
   * @param connections told of each connection and refusal
   */
  public Transport(TlsConnections connections) {
    this.connections = connections;
  }

  public TlsConnections connections() {
    return connections;
  }

  /**
   * A server that takes any client certificate or none: each service decides by the key. Add {@link
   * #refusals} after all other interceptors.
   */
  public NettyServerBuilder server(TlsIdentity own, int port) {
    return server(own, port, ConnectionLimits.NODE);
  }

  /** As {@link #server(TlsIdentity, int)}, for another number of connections. */
  NettyServerBuilder server(TlsIdentity own, int port, ConnectionLimits limits) {
    var door = new Doorkeeper(limits, connections, log);
    return NettyServerBuilder.forPort(port)
        .channelFactory(() -> listening(door))
        .bossEventLoopGroup(LOOPS)
        .workerEventLoopGroup(LOOPS)
        .sslContext(NettyTls.server(own))
        .handshakeTimeout(HANDSHAKE_SECONDS, TimeUnit.SECONDS)
        .maxInboundMessageSize(MAX_REQUEST_BYTES)
        .addStreamTracerFactory(new OversizedMessages(connections, log))
        .addStreamTracerFactory(new HalfMessages(door::cut, connections, log))
        .maxInboundMetadataSize(MAX_METADATA_BYTES)
        .flowControlWindow(FLOW_CONTROL_WINDOW_BYTES)
        .maxConcurrentCallsPerConnection(MAX_CALLS_PER_CONNECTION)
        .maxRstFramesPerWindow(MAX_CANCELLED_CALLS, CANCELLED_CALLS_SECONDS)
        .permitKeepAliveTime(10, TimeUnit.SECONDS)
        .permitKeepAliveWithoutCalls(true)
        .keepAliveTime(20, TimeUnit.SECONDS)
        .keepAliveTimeout(10, TimeUnit.SECONDS);
  }

  /** Writes the line about a caller that a service refuses. The one added last sees all. */
  public ServerInterceptor refusals() {
    return new RefusedCalls(connections, log);
  }

  /**
   * A channel that connects when first used, again whenever it broke, and only to a holder of a key
   * that {@code expected} takes.
   *
   * @param own what is shown to the server; empty: nothing
   */
  public NettyChannelBuilder channel(
      String host, int port, Optional<TlsIdentity> own, Predicate<Digest> expected) {
    return NettyChannelBuilder.forAddress(host, port)
        .channelFactory(this::dialling)
        .eventLoopGroup(LOOPS)
        .sslContext(NettyTls.client(own, expected))
        .maxInboundMessageSize(MAX_ANSWER_BYTES)
        .flowControlWindow(FLOW_CONTROL_WINDOW_BYTES)
        .keepAliveTime(20, TimeUnit.SECONDS)
        .keepAliveTimeout(10, TimeUnit.SECONDS);
  }

  private NioSocketChannel dialling() {
    var channel = new NioSocketChannel();
    channel.pipeline().addLast(new ConnectionWatch(LinkSide.CLIENT, connections, log, () -> {}));
    return channel;
  }

  private static NioServerSocketChannel listening(Doorkeeper door) {
    var server = new NioServerSocketChannel();
    server.pipeline().addLast(door);
    return server;
  }
}
