package dev.qudag.merge.rule;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A line that says the version of a dependency, and nothing else.
 *
 * @param form the line with {@code #} in place of the numbers
 * @param numbers major, minor, patch
 */
record VersionLine(String form, List<Integer> numbers) {
  /** Three numbers alone: what has a suffix, or another number of them, has an order of its own. */
  private static final Pattern VERSION =
      Pattern.compile(
          "(?<![\\w.+#-])(v?)" + "((?:0|[1-9]\\d{0,8})(?:\\.(?:0|[1-9]\\d{0,8})){2})(?![\\w.+-])");

  /** Characters; a longer line is no line that a person wrote a version on. */
  private static final int LONGEST = 300;

  VersionLine {
    numbers = List.copyOf(numbers);
  }

  /**
   * @return empty when the line has no version, two of them, or anything beside
   */
  static Optional<VersionLine> parse(Manifest manifest, String line) {
    if (line.length() > LONGEST || line.indexOf('#') >= 0) {
      return Optional.empty();
    }
    var version = VERSION.matcher(line);
    if (!version.find()) {
      return Optional.empty();
    }
    var numbers = Arrays.stream(version.group(2).split("\\.", -1)).map(Integer::valueOf).toList();
    return Optional.of(new VersionLine(formOf(line), numbers))
        .filter(parsed -> manifest.isDependency(parsed.form));
  }

  /** The line with {@code #} in place of the first version on it. */
  static String formOf(String line) {
    return VERSION.matcher(line).replaceFirst("$1#");
  }

  /**
   * Whether this is a later version of the same thing, which by the rules of semantic versioning
   * breaks nobody: of major and minor the first that is not 0 is the same, and one is not 0.
   */
  boolean raises(VersionLine base) {
    return form.equals(base.form) && compareNumbers(base) > 0 && staysCompatible(base);
  }

  private boolean staysCompatible(VersionLine other) {
    int major = numbers.getFirst();
    int minor = numbers.get(1);
    return major == other.numbers.getFirst()
        && (major != 0 || (minor != 0 && minor == other.numbers.get(1)));
  }

  /** By the first number that differs. */
  int compareNumbers(VersionLine other) {
    return Arrays.compare(
        numbers.stream().mapToInt(Integer::intValue).toArray(),
        other.numbers.stream().mapToInt(Integer::intValue).toArray());
  }
}
