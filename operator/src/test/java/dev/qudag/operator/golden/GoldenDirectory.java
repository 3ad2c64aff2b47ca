package dev.qudag.operator.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A folder of {@code in-*.yaml}, what a pass observes, and {@code out-*.yaml}, what it makes. A
 * file that nothing reads or makes is a failure. {@code -Dqudag.golden.write=true} writes what is
 * made, for people to review.
 */
public final class GoldenDirectory {
  private static final KubernetesSerialization YAML = new KubernetesSerialization();
  private static final boolean WRITE = Boolean.getBoolean("qudag.golden.write");

  private final Path folder;
  private final Set<String> used = new TreeSet<>();

  private GoldenDirectory(Path folder) {
    this.folder = folder;
  }

  /** The cases of one kind, each a folder. */
  public static Stream<GoldenDirectory> of(String kind) {
    try (Stream<Path> folders = Files.list(Path.of("src/test/resources/golden", kind))) {
      return folders
          .filter(Files::isDirectory)
          .sorted()
          .map(GoldenDirectory::new)
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public <T extends HasMetadata> T in(String name, Class<T> kind) {
    return findIn(name, kind)
        .orElseThrow(() -> new AssertionError(folder + " has no in-" + name + ".yaml"));
  }

  public <T extends HasMetadata> Optional<T> findIn(String name, Class<T> kind) {
    String file = "in-" + name + ".yaml";
    used.add(file);
    return Files.exists(folder.resolve(file))
        ? Optional.of(YAML.unmarshal(read(file), kind))
        : Optional.empty();
  }

  /** All objects of a kind whose file begins with the name. */
  public <T extends HasMetadata> List<T> allIn(String name, Class<T> kind) {
    List<T> objects = new ArrayList<>();
    for (String file : files()) {
      if (file.startsWith("in-" + name)) {
        used.add(file);
        objects.add(YAML.unmarshal(read(file), kind));
      }
    }
    return objects;
  }

  /** Demands that exactly these objects are in the out files, and that no file was left over. */
  public void check(List<? extends HasMetadata> made) {
    TreeMap<String, String> actual = new TreeMap<>();
    for (HasMetadata object : made) {
      String file = "out-%s-%s.yaml".formatted(object.getKind(), object.getMetadata().getName());
      actual.put(file, YAML.asYaml(sorted(YAML.convertValue(object, Map.class))));
    }
    if (WRITE) {
      actual.forEach(this::write);
    }
    for (var file : actual.entrySet()) {
      used.add(file.getKey());
      assertThat(folder.resolve(file.getKey())).as("golden file of what was made").exists();
      assertThat(file.getValue()).as("%s/%s", folder, file.getKey()).isEqualTo(read(file.getKey()));
    }
    assertThat(files()).as("files of %s, of which every one is used", folder).isSubsetOf(used);
  }

  private static Object sorted(Object content) {
    return switch (content) {
      case Map<?, ?> map -> {
        TreeMap<String, Object> sorted = new TreeMap<>();
        map.forEach((key, value) -> sorted.put(key.toString(), sorted(value)));
        yield sorted;
      }
      case List<?> list -> list.stream().map(GoldenDirectory::sorted).toList();
      default -> content;
    };
  }

  private List<String> files() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String read(String file) {
    try {
      return Files.readString(folder.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(String file, String content) {
    try {
      Files.writeString(folder.resolve(file), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return folder.getFileName().toString();
  }
}
