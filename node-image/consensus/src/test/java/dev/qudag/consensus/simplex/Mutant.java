package dev.qudag.consensus.simplex;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The core without one of its rules: the source of one type, with a text replaced in it.
 *
 * <p>Nothing in the core knows of this. The changed source is compiled by itself against the core
 * as it is, and {@link MutantLoader} puts the result in the place of the type. A text that is not
 * there exactly once is an error, so a rule that moves takes its mutant along.
 *
 * @param rule what the core no longer keeps
 * @param type name of the type below {@code dev.qudag.consensus.simplex}
 * @param text what states the rule
 * @param replacement what stands there instead
 */
record Mutant(String rule, String type, String text, String replacement) {
  private static final Path SOURCES =
      Path.of(
          System.getProperty("qudag.root", "../.."),
          "node-image/consensus/src/main/java",
          Mutant.class.getPackageName().replace('.', '/'));

  /**
   * The source without the rule.
   *
   * @throws IllegalStateException when the text is not there exactly once
   */
  String source() throws IOException {
    String source = Files.readString(SOURCES.resolve(type.replace('.', '/') + ".java"));
    int at = source.indexOf(text);
    if (at < 0 || at != source.lastIndexOf(text)) {
      throw new IllegalStateException(
          "\"%s\": %s must hold exactly once: %s".formatted(rule, type, text));
    }
    return source.substring(0, at) + replacement + source.substring(at + text.length());
  }
}
