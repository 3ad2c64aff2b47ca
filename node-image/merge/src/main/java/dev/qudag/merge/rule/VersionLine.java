package dev.qudag.merge.rule;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A line that says one version, in a form that says nothing else.
 *
 * @param form the line with {@code #} in place of the numbers
 * @param numbers two to four of them, the most significant first
 */
record VersionLine(String form, List<Integer> numbers) {
  /** Numbers alone: a version with a suffix has an order of its own. */
  private static final Pattern VERSION =
      Pattern.compile("(?<![\\w.+#-])(v?)(\\d{1,9}(?:\\.\\d{1,9}){1,3})(?![\\w.+-])");

  /** {@code version = "#"}, {@code "version": "v#",}, {@code String API_VERSION = "#";}. */
  private static final Pattern ASSIGNMENT =
      Pattern.compile(
          "\\s*(?:\\w+ )*[\"']?[\\w.-]*version[\\w.-]*[\"']?\\s*[:=]\\s*[\"']?v?#[\"']?[,;]?",
          Pattern.CASE_INSENSITIVE);

  /** {@code <some.version>#</some.version>}. */
  private static final Pattern ELEMENT =
      Pattern.compile("\\s*<([\\w.-]*version[\\w.-]*)>v?#</\\1>", Pattern.CASE_INSENSITIVE);

  /** How a dependency is written in the files of that name; of three numbers. */
  private static final Map<String, Pattern> MANIFESTS =
      Map.of(
          "package.json", Pattern.compile("\\s*\"[\\w@/.-]+\": \"[\\^~]?#\",?"),
          "Cargo.toml", Pattern.compile("[\\w-]+ = \"[\\^~=]?#\""),
          "requirements.txt", Pattern.compile("[\\w.-]+(?:\\[[\\w,-]+])?==#"),
          "go.mod", Pattern.compile("(?:\\t|require )[\\w./-]+ v#(?: // indirect)?"));

  private static final int OF_A_DEPENDENCY = 3;

  /** Characters; a longer line is no line that a person wrote a version on. */
  private static final int LONGEST = 300;

  VersionLine {
    numbers = List.copyOf(numbers);
  }

  /**
   * @param fileName without folders
   * @return empty when the line has no version, two of them, or anything beside
   */
  static Optional<VersionLine> parse(String fileName, String line) {
    if (line.length() > LONGEST || line.indexOf('#') >= 0) {
      return Optional.empty();
    }
    var version = VERSION.matcher(line);
    if (!version.find()) {
      return Optional.empty();
    }
    var numbers = Arrays.stream(version.group(2).split("\\.", -1)).map(Integer::valueOf).toList();
    var parsed = new VersionLine(formOf(line), numbers);
    return parsed.isDependencyOf(fileName)
            || ASSIGNMENT.matcher(parsed.form).matches()
            || ELEMENT.matcher(parsed.form).matches()
        ? Optional.of(parsed)
        : Optional.empty();
  }

  /** The line with {@code #} in place of the first version on it. */
  static String formOf(String line) {
    return VERSION.matcher(line).replaceFirst("$1#");
  }

  private boolean isDependencyOf(String fileName) {
    return numbers.size() == OF_A_DEPENDENCY
        && Optional.ofNullable(MANIFESTS.get(fileName))
            .filter(dependency -> dependency.matcher(form).matches())
            .isPresent();
  }

  /**
   * Whether this is a later version of the same thing, which by the rules of semantic versioning
   * breaks nobody: the first number that is not 0 of those that may break is the same.
   */
  boolean raises(VersionLine base) {
    return isLike(base) && compareNumbers(base) > 0 && sameMajor(base);
  }

  private boolean isLike(VersionLine other) {
    return form.equals(other.form) && numbers.size() == other.numbers.size();
  }

  private boolean sameMajor(VersionLine other) {
    int major = numbers.getFirst();
    return major == other.numbers.getFirst()
        && (major != 0 || numbers.get(1).equals(other.numbers.get(1)));
  }

  /** By the first number that differs. */
  int compareNumbers(VersionLine other) {
    return Arrays.compare(
        numbers.stream().mapToInt(Integer::intValue).toArray(),
        other.numbers.stream().mapToInt(Integer::intValue).toArray());
  }
}
