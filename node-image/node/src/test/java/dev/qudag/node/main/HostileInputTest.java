package dev.qudag.node.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page on hostile input claims what tests show: each test that it names is there. */
class HostileInputTest {
  private static final Path ROOT = Path.of(System.getProperty("qudag.root"));
  private static final Pattern NAMED = Pattern.compile("`(\\w+(?:Test|IT|E2E))\\.(\\w+)`");

  @Test
  void everyTestThatThePageNamesIsThere() throws IOException {
    String page = Files.readString(ROOT.resolve("docs/explanation/hostile-input.md"));
    Map<String, String> tests = tests();

    assertThat(NAMED.matcher(page).results().toList())
        .hasSizeGreaterThan(50)
        .allSatisfy(
            named ->
                assertThat(tests.getOrDefault(named.group(1), ""))
                    .as(named.group())
                    .contains("void " + named.group(2) + "("));
  }

  /** The sources of tests by name; of those with one name, all. */
  private static Map<String, String> tests() throws IOException {
    var tests = new HashMap<String, String>();
    Files.walkFileTree(
        ROOT,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            String name = folder.getFileName().toString();
            return name.equals("target") || (name.startsWith(".") && !folder.equals(ROOT))
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String name = file.getFileName().toString();
            if (name.matches("\\w+(Test|IT|E2E)\\.java")) {
              tests.merge(name.substring(0, name.length() - 5), read(file), String::concat);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return tests;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
