package dev.qudag.merge.report;

import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * JSON that one value has one spelling of: the JSON Canonicalization Scheme (RFC 8785), of which
 * the numbers here are whole ones up to 2^53.
 */
sealed interface CanonicalJson {
  /** Of names that are ASCII. */
  record JsonObject(Map<String, CanonicalJson> members) implements CanonicalJson {
    public JsonObject {
      members = new TreeMap<>(members);
    }
  }

  record JsonArray(List<CanonicalJson> items) implements CanonicalJson {}

  record JsonText(String value) implements CanonicalJson {}

  record JsonNumber(long value) implements CanonicalJson {}

  default byte[] bytes() {
    var out = new StringBuilder();
    writeTo(out);
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void writeTo(StringBuilder out) {
    switch (this) {
      case JsonObject(var members) -> {
        var separator = "{";
        for (var member : members.entrySet()) {
          out.append(separator);
          quote(member.getKey(), out);
          out.append(':');
          member.getValue().writeTo(out);
          separator = ",";
        }
        out.append(members.isEmpty() ? "{}" : "}");
      }
      case JsonArray(var items) -> {
        out.append('[');
        for (Iterator<CanonicalJson> all = items.iterator(); all.hasNext(); ) {
          all.next().writeTo(out);
          out.append(all.hasNext() ? "," : "");
        }
        out.append(']');
      }
      case JsonText(var value) -> quote(value, out);
      case JsonNumber(var value) -> out.append(value);
    }
  }

  /** Escapes what RFC 8785, 3.2.2.2 escapes, and nothing else. */
  private static void quote(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < ' ') {
            out.append(String.format("\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
