package dev.qudag.merge;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A Git object id: exactly 40 lower-case hex digits, so it can never be read as an option, a range
 * or a ref.
 *
 * @param hex the digits
 */
public record ObjectId(String hex) implements Comparable<ObjectId> {
  private static final Pattern FORM = Pattern.compile("[0-9a-f]{40}");

  /** The id that Git uses for "does not exist". */
  public static final ObjectId ZERO = new ObjectId("0".repeat(40));

  /** The tree without entries; git knows it without storing it. */
  public static final ObjectId EMPTY_TREE =
      new ObjectId("4b825dc642cb6eb9a060e54bf8d69288fbee4904");

  public ObjectId {
    if (!FORM.matcher(hex).matches()) {
      throw new IllegalArgumentException(
          "an object id is 40 lower-case hex digits, not '" + Printable.of(hex) + "'");
    }
  }

  public static ObjectId of(String hex) {
    return new ObjectId(hex);
  }

  /** Empty when the text, which may come from anywhere, is no object id. */
  public static Optional<ObjectId> parse(String text) {
    return FORM.matcher(text).matches() ? Optional.of(new ObjectId(text)) : Optional.empty();
  }

  /** The first twelve digits, for people. */
  public String abbreviated() {
    return hex.substring(0, 12);
  }

  @Override
  public int compareTo(ObjectId other) {
    return hex.compareTo(other.hex);
  }

  @Override
  public String toString() {
    return hex;
  }
}
