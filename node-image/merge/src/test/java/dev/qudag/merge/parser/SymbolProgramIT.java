package dev.qudag.merge.parser;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.qudag.merge.symbol.Definition;
import dev.qudag.merge.symbol.Language;
import dev.qudag.merge.symbol.SymbolReader;
import dev.qudag.merge.symbol.SymbolReading;
import dev.qudag.merge.symbol.SymbolReading.TextOnly;
import dev.qudag.merge.symbol.SymbolReading.Why;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SymbolProgramIT {
  @TempDir Path folder;

  @Test
  void readsWhatAFileDefinesAndUses() {
    try (var program = TestingSymbols.open()) {
      var reading =
          program.read("src/A.java", "class A {\n  int f() { return g(); }\n}".getBytes(UTF_8));

      assertThat(reading)
          .isInstanceOfSatisfying(
              SymbolReading.Known.class,
              known -> {
                assertThat(known.symbols().definitions())
                    .extracting(Definition::qualified)
                    .containsExactly("A", "A.f");
                var method = known.symbols().definitions().getLast();
                assertThat(method.kind()).isEqualTo(Definition.Kind.Callable);
                assertThat(method.firstLine()).isEqualTo(2);
                assertThat(method.uses()).containsExactly("g");
              });
    }
  }

  @Test
  void twoProcessesGiveTheSameAnswer() {
    var source = "def f(a):\n    return g(a)\n".getBytes(UTF_8);
    try (var one = TestingSymbols.open();
        var other = TestingSymbols.open()) {
      var first = one.read(Language.Python, source);

      assertThat(other.read(Language.Python, source)).isEqualTo(first);
      assertThat(one.read(Language.Python, source)).isEqualTo(first);
      assertThat(one.identity())
          .isEqualTo(other.identity())
          .matches("qudag-symbols .* [0-9a-f]{64}");
    }
  }

  @Test
  void whatCannotBeParsedIsTextOnly() {
    try (var program = TestingSymbols.open()) {
      assertThat(program.read("README.md", new byte[0])).isEqualTo(new TextOnly(Why.NoLanguage));
      assertThat(program.read("a.go", "package".getBytes(UTF_8)))
          .isEqualTo(new TextOnly(Why.Unparsable));
      assertThat(program.read("a.py", new byte[] {(byte) 0xff}))
          .isEqualTo(new TextOnly(Why.NotUtf8));
      assertThat(program.read("a.py", new byte[10 * 1024 * 1024]))
          .isEqualTo(new TextOnly(Why.TooLarge));
    }
  }

  @Test
  void hostileNestingDoesNotStallIt() {
    var half = SymbolReader.MOST_BYTES / 2 - 8;
    var bomb = ("x = " + "[".repeat(half) + "]".repeat(half)).getBytes(UTF_8);
    try (var program = TestingSymbols.open()) {
      assertThat(program.read(Language.Python, bomb)).isEqualTo(new TextOnly(Why.TooComplex));
      assertThat(program.read(Language.Python, new byte[0]))
          .isInstanceOf(SymbolReading.Known.class);
    }
  }

  @Test
  void withoutTheProgramEveryFileIsTextOnly() {
    try (var none = new SymbolProgram(Optional.empty(), Duration.ofSeconds(1))) {
      assertThat(none.identity()).isEqualTo("none");
      assertThat(none.read("A.java", new byte[0])).isEqualTo(new TextOnly(Why.NoParser));
    }
  }

  @Test
  void aCrashIsAFailureAndTheNextQuestionStartsItAgain() throws IOException {
    var real = TestingSymbols.program();
    var crashing =
        script("[ -e once ] && [ -e twice ] && exec %s; [ -e once ] && : >twice; : >once; exit 3");
    try (var program = new SymbolProgram(Optional.of(crashing), Duration.ofSeconds(20))) {
      assertThat(program.read(Language.Go, "package p\n".getBytes(UTF_8)))
          .isInstanceOf(SymbolReading.Failed.class);
      assertThat(real).isExecutable();
      assertThat(program.read(Language.Go, "package p\n".getBytes(UTF_8)))
          .isInstanceOf(SymbolReading.Known.class);
    }
  }

  @Test
  void oneCrashIsNotSeen() throws IOException {
    var crashing = script("[ -e once ] && exec %s; : >once; exit 3");
    try (var program = new SymbolProgram(Optional.of(crashing), Duration.ofSeconds(20))) {
      assertThat(program.read(Language.Go, "package p\n".getBytes(UTF_8)))
          .isInstanceOf(SymbolReading.Known.class);
    }
  }

  @Test
  void whatDoesNotAnswerIsKilled() throws IOException {
    var hanging = script("exec tail -f /dev/null");
    try (var program = new SymbolProgram(Optional.of(hanging), Duration.ofMillis(200))) {
      assertThat(program.read(Language.Go, "package p\n".getBytes(UTF_8)))
          .isInstanceOfSatisfying(
              SymbolReading.Failed.class,
              failed -> assertThat(failed.message()).contains("killed after PT0.2S"));
    }
  }

  @Test
  void aProgramThatDoesNotSayItsVersionIsNoEngine() throws IOException {
    var silent = script("exit 1");
    try (var program = new SymbolProgram(Optional.of(silent), Duration.ofSeconds(20))) {
      assertThatThrownBy(program::identity)
          .isInstanceOf(ParserException.class)
          .hasMessageContaining("ended with 1");
    }
  }

  /** In its folder; {@code %s} is the real program. */
  private Path script(String text) throws IOException {
    var file = folder.resolve("program");
    Files.writeString(
        file,
        "#!/bin/sh\nPATH=/usr/bin:/bin\ncd "
            + folder
            + " || exit 9\n"
            + text.replace("%s", TestingSymbols.program().toString())
            + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    return file;
  }
}
