package dev.qudag.merge.git.structure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.merge.git.structure.Mergiraf.Answer;
import dev.qudag.merge.symbol.Language;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** mergiraf as a process: what it is told, what it may cost, and how its end is read. */
class MergirafIT {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final String BASE =
      "class A {\n  int a() { return 1; }\n  int b() { return 2; }\n}\n";

  @TempDir Path folder;

  private static Answer merge(MergirafSettings settings, Duration limit) {
    return merge(
        settings, Language.Java, BASE, BASE.replace("1", "10"), BASE.replace("2", "20"), limit);
  }

  private static Answer merge(
      MergirafSettings settings,
      Language language,
      String base,
      String ours,
      String theirs,
      Duration limit) {
    return new Mergiraf(settings)
        .merge(language, base.getBytes(UTF_8), ours.getBytes(UTF_8), theirs.getBytes(UTF_8), limit);
  }

  @Test
  void thePinnedVersionIsTheOneThatIsBuilt() {
    assertThat(new Mergiraf(TestingMergiraf.settings()).version())
        .isEqualTo("mergiraf " + TestingMergiraf.VERSION);
    assertThat(new Mergiraf(TestingMergiraf.none()).version()).isEqualTo("none");
  }

  @Test
  void whatItMergesAndWhatItLeavesIsTold() {
    assertThat(merge(TestingMergiraf.settings(), LONG))
        .isInstanceOfSatisfying(
            Answer.Merged.class,
            merged ->
                assertThat(new String(merged.bytes(), UTF_8))
                    .isEqualTo(BASE.replace("1", "10").replace("2", "20")));
    assertThat(
            merge(
                TestingMergiraf.settings(),
                Language.Java,
                BASE,
                BASE.replace("1", "10"),
                BASE.replace("1", "11"),
                LONG))
        .isInstanceOf(Answer.Conflicts.class);
  }

  /** With an unknown one it would merge by lines. */
  @Test
  void everyLanguageIsOneThatItKnows() {
    for (var language : Language.values()) {
      var base =
          switch (language) {
            case Java -> "class A {\n  int a = 1;\n  int b = 1;\n}\n";
            case Python -> "a = 1\nb = 1\n";
            case JavaScript, TypeScript, Tsx -> "let a = 1;\nlet b = 1;\n";
            case Go -> "package a\n\nvar a = 1\nvar b = 1\n";
            case Rust -> "const A: u8 = 1;\nconst B: u8 = 1;\n";
          };
      var theirs =
          base.substring(0, base.lastIndexOf('1'))
              + base.substring(base.lastIndexOf('1')).replace("1", "2");

      assertThat(
              merge(
                  TestingMergiraf.settings(),
                  language,
                  base,
                  base.replaceFirst("1", "3"),
                  theirs,
                  LONG))
          .as("%s", language)
          .isInstanceOf(Answer.Merged.class);
    }
  }

  @Test
  void itIsKilledAtItsLimit() {
    var sleeping = TestingMergiraf.inItsPlace(folder, "exec /bin/sleep 600");

    assertThat(merge(sleeping, Duration.ofMillis(200)))
        .isInstanceOfSatisfying(
            Answer.Stopped.class, stopped -> assertThat(stopped.why()).startsWith("exit 137"));
  }

  @Test
  void anEndByItselfThatIsNoneOfItsOwnIsNoAnswer() {
    assertThat(merge(TestingMergiraf.inItsPlace(folder, "kill -ABRT $$"), LONG))
        .isInstanceOf(Answer.Stopped.class);
    assertThat(merge(TestingMergiraf.inItsPlace(folder, "exit 255"), LONG))
        .isInstanceOf(Answer.Stopped.class);
  }

  @Test
  void moreThanItMaySayIsNoAnswer() {
    assertThat(merge(TestingMergiraf.inItsPlace(folder, "exec /usr/bin/yes"), LONG))
        .isEqualTo(new Answer.Stopped("more than 262144 bytes"));
  }

  @Test
  void theKernelHoldsItToItsLimits() {
    var telling = TestingMergiraf.inItsPlace(folder, "ulimit -d; ulimit -f; ulimit -c; ulimit -t");

    assertThat(merge(telling, LONG))
        .isInstanceOfSatisfying(
            Answer.Merged.class,
            merged ->
                assertThat(new String(merged.bytes(), UTF_8))
                    .as("KiB of memory, blocks of files and of core, seconds of CPU")
                    .isEqualTo("196608\n0\n0\n30\n"));
  }

  @Test
  void itWritesNoFileAndFindsNobodysConfiguration() {
    var curious =
        TestingMergiraf.inItsPlace(
            folder,
            "(echo x >left) 2>/dev/null; [ -s left ] && exit 3; echo \"$HOME $PATH $XDG_CACHE_HOME\"");

    assertThat(merge(curious, LONG))
        .isInstanceOfSatisfying(
            Answer.Merged.class,
            merged ->
                assertThat(new String(merged.bytes(), UTF_8))
                    .isEqualTo("/dev/null /dev/null /dev/null\n"));
  }

  @Test
  void deepNestingHarmsNobody() {
    var deep = "class A { int a = " + "(".repeat(60_000) + "1" + ")".repeat(60_000) + "; }\n";

    assertThat(
            merge(
                TestingMergiraf.settings(),
                Language.Java,
                deep,
                deep.replace("1", "2"),
                deep.replace("1", "3"),
                LONG))
        .isNotInstanceOf(Answer.Merged.class);
  }

  @Test
  void nothingIsLeftOfItsFiles() throws Exception {
    var remembering = TestingMergiraf.inItsPlace(folder, "pwd");

    assertThat(merge(remembering, LONG))
        .isInstanceOfSatisfying(
            Answer.Merged.class,
            merged ->
                assertThat(Path.of(new String(merged.bytes(), UTF_8).strip()))
                    .satisfies(was -> assertThat(Files.exists(was)).isFalse()));
  }
}
