package dev.qudag.merge;

import java.nio.charset.StandardCharsets;

/**
 * Everything of a commit but its tree and parents; times are UTC. Two nodes with the same meta
 * write the same commit.
 *
 * @param epochSeconds of author and committer alike
 * @param message ends with exactly one newline once written
 */
public record CommitMeta(
    String authorName,
    String authorEmail,
    String committerName,
    String committerEmail,
    long epochSeconds,
    String message) {

  private static final int MAX_IDENTITY = 200;
  private static final int MAX_MESSAGE = 64 * 1024;

  public CommitMeta {
    requireIdentity("author name", authorName);
    requireIdentity("author e-mail", authorEmail);
    requireIdentity("committer name", committerName);
    requireIdentity("committer e-mail", committerEmail);
    if (epochSeconds < 0) {
      throw new IllegalArgumentException("a commit's time is at least 0, not " + epochSeconds);
    }
    if (message.indexOf('\0') >= 0 || message.isBlank()) {
      throw new IllegalArgumentException("a commit's message has text and no NUL");
    }
    if (message.getBytes(StandardCharsets.UTF_8).length > MAX_MESSAGE) {
      throw new IllegalArgumentException(
          "a commit's message has at most " + MAX_MESSAGE + " bytes");
    }
  }

  /**
   * What Git itself would silently cut out of a name is refused, so that the written bytes are the
   * decided ones.
   */
  private static void requireIdentity(String what, String value) {
    var bad = value.codePoints().anyMatch(c -> c == '<' || c == '>' || Printable.isControl(c));
    if (bad || value.isBlank() || !value.equals(value.strip()) || value.length() > MAX_IDENTITY) {
      throw new IllegalArgumentException(
          what
              + " must be 1 to 200 characters without <, > and control characters: '"
              + Printable.of(value)
              + "'");
    }
  }
}
