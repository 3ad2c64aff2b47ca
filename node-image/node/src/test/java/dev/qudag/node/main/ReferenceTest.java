package dev.qudag.node.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Environment variables and metrics are public: each one has its line in docs/reference. */
class ReferenceTest {
  private static final Path ROOT = Path.of(System.getProperty("qudag.root"));

  @Test
  void everyEnvironmentVariableIsDocumented() throws IOException {
    assertDocumented("environment.md", "\"(QUDAG_[A-Z_]+)\"", "QUDAG_NODE_NAME");
  }

  @Test
  void everyMetricIsDocumented() throws IOException {
    assertDocumented("metrics.md", "\"(qudag_[a-z_]+)\"", "qudag_validator_height");
  }

  /** The sources hold the one that is known, and the page has a row for each that they hold. */
  private static void assertDocumented(String file, String pattern, String known)
      throws IOException {
    String page = Files.readString(ROOT.resolve("docs/reference").resolve(file));

    assertThat(inSources(pattern))
        .contains(known)
        .allSatisfy(name -> assertThat(page).contains("| `" + name + "` |"));
  }

  private static TreeSet<String> inSources(String pattern) throws IOException {
    Pattern wanted = Pattern.compile(pattern);
    try (var files = Files.walk(ROOT.resolve("node-image/node/src/main/java"))) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .map(ReferenceTest::read)
          .flatMap(text -> wanted.matcher(text).results())
          .map((MatchResult found) -> found.group(1))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
