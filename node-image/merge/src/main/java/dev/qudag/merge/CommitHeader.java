package dev.qudag.merge;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Of a commit what it builds on.
 *
 * @param parents the first one is the commit that it was made on
 * @param epochSeconds what the committer's clock said: true or not; 0 when it says nothing
 */
public record CommitHeader(List<ObjectId> parents, long epochSeconds) {
  private static final String PARENT = "parent ";
  private static final int ID_DIGITS = 40;
  private static final Pattern COMMITTER = Pattern.compile("\ncommitter .*> ([0-9]{1,15}) ");

  public CommitHeader {
    parents = List.copyOf(parents);
  }

  /**
   * Reads "tree", any number of "parent", "author", "committer", each a line of its own.
   *
   * @param start of a commit's bytes, one char for each
   * @return empty when not all parents stand in it, in git's own spelling
   */
  public static Optional<CommitHeader> parse(String start) {
    var parents = new ArrayList<ObjectId>();
    int at = start.indexOf('\n') + 1;
    while (start.startsWith(PARENT, at)) {
      int from = at + PARENT.length();
      int end = from + ID_DIGITS;
      if (end >= start.length() || start.charAt(end) != '\n') {
        return Optional.empty();
      }
      var parent = ObjectId.parse(start.substring(from, end));
      if (parent.isEmpty()) {
        return Optional.empty();
      }
      parents.add(parent.get());
      at = end + 1;
    }
    if (at == 0 || start.length() - at < PARENT.length()) {
      return Optional.empty();
    }
    var committer = COMMITTER.matcher(start);
    long seconds = committer.find(at) ? Long.parseLong(committer.group(1)) : 0;
    return Optional.of(new CommitHeader(parents, seconds));
  }
}
