package dev.qudag.merge.git;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A case of src/test/resources/conflicts or structure: {@code path}, {@code outcome}, {@code rules}
 * (of the hunks, in order, {@code -} for none) and, where it is not told by these, {@code
 * category}; then the file as {@code == base}, {@code == ours}, {@code == theirs}, and {@code ==
 * merged} where rules resolve it.
 */
record ConflictCase(String name, Map<String, String> heads, Map<String, String> versions) {
  private static final String SECTION = "== ";

  /** What pattern rules make of conflicts. */
  static List<ConflictCase> all() {
    return in("conflicts");
  }

  /** What structured merges make of those that no rule resolves. */
  static List<ConflictCase> ofStructure() {
    return in("structure");
  }

  private static List<ConflictCase> in(String name) {
    var folder = Path.of("src/test/resources", name);
    try (var files = Files.list(folder)) {
      return files.sorted().map(ConflictCase::read).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ConflictCase read(Path file) {
    var heads = new HashMap<String, String>();
    var versions = new HashMap<String, String>();
    var section = "";
    try {
      for (var line : Files.readAllLines(file)) {
        if (line.startsWith(SECTION)) {
          section = line.substring(SECTION.length());
          versions.put(section, "");
        } else if (section.isEmpty()) {
          var parts = line.split(": ", 2);
          heads.put(parts[0], parts[1]);
        } else {
          versions.merge(section, line + "\n", String::concat);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new ConflictCase(file.getFileName().toString(), heads, versions);
  }

  String path() {
    return heads.get("path");
  }

  String outcome() {
    return heads.get("outcome");
  }

  Optional<String> category() {
    return Optional.ofNullable(heads.get("category"));
  }

  List<String> rules() {
    return List.of(heads.get("rules").split(" "));
  }

  String version(String side) {
    return versions.get(side);
  }

  Optional<String> merged() {
    return Optional.ofNullable(versions.get("merged"));
  }
}
