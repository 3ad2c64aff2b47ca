package dev.qudag.merge.landing;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The message of an agent's commit, as far as it may stand in another one: no control characters,
 * bounded, and a line that could be taken for a trailer of ours or for somebody's word begins with
 * {@code "> "}. The characters are named here, so that no version of Unicode changes a commit.
 *
 * @param subject the first line; may be empty
 * @param body the rest, without a line feed at its end; may be empty
 */
record AgentText(String subject, String body) {
  static final int MAX_SUBJECT = 256;
  static final int MAX_BODY = 8192;

  private static final String CUT = "…";

  /** C0, C1, soft hyphen, marks of direction, separators, joiners, byte order mark, surrogates. */
  private static final Pattern UNSAFE =
      Pattern.compile(
          "[\\u0000-\\u0008\\u000B-\\u001F\\u007F-\\u009F\\u00AD\\u061C\\u180E\\u200B-\\u200F"
              + "\\u2028-\\u202E\\u2060-\\u206F\\uFEFF\\uFFF9-\\uFFFB]");

  /** Ours, and whatever says who did or approved something. */
  private static final Pattern TRAILER =
      Pattern.compile(
          "\\s*([A-Za-z0-9-]+-by|[A-Za-z0-9-]+-from|Proposal|Workspace|Agent|Change-Id)\\s*[:=].*",
          Pattern.CASE_INSENSITIVE);

  /** What ends a message for git-interpret-trailers(1), or is cut off by git-commit(1). */
  private static final Pattern DIVIDER = Pattern.compile("---.*|# -+ >8 -+.*");

  /**
   * The message in the bytes of a commit.
   *
   * @param commit or the start of it
   */
  static AgentText of(byte[] commit) {
    String text = new String(commit, StandardCharsets.UTF_8);
    int end = text.indexOf("\n\n");
    return end < 0 ? new AgentText("", "") : ofMessage(text.substring(end + 2));
  }

  static AgentText ofMessage(String message) {
    String clean =
        UNSAFE.matcher(message.replace("\r\n", "\n").replace('\r', '\n')).replaceAll("\uFFFD");
    String text = clean.strip();
    int end = text.indexOf('\n');
    String subject = end < 0 ? text : text.substring(0, end);
    String body = end < 0 ? "" : text.substring(end + 1);
    return new AgentText(
        cut(quoted(subject.replace('\t', ' ')), MAX_SUBJECT), cut(quoted(body), MAX_BODY));
  }

  private static String quoted(String text) {
    return text.lines()
        .map(String::stripTrailing)
        .map(line -> isMisleading(line) ? "> " + line : line)
        .collect(Collectors.joining("\n"))
        .strip();
  }

  private static boolean isMisleading(String line) {
    return TRAILER.matcher(line).matches() || DIVIDER.matcher(line).matches();
  }

  /** At most so many characters, none of them half. */
  static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    return text.substring(0, end).stripTrailing() + CUT;
  }

  Optional<String> paragraphs() {
    return body.isEmpty() ? Optional.empty() : Optional.of(body);
  }
}
