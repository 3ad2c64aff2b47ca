package dev.qudag.merge.landing;

import dev.qudag.merge.ObjectId;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a landed commit says it was made of, where it does not build on it: the trailer {@code
 * Squashed-from} or {@code Rebased-from} of its message. Only whoever makes landings writes these:
 * no agent's text can ({@link AgentText}).
 *
 * @param source the proposal's commit that it has the changes of
 * @param steps how many commits of the branch, this one the last, landed together
 */
public record LandedFrom(ObjectId source, int steps) {
  private static final Pattern TRAILER =
      Pattern.compile(
          "(?:Squashed-from: ([0-9a-f]{40})|Rebased-from: ([0-9a-f]{40}) \\(([1-9][0-9]{0,2})\\))");

  /** Reads the last paragraph of the message. */
  public static Optional<LandedFrom> parse(byte[] commit) {
    String text = new String(commit, StandardCharsets.UTF_8).stripTrailing();
    int start = text.indexOf("\n\n");
    int last = text.lastIndexOf("\n\n");
    if (start < 0 || last == start) {
      return Optional.empty();
    }
    return text.substring(last + 2).lines().flatMap(line -> of(line).stream()).findFirst();
  }

  private static Optional<LandedFrom> of(String line) {
    var match = TRAILER.matcher(line);
    if (!match.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        match.group(1) != null
            ? new LandedFrom(ObjectId.of(match.group(1)), 1)
            : new LandedFrom(ObjectId.of(match.group(2)), Integer.parseInt(match.group(3))));
  }

  static String squashed(ObjectId head) {
    return "Squashed-from: " + head;
  }

  static String rebased(ObjectId commit, int step) {
    return "Rebased-from: " + commit + " (" + step + ")";
  }
}
