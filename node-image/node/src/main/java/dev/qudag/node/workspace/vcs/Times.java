package dev.qudag.node.workspace.vcs;

import java.time.Instant;

/** Times as the operation log shows them. */
final class Times {

  private Times() {}

  /** ISO 8601 in UTC, to the second. */
  static String of(long epochSeconds) {
    return Instant.ofEpochSecond(epochSeconds).toString();
  }
}
