package dev.qudag.node.hub.book;

import dev.qudag.node.disk.DurableFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Values by name, each a JSON file that is replaced whole, all of them in memory as well. A value
 * that {@link #put} has taken is on disk. Not safe for threads: the book that owns a shelf has the
 * lock.
 */
final class Shelf<T> {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9-]{0,127}");
  private static final String SUFFIX = ".json";

  private final Path folder;
  private final Map<String, T> values = new TreeMap<>();

  private Shelf(Path folder) {
    this.folder = folder;
  }

  static <T> Shelf<T> open(Path folder, Class<T> type) throws IOException {
    Files.createDirectories(folder);
    var shelf = new Shelf<T>(folder);
    try (var files = Files.list(folder)) {
      for (Path file : files.filter(path -> path.toString().endsWith(SUFFIX)).toList()) {
        String name = file.getFileName().toString();
        shelf.values.put(
            name.substring(0, name.length() - SUFFIX.length()),
            Json.read(Files.readAllBytes(file), type));
      }
    }
    return shelf;
  }

  static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  Optional<T> find(String name) {
    return Optional.ofNullable(values.get(name));
  }

  List<T> all() {
    return List.copyOf(values.values());
  }

  void put(String name, T value) {
    if (!isName(name)) {
      throw new IllegalArgumentException("the name " + name + " does not match " + NAME);
    }
    try {
      DurableFiles.write(folder.resolve(name + SUFFIX), Json.write(value));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot keep " + name + " in " + folder, e);
    }
    values.put(name, value);
  }
}
