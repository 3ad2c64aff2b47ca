package dev.qudag.merge.rule;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A file in which versions of dependencies are written, each on a line of its own. The version of
 * the project, a schema or a protocol is none of them: of two changes that each raise it, each
 * means a number of its own.
 */
enum Manifest {
  /** {@code <jackson.version>1.2.3</jackson.version>} among the properties. */
  MAVEN(
      "pom.xml",
      "\\s*<properties>",
      "\\s*|\\s*<([\\w.-]+)>[^<]*</\\1>",
      "\\s*<(?!(?:project|release|app|product|schema|protocol|format|database|db|api)\\.version>)"
          + "([\\w.-]+\\.version)>#</\\1>"),

  /** {@code "react": "^1.2.3",} among the dependencies. */
  NPM(
      "package.json",
      "\\s*\"(?:d|devD|peerD|optionalD)ependencies\": \\{",
      "\\s*\"[^\"]+\": \"[^\"]*\",?",
      "\\s*\"[\\w@/.-]+\": \"[\\^~]?#\",?"),

  /** {@code serde = "1.2.3"} among the dependencies. */
  CARGO(
      "Cargo.toml",
      "\\[(?:workspace\\.)?(?:dev-|build-)?dependencies]",
      "(?!\\[).*",
      "[\\w-]+ = \"[\\^~=]?#\""),

  /** {@code golang.org/x/net v1.2.3} in {@code require ( … )}. */
  GO("go.mod", "require \\(", "\\t.*", "\\t[\\w./-]+ v#(?: // indirect)?"),

  /** {@code requests==1.2.3}, anywhere. */
  PIP("requirements.txt", ".*", ".*", "[\\w.-]+(?:\\[[\\w,-]+])?==#");

  /** Lines that are looked at for the opening. */
  private static final int FURTHEST = 1000;

  private final String fileName;
  private final Pattern opening;
  private final Pattern entry;
  private final Pattern dependency;

  /**
   * @param opening the line that the dependencies stand below
   * @param entry what stands between it and a dependency
   * @param dependency with {@code #} in place of the numbers
   */
  Manifest(String fileName, String opening, String entry, String dependency) {
    this.fileName = fileName;
    this.opening = Pattern.compile(opening);
    this.entry = Pattern.compile(entry);
    this.dependency = Pattern.compile(dependency);
  }

  static Optional<Manifest> of(String fileName) {
    return Arrays.stream(values()).filter(known -> known.fileName.equals(fileName)).findFirst();
  }

  /**
   * Whether dependencies stand below those lines.
   *
   * @param before from the start of the file
   */
  boolean listsBelow(List<String> before) {
    int from = Math.max(0, before.size() - FURTHEST);
    for (var line : before.subList(from, before.size()).reversed()) {
      if (opening.matcher(line).matches()) {
        return true;
      }
      if (!entry.matcher(line).matches()) {
        return false;
      }
    }
    return this == PIP;
  }

  /** Whether it is the form of a dependency. */
  boolean isDependency(String form) {
    return dependency.matcher(form).matches();
  }
}
