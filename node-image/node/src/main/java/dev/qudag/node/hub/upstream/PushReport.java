package dev.qudag.node.hub.upstream;

import dev.qudag.merge.Printable;
import java.util.Optional;

/**
 * What became of one ref of a push, as {@code git push --porcelain} tells it: {@code flag TAB
 * from:to TAB summary (reason)}. Pure.
 *
 * @param taken whether the server's ref is where it was to go
 * @param why what git says about it; empty when it was taken
 */
record PushReport(boolean taken, String why) {
  private static final int FIELDS = 3;
  private static final String BY_THE_SERVER = "[remote rejected]";

  /**
   * @param output what git wrote to its standard output
   * @param ref full name, at the server
   * @return empty when it says nothing about the ref: it did not come to that
   */
  static Optional<PushReport> of(String output, String ref) {
    return output
        .lines()
        .map(line -> line.split("\t", FIELDS))
        .filter(fields -> fields.length == FIELDS && fields[1].endsWith(":" + ref))
        .findFirst()
        .map(
            fields ->
                fields[0].startsWith("!")
                    ? new PushReport(false, Printable.of(fields[2].strip()))
                    : new PushReport(true, ""));
  }

  /** Whether the server refused it, rather than git that saw a stale lease. */
  boolean isRefusedByTheServer() {
    return !taken && why.startsWith(BY_THE_SERVER);
  }
}
