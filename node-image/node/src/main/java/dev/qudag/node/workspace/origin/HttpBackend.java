package dev.qudag.node.workspace.origin;

import dev.qudag.node.workspace.vcs.Git;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs {@code git http-backend} as a CGI program on the inbox (RFC 3875). */
final class HttpBackend {

  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final int MAX_HEADER_BYTES = 16 << 10;

  private final Git git;

  HttpBackend(Git git) {
    this.git = git;
  }

  /**
   * @param variables the CGI variables of the request
   * @param body is read to its end
   * @param sink gets status, headers and the body's stream once they are there
   */
  void run(Map<String, String> variables, InputStream body, Sink sink) throws IOException {
    Process process = builder(variables).start();
    try (var watchdog = new Watchdog(process, LIMIT)) {
      watchdog.start();
      Thread feeder = Thread.ofVirtual().start(() -> feed(body, process));
      InputStream out = process.getInputStream();
      Map<String, String> headers = headers(out);
      sink.accept(status(headers), headers, out);
      feeder.interrupt();
      process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      process.destroyForcibly();
    }
  }

  /** Takes the program's answer. */
  interface Sink {
    void accept(int status, Map<String, String> headers, InputStream body) throws IOException;
  }

  private ProcessBuilder builder(Map<String, String> variables) {
    var environment = new HashMap<>(Git.environment(git.home()));
    environment.put("GIT_PROJECT_ROOT", git.directory().resolveSibling("").toString());
    environment.put("GIT_HTTP_EXPORT_ALL", "1");
    environment.put("GATEWAY_INTERFACE", "CGI/1.1");
    environment.put("SERVER_PROTOCOL", "HTTP/1.1");
    environment.put("REMOTE_ADDR", "127.0.0.1");
    environment.put("REMOTE_USER", "agent");
    environment.putAll(variables);
    var builder =
        new ProcessBuilder(Git.bounded("http-backend"))
            .directory(git.home().toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder;
  }

  private static void feed(InputStream body, Process process) {
    try (OutputStream stdin = process.getOutputStream()) {
      body.transferTo(stdin);
    } catch (IOException e) {
      // The program has stopped reading, or the body is over its limit: its answer says what is
      // wrong.
      process.descendants().forEach(ProcessHandle::destroy);
    }
  }

  private static int status(Map<String, String> headers) {
    String status = headers.getOrDefault("status", "200");
    return Integer.parseInt(status.split(" ", 2)[0]);
  }

  private static Map<String, String> headers(InputStream out) throws IOException {
    var headers = new HashMap<String, String>();
    for (String line = line(out); !line.isEmpty(); line = line(out)) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.put(
            line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
      }
    }
    return headers;
  }

  private static String line(InputStream out) throws IOException {
    var line = new ByteArrayOutputStream();
    for (int next = out.read(); next != '\n'; next = out.read()) {
      if (next < 0 || line.size() > MAX_HEADER_BYTES) {
        throw new IOException("git http-backend gave no answer");
      }
      line.write(next);
    }
    return line.toString(StandardCharsets.UTF_8).stripTrailing();
  }
}
