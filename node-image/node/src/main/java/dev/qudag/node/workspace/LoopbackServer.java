package dev.qudag.node.workspace;

import com.sun.net.httpserver.HttpServer;
import dev.qudag.node.workspace.desk.Desk;
import dev.qudag.node.workspace.desk.HttpDesk;
import dev.qudag.node.workspace.origin.OriginHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;

/**
 * The agent's HTTP: its {@code origin} and {@code /v1}, on the loopback address of the pod only.
 */
final class LoopbackServer implements AutoCloseable {

  static final int PORT = 7080;

  private final HttpServer server;

  /**
   * @param port 0 takes a free one
   */
  LoopbackServer(int port, OriginHandler origin, Desk desk) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 16);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(OriginHandler.PATH, origin);
    server.createContext(HttpDesk.PATH, new HttpDesk(desk));
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
