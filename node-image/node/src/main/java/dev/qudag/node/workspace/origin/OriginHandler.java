package dev.qudag.node.workspace.origin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** {@code /origin.git}: git's smart HTTP, where a push answers only after the judge has spoken. */
public final class OriginHandler implements HttpHandler {

  public static final String PATH = "/origin.git";

  private static final long MAX_FETCH_BYTES = 16L << 20;
  private static final long MAX_PUSH_BYTES = 520L << 20;
  private static final int MAX_REPORT_BYTES = 1 << 20;

  private final Inbox inbox;
  private final PushJudge judge;
  private final Runnable refresh;
  private final HttpBackend backend;
  private final Semaphore pushes = new Semaphore(1, true);

  /**
   * @param refresh called before a fetch is answered, to show the branch as it is at the hub
   */
  public OriginHandler(Inbox inbox, PushJudge judge, Runnable refresh) {
    this.inbox = inbox;
    this.judge = judge;
    this.refresh = refresh;
    this.backend = new HttpBackend(inbox.git());
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath().substring(PATH.length());
      String query = Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
      switch (exchange.getRequestMethod() + " " + path + " " + query) {
        case "GET /info/refs service=git-upload-pack" -> {
          refresh.run();
          pass(exchange, Inbox.originNamespace(), InputStream.nullInputStream());
        }
        case "GET /info/refs service=git-receive-pack" ->
            pass(exchange, Inbox.newPushNamespace(), InputStream.nullInputStream());
        case "POST /git-upload-pack " ->
            pass(exchange, Inbox.originNamespace(), body(exchange, MAX_FETCH_BYTES));
        case "POST /git-receive-pack " -> push(exchange);
        default -> exchange.sendResponseHeaders(404, -1);
      }
    }
  }

  private void push(HttpExchange exchange) throws IOException {
    if (exchange.getRequestHeaders().containsKey("Content-Encoding")) {
      exchange.sendResponseHeaders(415, -1);
      return;
    }
    InputStream body = body(exchange, MAX_PUSH_BYTES);
    PushRequest request = PushRequest.read(body);
    var whole = new SequenceInputStream(new ByteArrayInputStream(request.raw()), body);
    if (request.updates().isEmpty()) {
      pass(exchange, Inbox.newPushNamespace(), whole);
      return;
    }
    Optional<String> objection = request.objection();
    if (objection.isPresent()) {
      whole.transferTo(OutputStream.nullOutputStream());
      report(
          exchange, request, new PushJudge.Refused(objection.get(), "qudag: " + objection.get()));
      return;
    }
    try {
      if (!pushes.tryAcquire(60, TimeUnit.SECONDS)) {
        exchange.sendResponseHeaders(503, -1);
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    try {
      receive(exchange, request, whole);
    } finally {
      pushes.release();
    }
  }

  /** Lets git receive the push, then has it judged; git's own refusal is passed on as it is. */
  private void receive(HttpExchange exchange, PushRequest request, InputStream whole)
      throws IOException {
    String namespace = Inbox.newPushNamespace();
    String ref = request.updates().getFirst().ref();
    var answer = new Answer();
    try {
      backend.run(variables(exchange, namespace), whole, answer);
      Optional<String> commit = inbox.pushed(namespace, ref);
      if (commit.isEmpty()) {
        answer.send(exchange);
        return;
      }
      var verdict = judge.judge(inbox, Inbox.namespaced(namespace, ref), commit.get());
      report(exchange, request, verdict);
    } finally {
      inbox.drop(namespace, ref);
    }
  }

  private static void report(HttpExchange exchange, PushRequest request, PushJudge.Verdict verdict)
      throws IOException {
    byte[] report = PushReport.of(request, verdict);
    exchange.getResponseHeaders().set("Content-Type", "application/x-git-receive-pack-result");
    exchange.getResponseHeaders().set("Cache-Control", "no-cache");
    exchange.sendResponseHeaders(200, report.length);
    exchange.getResponseBody().write(report);
  }

  private void pass(HttpExchange exchange, String namespace, InputStream body) throws IOException {
    backend.run(
        variables(exchange, namespace),
        body,
        (status, headers, stream) -> {
          copyHeaders(exchange, headers);
          exchange.sendResponseHeaders(status, 0);
          stream.transferTo(exchange.getResponseBody());
        });
  }

  private static void copyHeaders(HttpExchange exchange, Map<String, String> headers) {
    headers.forEach(
        (name, value) -> {
          if (!name.equals("status")) {
            exchange.getResponseHeaders().set(name, value);
          }
        });
  }

  private Map<String, String> variables(HttpExchange exchange, String namespace) {
    var request = exchange.getRequestHeaders();
    var variables = new HashMap<String, String>();
    variables.put("GIT_NAMESPACE", namespace);
    variables.put("REQUEST_METHOD", exchange.getRequestMethod());
    String rest = exchange.getRequestURI().getPath().substring(PATH.length());
    variables.put("PATH_INFO", "/" + inbox.git().directory().getFileName() + rest);
    variables.put(
        "QUERY_STRING", Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse(""));
    put(variables, "CONTENT_TYPE", request.getFirst("Content-Type"));
    put(variables, "CONTENT_LENGTH", request.getFirst("Content-Length"));
    put(variables, "HTTP_CONTENT_ENCODING", request.getFirst("Content-Encoding"));
    if ("version=2".equals(request.getFirst("Git-Protocol"))) {
      variables.put("GIT_PROTOCOL", "version=2");
    }
    return variables;
  }

  private static void put(Map<String, String> variables, String name, @Nullable String value) {
    if (value != null) {
      variables.put(name, value);
    }
  }

  private static InputStream body(HttpExchange exchange, long most) {
    return new LimitedInputStream(exchange.getRequestBody(), most);
  }

  /** The answer of a receive, held back until it is known whether it counts. */
  private static final class Answer implements HttpBackend.Sink {

    private int status = 500;
    private Map<String, String> headers = Map.of();
    private byte[] body = "no answer".getBytes(StandardCharsets.UTF_8);

    @Override
    public void accept(int status, Map<String, String> headers, InputStream body)
        throws IOException {
      this.status = status;
      this.headers = headers;
      this.body = body.readNBytes(MAX_REPORT_BYTES);
      body.transferTo(OutputStream.nullOutputStream());
    }

    void send(HttpExchange exchange) throws IOException {
      copyHeaders(exchange, headers);
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
