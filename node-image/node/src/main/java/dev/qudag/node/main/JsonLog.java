package dev.qudag.node.main;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Writes each log record as one line of JSON on standard error: {@code ts, level, role, node,
 * logger, msg, error}.
 */
public final class JsonLog extends Formatter {
  private final String role;
  private final String node;

  private JsonLog(String role, String node) {
    this.role = role;
    this.node = node;
  }

  /** Makes this the format of the whole process. Call it once, before the first line is logged. */
  public static void install(String role, String node) {
    LogManager.getLogManager().reset();
    var handler = new ConsoleHandler();
    handler.setFormatter(new JsonLog(role, node));
    Logger root = Logger.getLogger("");
    root.setLevel(Level.INFO);
    root.addHandler(handler);
  }

  @Override
  public String format(LogRecord entry) {
    var line =
        new StringBuilder(256)
            .append("{\"ts\":\"")
            .append(Instant.ofEpochMilli(entry.getMillis()))
            .append('"');
    field(line, "level", level(entry.getLevel()));
    field(line, "role", role);
    field(line, "node", node);
    field(line, "logger", entry.getLoggerName());
    field(line, "msg", formatMessage(entry));
    if (entry.getThrown() != null) {
      var trace = new StringWriter();
      entry.getThrown().printStackTrace(new PrintWriter(trace));
      field(line, "error", trace.toString());
    }
    return line.append("}\n").toString();
  }

  private static void field(StringBuilder line, String name, @Nullable String value) {
    line.append(",\"").append(name).append("\":\"");
    JsonStringEncoder.getInstance().quoteAsString(value == null ? "" : value, line);
    line.append('"');
  }

  private static String level(Level level) {
    if (level.intValue() >= Level.SEVERE.intValue()) {
      return "error";
    }
    if (level.intValue() >= Level.WARNING.intValue()) {
      return "warn";
    }
    return level.intValue() >= Level.INFO.intValue() ? "info" : "debug";
  }
}
