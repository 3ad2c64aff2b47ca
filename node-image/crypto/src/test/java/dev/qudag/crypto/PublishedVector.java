package dev.qudag.crypto;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HexFormat;

/** One vector of a published file: what its own fields do not say, those of its group do. */
record PublishedVector(JsonNode group, JsonNode test) {
  boolean has(String field) {
    return test.has(field) || group.has(field);
  }

  JsonNode field(String field) {
    return test.has(field) ? test.path(field) : group.path(field);
  }

  String text(String field) {
    return field(field).asText("");
  }

  /** The bytes of a field; none when it is absent or null. */
  byte[] hex(String field) {
    return HexFormat.of().parseHex(text(field));
  }

  /** What Wycheproof expects. */
  boolean isValid() {
    return text("result").equals("valid");
  }

  @Override
  public String toString() {
    return "tcId " + text("tcId") + " " + text("comment");
  }
}
