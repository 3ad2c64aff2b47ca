package dev.qudag.node.net;

import dev.qudag.crypto.NodeIdentity;
import dev.qudag.transport.TlsConnections;
import dev.qudag.transport.Transport;
import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
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
  private final Server server;
  private final LateServices late = new LateServices();

  private NodeServer(
      NodeIdentity identity, int port, Transport transport, List<BindableService> services)
      throws IOException {
    var builder =
        transport
            .server(identity.tls(), port)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .intercept(TransmitStatusRuntimeExceptionInterceptor.instance())
            .intercept(new PeerIdentity.Interceptor())
            .intercept(transport.refusals())
            .fallbackHandlerRegistry(late);
    services.forEach(builder::addService);
    this.server = builder.build().start();
  }

  /** Starts to listen on all addresses; port 0 takes a free one. */
  public static NodeServer start(
      NodeIdentity identity, int port, Transport transport, BindableService... services)
      throws IOException {
    return new NodeServer(identity, port, transport, List.of(services));
  }

  /** As {@link #start(NodeIdentity, int, Transport, BindableService...)}, counting nothing. */
  public static NodeServer start(NodeIdentity identity, int port, BindableService... services)
      throws IOException {
    return start(identity, port, new Transport(new TlsConnections()), services);
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
