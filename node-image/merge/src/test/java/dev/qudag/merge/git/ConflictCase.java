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
 * A case of src/test/resources/conflicts: {@code path}, {@code outcome} and {@code rules} (of the
 * hunks, in order, {@code -} for none), then the file as {@code == base}, {@code == ours}, {@code
 * == theirs}, and {@code == merged} where rules resolve it.
 */
record ConflictCase(String name, Map<String, String> heads, Map<String, String> versions) {
  private static final String SECTION = "== ";

  static List<ConflictCase> all() {
    var folder = Path.of("src/test/resources/conflicts");
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
