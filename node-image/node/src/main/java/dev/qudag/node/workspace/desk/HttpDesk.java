package dev.qudag.node.workspace.desk;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /v1/propose?wait=&stack=&priority=&title=}, {@code POST /v1/undo}, {@code POST
 * /v1/restore?operation=}, {@code POST /v1/sync}, {@code GET /v1/status}, {@code GET /v1/log}: JSON
 * for programs.
 */
public final class HttpDesk implements HttpHandler {

  public static final String PATH = "/v1/";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Desk desk;

  public HttpDesk(Desk desk) {
    this.desk = desk;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String name = exchange.getRequestURI().getPath().substring(PATH.length());
      Optional<Request> request = Request.of(name, options(exchange.getRequestURI().getRawQuery()));
      if (request.isEmpty()) {
        send(exchange, 404, Answer.usage("there is no " + PATH + name));
      } else if (!exchange.getRequestMethod().equals(method(request.get()))) {
        send(exchange, 405, Answer.usage("use " + method(request.get())));
      } else {
        Answer answer = desk.answer(request.get());
        send(exchange, answer.code().http(), answer);
      }
    }
  }

  private static String method(Request request) {
    return switch (request) {
      case Request.Propose _, Request.Undo _, Request.Restore _, Request.Sync _ -> "POST";
      case Request.Status _, Request.Log _ -> "GET";
    };
  }

  private static Map<String, String> options(@Nullable String query) {
    var options = new HashMap<String, String>();
    for (String pair : Optional.ofNullable(query).orElse("").split("&")) {
      int equals = pair.indexOf('=');
      String key = equals < 0 ? pair : pair.substring(0, equals);
      options.put(key, equals < 0 ? "true" : decode(pair.substring(equals + 1)));
    }
    return options;
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  private static void send(HttpExchange exchange, int status, Answer answer) throws IOException {
    var json = new TreeMap<>(answer.fields());
    json.put("exitCode", answer.code().exit());
    byte[] body = JSON.writeValueAsBytes(json);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }
}
