package dev.qudag.consensus.chain.field;

import dev.qudag.crypto.Bytes;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The bounds of every text in a statement: agents write some of them, and people and terminals read
 * them.
 */
public final class Fields {
  public static final int MAX_NAME = 253;
  public static final int MAX_TITLE = 256;
  public static final int MAX_MESSAGE = 8192;
  public static final int MAX_LIST = 256;

  private static final Pattern OBJECT_ID = Pattern.compile("[0-9a-f]{40}");
  private static final Pattern BRANCH =
      Pattern.compile("refs/heads/[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*)*");

  private Fields() {}

  /** A Git object id: 40 lower-case hexadecimal digits. */
  public static String objectId(String field, String value) {
    require(OBJECT_ID.matcher(value).matches(), field, value, "40 lower-case hexadecimal digits");
    return value;
  }

  /** A full ref name below refs/heads/. */
  public static String branch(String value) {
    boolean safe = value.length() <= MAX_NAME && BRANCH.matcher(value).matches();
    require(
        safe && !value.contains("..") && !value.endsWith(".lock"),
        "branch",
        value,
        "a full name refs/heads/…");
    return value;
  }

  /** A number of things: not negative. */
  public static void count(String field, long value) {
    require(value >= 0, field, Long.toString(value), "not negative");
  }

  /** One line of 1 to 253 characters, without control characters. */
  public static String name(String field, String value) {
    require(!value.isBlank(), field, value, "not blank");
    return line(field, value, MAX_NAME);
  }

  /**
   * One line of at most {@code max} characters, without control or other invisible formatting
   * characters.
   */
  public static String line(String field, String value, int max) {
    require(
        value.length() <= max,
        field,
        value,
        "at most " + max + " characters, has " + value.length());
    require(
        value.codePoints().allMatch(Printable::is),
        field,
        value,
        "one line without control characters");
    return value;
  }

  /** Several lines of at most {@code max} characters together: as {@link #line}, and line feeds. */
  public static String lines(String field, String value, int max) {
    require(
        value.length() <= max,
        field,
        value,
        "at most " + max + " characters, has " + value.length());
    boolean printable = value.codePoints().allMatch(c -> c == '\n' || Printable.is(c));
    require(printable, field, value, "lines without control characters");
    return value;
  }

  public static <T> List<T> list(String field, List<T> values) {
    return list(field, values, MAX_LIST);
  }

  /** A list of at most so many entries. */
  public static <T> List<T> list(String field, List<T> values, int most) {
    require(
        values.size() <= most, field, values.size() + " entries", "at most " + most + " entries");
    return List.copyOf(values);
  }

  public static void distinct(String field, List<?> values) {
    Set<Object> seen = new HashSet<>();
    for (Object value : values) {
      require(seen.add(value), field, String.valueOf(value), "each of them once");
    }
  }

  public static Bytes size(String field, Bytes value, int size) {
    require(value.size() == size, field, value.toString(), size + " bytes");
    return value;
  }

  public static void require(boolean holds, String field, String value, String expected) {
    if (!holds) {
      throw new IllegalArgumentException(
          field + ": expected " + expected + ", found \"" + shown(value) + "\"");
    }
  }

  /** What a message may repeat of a hostile value. */
  private static String shown(String value) {
    StringBuilder shown = new StringBuilder();
    value
        .codePoints()
        .limit(80)
        .map(c -> Printable.is(c) ? c : '?')
        .forEach(shown::appendCodePoint);
    return shown.toString();
  }
}
