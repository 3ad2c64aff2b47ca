package dev.qudag.merge.rule;

import static dev.qudag.merge.rule.TestingHunks.change;
import static dev.qudag.merge.rule.TestingHunks.lines;
import static dev.qudag.merge.rule.TestingHunks.mirrored;
import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.merge.text.Hunk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionNumbersTest {
  private final VersionNumbers rule = new VersionNumbers();

  private Hunk raised(String path, String form, String base, String ours, String theirs) {
    return change(
        path, form.replace("#", base), form.replace("#", ours), form.replace("#", theirs));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "pom.xml                | <version>#</version>",
        "pom.xml                | <jackson.version>#</jackson.version>",
        "package.json           | \"version\": \"#\",",
        "package.json           | \"@types/node\": \"^#\",",
        "setup.py               | __version__ = \"#\"",
        "App.java               | public static final String VERSION = \"#\";",
        "values.yaml            | appVersion: v#",
        "Cargo.toml             | serde = \"#\"",
        "requirements.txt       | requests==#",
        "go.mod                 | require golang.org/x/net v#",
      })
  void theHigherOneIsTakenWhenBothSidesRaiseIt(String path, String form) {
    Hunk hunk = raised(path, form, "1.2.9", "1.3.0", "1.2.10");

    assertThat(rule.resolve(hunk)).hasValue(lines(form.replace("#", "1.3.0")));
    assertThat(rule.resolve(mirrored(hunk))).hasValue(lines(form.replace("#", "1.3.0")));
  }

  @ParameterizedTest
  @CsvSource({
    "1.2.3, 1.2.2, 1.2.4", // one side goes back
    "1.2.3, 1.2.3, 1.2.4", // one side keeps it
    "1.2.3, 2.0.0, 1.2.4", // over a major version
    "0.2.3, 0.3.0, 0.2.4", // of which it is the second number while the first is 0
    "1.2.3, 1.2, 1.2.4", // another number of numbers
    "1.2.3, 1.3.0-rc1, 1.2.4", // a suffix
    "1.2.3, 1.2.3.4.5, 1.2.4", // no version
    "1.2.3, v1.3.0, 1.2.4" // written in another way
  })
  void anythingElseIsLeftToPeople(String base, String ours, String theirs) {
    Hunk hunk = raised("pom.xml", "<version>#</version>", base, ours, theirs);

    assertThat(rule.resolve(hunk)).isEmpty();
    assertThat(rule.resolve(mirrored(hunk))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "App.java          | timeout = #;",
        "App.java          | if (version == \"#\") {",
        "App.java          | version = \"#\"; // since 1.0.0",
        "package.json      | \"threshold\": #,",
        "nginx.conf        | listen #;",
        "Cargo.lock        | version = \"#\"",
        "package-lock.json | \"version\": \"#\",",
      })
  void aNumberThatIsNoVersionOrNotAloneIsLeftToPeople(String path, String form) {
    assertThat(rule.resolve(raised(path, form, "1.2.3", "1.2.4", "1.2.5"))).isEmpty();
  }

  @Test
  void severalVersionsAreTakenFromOneSide() {
    var base = "a.version=1.0.0\nb.version=1.0.0\n";
    var ours = "a.version=1.2.0\nb.version=1.1.0\n";

    assertThat(rule.resolve(change("x", base, ours, "a.version=1.1.0\nb.version=1.1.0\n")))
        .hasValue(lines(ours));
    assertThat(rule.resolve(change("x", base, ours, "a.version=1.1.0\nb.version=1.2.0\n")))
        .as("what none of the two sides has tried together")
        .isEmpty();
    assertThat(rule.resolve(change("x", base, ours, "a.version=1.1.0\n"))).isEmpty();
  }

  @Test
  void aLineOfAMegabyteIsNotLookedAt() {
    var form = "v ".repeat(500_000) + "version = \"#\"";

    assertThat(rule.resolve(raised("f", form, "1.2.3", "1.2.4", "1.2.5"))).isEmpty();
  }
}
