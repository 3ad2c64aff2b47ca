package dev.qudag.merge.rule;

import static dev.qudag.merge.rule.TestingHunks.change;
import static dev.qudag.merge.rule.TestingHunks.lines;
import static dev.qudag.merge.rule.TestingHunks.mirrored;
import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.merge.text.Hunk;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionNumbersTest {
  private final VersionNumbers rule = new VersionNumbers();

  /** Where the files list dependencies. */
  private static final Map<String, String> ABOVE =
      Map.of(
          "pom.xml", "<project>\n  <properties>\n    <a>b</a>\n",
          "package.json", "{\n  \"devDependencies\": {\n    \"a\": \"*\",\n",
          "Cargo.toml", "[package]\nversion = \"1.0.0\"\n\n[dependencies]\na = \"1\"\n",
          "requirements.txt", "",
          "go.mod", "module m\n\nrequire (\n\ta v1.0.0-rc1\n");

  private static Hunk raised(String path, String form, String base, String ours, String theirs) {
    return raised(path, ABOVE.getOrDefault(path, ""), form, base, ours, theirs);
  }

  private static Hunk raised(
      String path, String before, String form, String base, String ours, String theirs) {
    return change(
        path, before, form.replace("#", base), form.replace("#", ours), form.replace("#", theirs));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "pom.xml                | <jackson.version>#</jackson.version>",
        "package.json           | \"@types/node\": \"^#\",",
        "Cargo.toml             | serde = \"#\"",
        "requirements.txt       | requests==#",
        "go.mod                 | `\tgolang.org/x/net v#`",
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
    "0.0.3, 0.0.5, 0.0.4", // and the third while both are
    "1.2.3, 1.2, 1.2.4", // another number of numbers
    "1.2, 1.3, 1.4", // 1.10 may be below 1.9
    "1.2.3, 1.3.0-rc1, 1.2.4", // a suffix
    "1.2.3, 1.2.3.4.5, 1.2.4", // no version
    "1.2.3, 1.2.04, 1.2.5", // a date, perhaps
    "1.2.3, v1.3.0, 1.2.4" // written in another way
  })
  void anythingElseIsLeftToPeople(String base, String ours, String theirs) {
    Hunk hunk = raised("pom.xml", "<a.version>#</a.version>", base, ours, theirs);

    assertThat(rule.resolve(hunk)).isEmpty();
    assertThat(rule.resolve(mirrored(hunk))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "App.java          | timeout = #;",
        "App.java          | static final String SCHEMA_VERSION = \"#\";",
        "setup.py          | version = \"#\"",
        "values.yaml       | conversion: #",
        "pom.xml           | <version>#</version>",
        "pom.xml           | <schema.version>#</schema.version>",
        "package.json      | \"threshold\": #,",
        "Cargo.toml        | a = { version = \"#\" }",
        "Cargo.lock        | version = \"#\"",
        "package-lock.json | \"a\": \"#\",",
      })
  void aNumberThatIsNoDependencysIsLeftToPeople(String path, String form) {
    assertThat(rule.resolve(raised(path, form, "1.2.3", "1.2.4", "1.2.5"))).isEmpty();
  }

  /** Of two changes that raise the project's version, each means a number of its own. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "package.json | {                           | \"version\": \"#\",",
        "package.json | \"overrides\": {            | \"a\": \"#\",",
        "Cargo.toml   | [package]                   | version = \"#\"",
        "Cargo.toml   | [package.metadata]          | a = \"#\"",
        "pom.xml      | <parent>                    | <a.version>#</a.version>",
        "go.mod       | exclude (                   | `\ta/b v#`",
      })
  void outsideOfTheDependenciesItIsLeftToPeople(String path, String above, String form) {
    var before = ABOVE.get(path) + "x\n" + above + "\n";

    assertThat(rule.resolve(raised(path, before, form, "1.2.3", "1.2.4", "1.2.5"))).isEmpty();
  }

  @Test
  void severalVersionsAreTakenFromOneSide() {
    var path = "requirements.txt";
    var base = "a==1.0.0\nb==1.0.0\n";
    var ours = "a==1.2.0\nb==1.1.0\n";

    assertThat(rule.resolve(change(path, base, ours, "a==1.1.0\nb==1.1.0\n")))
        .hasValue(lines(ours));
    assertThat(rule.resolve(change(path, base, ours, "a==1.1.0\nb==1.2.0\n")))
        .as("what none of the two sides has tried together")
        .isEmpty();
    assertThat(rule.resolve(change(path, base, ours, "a==1.1.0\n"))).isEmpty();
  }

  @Test
  void aLineOfAMegabyteIsNotLookedAt() {
    var form = "v".repeat(1_000_000) + "==#";

    assertThat(rule.resolve(raised("requirements.txt", form, "1.2.3", "1.2.4", "1.2.5"))).isEmpty();
  }
}
