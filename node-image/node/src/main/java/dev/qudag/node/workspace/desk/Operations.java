package dev.qudag.node.workspace.desk;

import java.util.Optional;

/** Names of operations as agents give them: they become arguments of git and jj. */
public final class Operations {

  private static final int SHOWN = 80;

  private Operations() {}

  /** What is wrong with the name of an operation; nothing when it is one. */
  public static Optional<String> fault(String operation) {
    if (operation.matches("[0-9a-f]{8,128}")) {
      return Optional.empty();
    }
    String shown = operation.replaceAll("[\\p{C}\\p{Z}]+", " ");
    return Optional.of(
        "'%s' names no operation: give 8 to 128 of its hex digits, as qudag log prints them"
            .formatted(shown.substring(0, Math.min(SHOWN, shown.length()))));
  }
}
