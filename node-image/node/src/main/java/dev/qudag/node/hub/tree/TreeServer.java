package dev.qudag.node.hub.tree;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.qudag.crypto.TlsIdentity;
import dev.qudag.crypto.tls.PinnedTls;
import dev.qudag.merge.ObjectId;
import dev.qudag.merge.git.GitRepository;
import dev.qudag.merge.git.TreeArchive;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/**
 * Gives a check's Job the one tree that its token is good for: {@code GET /v1/tree} over HTTPS with
 * {@code Authorization: Bearer TOKEN} (RFC 6750) answers a tar. Whoever has the token may call.
 *
 * <p>The JDK's server asks for the name of each caller's address before it reads a byte: {@link
 * dev.qudag.node.net.NoReverseLookups} answers, not DNS.
 *
 * <p>HTTPS and not gRPC, so that the Job needs no Java for it. An answer that breaks off lacks the
 * last chunk of its encoding: the caller's HTTP client sees that it is not whole.
 */
public final class TreeServer implements AutoCloseable {
  public static final int PORT = 7444;
  private static final String PATH = "/v1/tree";
  private static final String BEARER = "Bearer ";
  private static final int WAITING_CALLERS = 64;

  private final GitRepository repository;
  private final TreeTokens tokens;
  private final HttpsServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private TreeServer(GitRepository repository, TreeTokens tokens, HttpsServer server) {
    this.repository = repository;
    this.tokens = tokens;
    this.server = server;
  }

  /** Leaves each engine as the context made it. */
  private static final class Fixed extends HttpsConfigurator {
    Fixed(SSLContext context) {
      super(context);
    }

    @Override
    public void configure(HttpsParameters parameters) {}
  }

  /**
   * Listens on all addresses; port 0 takes a free one.
   *
   * @param identity by whose fingerprint callers know the hub
   */
  public static TreeServer start(
      TlsIdentity identity, int port, GitRepository repository, TreeTokens tokens)
      throws IOException {
    var server = HttpsServer.create(new InetSocketAddress(port), WAITING_CALLERS);
    server.setHttpsConfigurator(new Fixed(PinnedTls.context(Optional.of(identity), any -> true)));
    var trees = new TreeServer(repository, tokens, server);
    server.createContext(PATH, trees::answer);
    server.setExecutor(trees.threads);
    server.start();
    return trees;
  }

  public int port() {
    return server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    if (!exchange.getRequestMethod().equals("GET")) {
      refuse(exchange, 405, "only GET is served");
      return;
    }
    Optional<ObjectId> tree = token(exchange).flatMap(tokens::treeOf);
    if (tree.isEmpty()) {
      refuse(exchange, 403, "this token is good for no tree");
      return;
    }
    exchange.getResponseHeaders().set("Content-Type", "application/x-tar");
    exchange.sendResponseHeaders(200, 0);
    OutputStream tar = exchange.getResponseBody();
    new TreeArchive(repository).write(tree.get(), tar);
    // Not closed when that fails: to close it says that it is whole.
    tar.close();
  }

  private static Optional<String> token(HttpExchange exchange) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
        .filter(header -> header.startsWith(BEARER))
        .map(header -> header.substring(BEARER.length()).strip());
  }

  private static void refuse(HttpExchange exchange, int status, String why) throws IOException {
    byte[] body = (why + "\n").getBytes(StandardCharsets.UTF_8);
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  /** Gives calls under way a moment. */
  @Override
  public void close() {
    server.stop(1);
    threads.shutdownNow();
  }
}
