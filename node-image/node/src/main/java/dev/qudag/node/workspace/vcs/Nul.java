package dev.qudag.node.workspace.vcs;

import java.util.Arrays;
import java.util.List;

/** Lists that end every entry by NUL, as {@code git -z} prints them. */
final class Nul {

  private Nul() {}

  static List<String> split(String text) {
    return Arrays.stream(text.split("\0")).filter(entry -> !entry.isEmpty()).toList();
  }
}
