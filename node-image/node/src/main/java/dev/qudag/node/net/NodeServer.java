package dev.qudag.node.net;

import dev.qudag.crypto.NodeIdentity;
import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.util.TransmitStatusRuntimeExceptionInterceptor;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * The gRPC server of a node. Each call runs on a virtual thread of its own, so services may block.
 * Services that need the genesis are added once it is known; until then their methods answer
 * UNAVAILABLE. A service refuses by throwing a {@code StatusRuntimeException}.
 */
public final class NodeServer implements AutoCloseable {
  /**
   * A workspace's grant travels as metadata: a key of 2592 and a signature of 4627 bytes, in
   * base64.
   */
  private static final int MAX_METADATA_BYTES = 32 * 1024;

  private final Server server;
  private final LateServices late = new LateServices();

  private NodeServer(NodeIdentity identity, int port, List<BindableService> services)
      throws IOException {
    var builder =
        NettyServerBuilder.forPort(port)
            .sslContext(Tls.server(identity))
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .intercept(TransmitStatusRuntimeExceptionInterceptor.instance())
            .intercept(new PeerIdentity.Interceptor())
            .fallbackHandlerRegistry(late)
            .maxInboundMessageSize(PinnedChannels.MAX_MESSAGE_BYTES)
            .maxInboundMetadataSize(MAX_METADATA_BYTES)
            .permitKeepAliveTime(10, TimeUnit.SECONDS)
            .permitKeepAliveWithoutCalls(true)
            .keepAliveTime(20, TimeUnit.SECONDS)
            .keepAliveTimeout(10, TimeUnit.SECONDS);
    services.forEach(builder::addService);
    this.server = builder.build().start();
  }

  /** Starts to listen on all addresses; port 0 takes a free one. */
  public static NodeServer start(NodeIdentity identity, int port, BindableService... services)
      throws IOException {
    return new NodeServer(identity, port, List.of(services));
  }

  public int port() {
    return server.getPort();
  }

  public void add(ServerServiceDefinition service) {
    late.add(service);
  }

  /** Stops taking calls, gives those under way a moment, then ends them. */
  @Override
  public void close() {
    server.shutdown();
    try {
      if (!server.awaitTermination(2, TimeUnit.SECONDS)) {
        server.shutdownNow().awaitTermination(3, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      server.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
