package dev.qudag.merge;

import java.util.regex.Pattern;

/**
 * A full ref name such as {@code refs/heads/main}; narrower than git-check-ref-format(1) allows,
 * and never an option.
 *
 * @param full from {@code refs/} on
 */
public record RefName(String full) implements Comparable<RefName> {
  private static final Pattern FORM =
      Pattern.compile("refs(/[A-Za-z0-9_][A-Za-z0-9._-]*)+", Pattern.DOTALL);
  private static final int MAX = 255;

  public RefName {
    if (!isValid(full)) {
      throw new IllegalArgumentException("not a full ref name: '" + Printable.of(full) + "'");
    }
  }

  public static RefName of(String full) {
    return new RefName(full);
  }

  public static RefName branch(String name) {
    return new RefName("refs/heads/" + name);
  }

  public static boolean isValid(String full) {
    if (full.length() > MAX || !FORM.matcher(full).matches() || full.contains("..")) {
      return false;
    }
    for (var part : full.split("/", -1)) {
      if (part.endsWith(".") || part.endsWith(".lock")) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int compareTo(RefName other) {
    return full.compareTo(other.full);
  }

  @Override
  public String toString() {
    return full;
  }
}
