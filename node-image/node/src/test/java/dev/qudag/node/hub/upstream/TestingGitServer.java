package dev.qudag.node.hub.upstream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.qudag.merge.CommitBuilder;
import dev.qudag.merge.CommitMeta;
import dev.qudag.merge.ObjectId;
import dev.qudag.merge.RefName;
import dev.qudag.merge.git.GitRepository;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A real Git server over HTTP: {@code git http-backend} (RFC 3875) behind the JDK's server, with
 * one repository and one account.
 */
public final class TestingGitServer implements AutoCloseable {
  public static final RefName MAIN = RefName.branch("main");
  public static final String USER = "hub";
  public static final String PASSWORD = "correct horse battery";
  private static final CommitMeta META =
      new CommitMeta("a", "a@example.invalid", "a", "a@example.invalid", 1, "by somebody");

  private final Path root;
  private final GitRepository repository;
  private final AtomicInteger requests = new AtomicInteger();
  private Optional<HttpServer> server = Optional.empty();
  private int port;

  public TestingGitServer(Path root) throws IOException {
    this.root = Files.createDirectories(root);
    this.repository = GitRepository.openOrInit(root.resolve("upstream.git"), MAIN);
    start();
  }

  public GitRepository repository() {
    return repository;
  }

  public String url() {
    return "http://127.0.0.1:" + port + "/upstream.git";
  }

  /** How many requests there were. */
  public int requests() {
    return requests.get();
  }

  /** A Secret's files, as they are mounted. */
  public static Path secret(Path folder, String password) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("username"), USER + "\n");
    Files.writeString(folder.resolve("password"), password + "\n");
    return folder;
  }

  /** A commit with one file, not on the branch. */
  public ObjectId commit(String path, ObjectId... parents) {
    ObjectId tree = repository.writeTree(Map.of(path, path.getBytes(StandardCharsets.UTF_8)));
    return repository.writeCommit(CommitBuilder.bytes(tree, List.of(parents), META));
  }

  /** A commit whose tree git itself would not check out: another name of .git on some disks. */
  public ObjectId hostile(ObjectId parent) {
    return commit("git~1", parent);
  }

  /** Where the branch stands. */
  public ObjectId head() {
    return repository.ref(MAIN).orElseThrow();
  }

  /** Somebody else puts the branch there, whatever it was. */
  public void move(ObjectId commit) {
    if (!repository.update(MAIN, commit, repository.ref(MAIN).orElse(ObjectId.ZERO))) {
      throw new IllegalStateException("the branch was moved meanwhile");
    }
  }

  /** A rule of the server: a hook of git. */
  public void rule(String script) throws IOException {
    Path hook = repository.directory().resolve("hooks").resolve("pre-receive");
    Files.createDirectories(hook.getParent());
    Files.writeString(hook, "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwx------"));
  }

  public void noRule() throws IOException {
    Files.delete(repository.directory().resolve("hooks").resolve("pre-receive"));
  }

  /** Serves, at the port of before. */
  public void start() throws IOException {
    HttpServer started =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    started.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    started.createContext("/", this::handle);
    started.start();
    port = started.getAddress().getPort();
    server = Optional.of(started);
  }

  /** Is gone until it is started again. */
  public void stop() {
    server.ifPresent(running -> running.stop(0));
    server = Optional.empty();
  }

  @Override
  public void close() {
    stop();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      requests.incrementAndGet();
      if (!isAllowedIn(exchange)) {
        exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"git\"");
        exchange.sendResponseHeaders(401, -1);
        return;
      }
      serve(exchange);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean isAllowedIn(HttpExchange exchange) {
    String account = USER + ":" + PASSWORD;
    String expected =
        "Basic " + Base64.getEncoder().encodeToString(account.getBytes(StandardCharsets.UTF_8));
    return expected.equals(exchange.getRequestHeaders().getFirst("Authorization"));
  }

  private void serve(HttpExchange exchange) throws IOException, InterruptedException {
    Process backend = backend(exchange).start();
    Thread feeder = Thread.ofVirtual().start(() -> feed(exchange, backend));
    try (InputStream out = backend.getInputStream()) {
      int status = 200;
      for (String header = line(out); !header.isEmpty(); header = line(out)) {
        String[] parts = header.split(": ", 2);
        if (parts[0].equals("Status")) {
          status = Integer.parseInt(parts[1].substring(0, 3));
        } else {
          exchange.getResponseHeaders().add(parts[0], parts[1]);
        }
      }
      exchange.sendResponseHeaders(status, 0);
      try (OutputStream body = exchange.getResponseBody()) {
        out.transferTo(body);
      }
    } finally {
      backend.destroy();
      feeder.join();
    }
  }

  private ProcessBuilder backend(HttpExchange exchange) {
    ProcessBuilder builder =
        new ProcessBuilder("git", "http-backend").redirectError(ProcessBuilder.Redirect.DISCARD);
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.put("PATH", System.getenv().getOrDefault("PATH", "/usr/bin:/bin"));
    environment.put("HOME", root.toString());
    environment.put("GIT_CONFIG_NOSYSTEM", "1");
    environment.put("GIT_PROJECT_ROOT", root.toString());
    environment.put("GIT_HTTP_EXPORT_ALL", "1");
    environment.put("REMOTE_USER", USER);
    environment.put("REQUEST_METHOD", exchange.getRequestMethod());
    environment.put("PATH_INFO", exchange.getRequestURI().getPath());
    environment.put("QUERY_STRING", text(exchange.getRequestURI().getRawQuery()));
    environment.put("CONTENT_TYPE", header(exchange, "Content-Type"));
    environment.put("HTTP_CONTENT_ENCODING", header(exchange, "Content-Encoding"));
    environment.put("HTTP_GIT_PROTOCOL", header(exchange, "Git-Protocol"));
    environment.put("GIT_PROTOCOL", header(exchange, "Git-Protocol"));
    String length = header(exchange, "Content-Length");
    if (!length.isEmpty()) {
      environment.put("CONTENT_LENGTH", length);
    }
    return builder;
  }

  private static String header(HttpExchange exchange, String name) {
    return text(exchange.getRequestHeaders().getFirst(name));
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }

  private static void feed(HttpExchange exchange, Process backend) {
    try (OutputStream in = backend.getOutputStream()) {
      exchange.getRequestBody().transferTo(in);
    } catch (IOException e) {
      backend.destroy(); // it has stopped reading, and its answer says why
    }
  }

  private static String line(InputStream in) throws IOException {
    var line = new ByteArrayOutputStream();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      line.write(next);
    }
    return line.toString(StandardCharsets.UTF_8).strip();
  }
}
