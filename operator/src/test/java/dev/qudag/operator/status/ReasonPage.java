package dev.qudag.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The reference page of reasons: what tests of each kind's vocabulary are held against. */
public final class ReasonPage {
  private static final Path PAGE =
      Path.of(System.getProperty("qudag.root"), "docs/reference/reasons.md");

  private ReasonPage() {}

  /** Every reason has its place in the section of that heading. */
  public static void assertDocuments(String heading, List<String> reasons) {
    String section = section(heading);
    assertThat(reasons)
        .isNotEmpty()
        .allSatisfy(reason -> assertThat(section).contains("`" + reason + "`"));
  }

  /** The constants of a vocabulary that is a class of texts. */
  public static List<String> constants(Class<?> vocabulary) {
    return Arrays.stream(vocabulary.getDeclaredFields())
        .filter(field -> Modifier.isStatic(field.getModifiers()) && field.getType() == String.class)
        .map(
            field -> {
              try {
                field.setAccessible(true);
                return (String) field.get(null);
              } catch (IllegalAccessException e) {
                throw new IllegalStateException(e);
              }
            })
        .toList();
  }

  private static String section(String heading) {
    try {
      String page = Files.readString(PAGE);
      int start = page.indexOf("\n## " + heading + "\n");
      assertThat(start).as("the heading %s of %s", heading, PAGE).isPositive();
      int end = page.indexOf("\n## ", start + 1);
      return end < 0 ? page.substring(start) : page.substring(start, end);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
