package dev.qudag.merge.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.qudag.merge.Analysis;
import dev.qudag.merge.Category;
import dev.qudag.merge.ObjectId;
import dev.qudag.merge.git.process.GitSettings;
import dev.qudag.merge.parser.ParserException;
import dev.qudag.merge.parser.SymbolProgram;
import dev.qudag.merge.parser.TestingSymbols;
import dev.qudag.merge.symbol.Language;
import dev.qudag.merge.symbol.SymbolFinding;
import dev.qudag.merge.symbol.SymbolFinding.By;
import dev.qudag.merge.symbol.SymbolFinding.Rule;
import dev.qudag.merge.tree.TreeLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Merges that are clean as lines, in real git, with the real parser. */
class SymbolCasesIT {
  private static final String ALL = "dev.qudag.merge.git.TestingSource#all";

  private static final SymbolProgram PROGRAM = TestingSymbols.open();

  @TempDir Path directory;
  private TestingHistory history;

  @AfterAll
  static void end() {
    PROGRAM.close();
  }

  @BeforeEach
  void init() {
    history = with(PROGRAM, "hub.git");
  }

  private TestingHistory with(SymbolProgram parser, String name) {
    return new TestingHistory(
        GitRepository.openOrInit(
            directory.resolve(name),
            TestingHistory.MAIN,
            GitSettings.DEFAULT,
            TreeLimits.DEFAULT,
            parser));
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void differentLinesOfOneFunctionAreSemantic(TestingSource source) {
    var clean = merge(source, source.withFirstLineChanged(), source.withLastLineChanged());

    assertThat(clean.category()).isEqualTo(Category.Semantic);
    assertThat(clean.symbols().findings())
        .containsExactly(
            new SymbolFinding(Rule.BothChanged, source.path(), source.symbol(), By.Both, "", ""));
    assertThat(clean.symbols().shared().getFirst().language())
        .isEqualTo(Language.ofPath(source.path()));
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void differentFunctionsOfOneFileAreTextual(TestingSource source) {
    assertNothing(
        merge(source, source.withFirstLineChanged(), source.withTheOtherFunctionChanged()));
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void aCommentIsNoChangeOfAFunction(TestingSource source) {
    assertNothing(merge(source, source.withAComment(), source.withLastLineChanged()));
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void anImportIsNoChangeOfAFunction(TestingSource source) {
    assertNothing(merge(source, source.withAnImport(), source.withLastLineChanged()));
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void anotherSignatureAndANewCallAreSemantic(TestingSource source) {
    assertUsed(
        merge(source, source.withAnotherSignature(), source.withACall()), Rule.SignatureAndUsed);
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void anotherNameAndANewCallAreSemantic(TestingSource source) {
    assertUsed(
        merge(source, source.withTheFunctionRenamed(), source.withACall()), Rule.RemovedAndUsed);
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void aRemovalAndANewCallAreSemantic(TestingSource source) {
    assertUsed(merge(source, source.withoutTheFunction(), source.withACall()), Rule.RemovedAndUsed);
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void aFunctionThatMovedWithinItsFileIsTheSame(TestingSource source) {
    var theirs = source.withTheFunctionMoved();
    var root = history.commit(List.of(), source.path(), source.text());
    var base = history.commit(List.of(root), source.path(), source.text(), "other", "1\n");
    var head = history.commit(List.of(root), source.path(), theirs);

    assertThat(analyze(history, base, head).symbols().findings()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void whatDoesNotParseIsTextOnly(TestingSource source) {
    var clean = merge(source, source.broken(), source.withFirstLineChanged());

    assertThat(clean.category()).isEqualTo(Category.Textual);
    assertThat(clean.symbols().shared().getFirst().language()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void twoEnginesSayTheSame(TestingSource source) {
    try (var second = TestingSymbols.open()) {
      var other = with(second, "other.git");
      var one = merge(source, source.withFirstLineChanged(), source.withLastLineChanged());
      var root = other.commit(List.of(), source.path(), source.text());
      var base = other.commit(List.of(root), source.path(), source.withFirstLineChanged());
      var head = other.commit(List.of(root), source.path(), source.withLastLineChanged());

      assertThat(analyze(other, base, head).symbols()).isEqualTo(one.symbols());
      assertThat(other.repository.engine()).isEqualTo(history.repository.engine());
    }
  }

  @Test
  void aUseInAnotherFileCounts() {
    var base = history.commit(List.of(), "p/a.py", "def f(x):\n    return x\n", "b.py", "y = 1\n");
    var ours =
        history.commit(List.of(base), "p/a.py", "def f(x, z):\n    return x\n", "b.py", "y = 1\n");
    var theirs =
        history.commit(
            List.of(base),
            "p/a.py",
            "def f(x):\n    return x\n",
            "b.py",
            "from p.a import f\n\ny = 1\n\n\ndef g():\n    return f(y)\n");

    var clean = analyze(history, ours, theirs);

    assertThat(clean.category()).as("no file is shared").isEqualTo(Category.Semantic);
    assertThat(clean.symbols().findings())
        .contains(new SymbolFinding(Rule.SignatureAndUsed, "p/a.py", "f", By.Ours, "b.py", "g"));
    assertThat(clean.symbols().paths()).containsExactly("b.py", "p/a.py");
  }

  @Test
  void twoFieldsOfOneNameAreSemanticWhateverTheirTypes() {
    var root = history.commit(List.of(), "A.java", "class A {\n  int a;\n  int b;\n  int c;\n}\n");
    var base =
        history.commit(
            List.of(root), "A.java", "class A {\n  Object f;\n  int a;\n  int b;\n  int c;\n}\n");
    var head =
        history.commit(
            List.of(root), "A.java", "class A {\n  int a;\n  int b;\n  int c;\n  long f;\n}\n");

    assertThat(analyze(history, base, head).symbols().findings())
        .containsExactly(new SymbolFinding(Rule.BothAdded, "A.java", "A.f", By.Both, "", ""));
  }

  @Test
  void whatAModuleOfPythonExportsIsNoSymbol() {
    var exports = "__all__ = [\n    'a',\n    'b',\n    'c',\n    'd',\n]\n";
    var root = history.commit(List.of(), "p.py", exports);
    var base =
        history.commit(List.of(root), "p.py", exports.replace("    'a'", "    '0',\n    'a'"));
    var head = history.commit(List.of(root), "p.py", exports.replace("'d',", "'d',\n    'e',"));

    assertNothing(analyze(history, base, head));
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void aFileThatOneSideMovedIsFollowed(TestingSource source) {
    var moved = "moved/" + source.path();
    var root = history.commit(List.of(), source.path(), source.text());
    var base = history.commit(List.of(root), moved, source.withFirstLineChanged());
    var one = history.commit(List.of(root), source.path(), source.withTheOtherFunctionChanged());
    var both = history.commit(List.of(root), source.path(), source.withLastLineChanged());

    assertNothing(analyze(history, base, one));
    assertThat(analyze(history, base, both).symbols().findings())
        .extracting(SymbolFinding::rule)
        .containsExactly(Rule.BothChanged);
  }

  @Test
  void onTopOfTheOthersChangeNothingIsSemantic() {
    var source = TestingSource.all().findFirst().orElseThrow();
    var root = history.commit(List.of(), source.path(), source.text());
    var base = history.commit(List.of(root), source.path(), source.withFirstLineChanged());
    var both = source.withFirstLineChanged().replace("five()", "cinco()");
    var head = history.commit(List.of(base), source.path(), both);

    assertThat(analyze(history, base, head).category()).isEqualTo(Category.None);
  }

  @Test
  void anUnknownLanguageIsTextOnly() {
    var lines = "1\n2\n3\n4\n5\n6\n";
    var root = history.commit(List.of(), "a.kt", lines);
    var base = history.commit(List.of(root), "a.kt", "0\n" + lines);
    var head = history.commit(List.of(root), "a.kt", lines + "7\n");

    var clean = analyze(history, base, head);

    assertThat(clean.category()).isEqualTo(Category.Textual);
    assertThat(clean.symbols().shared().getFirst().language()).isEmpty();
  }

  @Test
  void ofManyFilesOnlyThoseOfBothSidesAreCompared() {
    var source = TestingSource.all().findFirst().orElseThrow();
    var files = new ArrayList<>(List.of(source.path(), source.withFirstLineChanged()));
    for (var i = 0; i < 101; i++) {
      files.addAll(List.of("many/F" + i + ".java", "class F" + i + " {}\n"));
    }
    var root = history.commit(List.of(), source.path(), source.text());
    var base = history.commit(List.of(root), files.toArray(String[]::new));
    var head = history.commit(List.of(root), source.path(), source.withLastLineChanged());

    var clean = analyze(history, base, head);

    assertThat(clean.symbols().areUsesCompared()).isFalse();
    assertThat(clean.symbols().findings())
        .extracting(SymbolFinding::rule)
        .containsExactly(Rule.BothChanged);
  }

  @Test
  void aParserThatDiesLeavesNoOpinion() {
    try (var dead = new SymbolProgram(Optional.of(Path.of("/bin/false")), Duration.ofSeconds(20))) {
      var source = TestingSource.all().findFirst().orElseThrow();
      var other = with(dead, "dead.git");
      var root = other.commit(List.of(), source.path(), source.text());
      var base = other.commit(List.of(root), source.path(), source.withFirstLineChanged());
      var head = other.commit(List.of(root), source.path(), source.withLastLineChanged());

      assertThatThrownBy(() -> new MergeAnalyzer(other.repository).analyze(base, head))
          .isInstanceOf(ParserException.class)
          .hasMessageContaining(source.path());
    }
  }

  private Analysis.Clean merge(TestingSource source, String ours, String theirs) {
    var root = history.commit(List.of(), source.path(), source.text());
    var base = history.commit(List.of(root), source.path(), ours);
    var head = history.commit(List.of(root), source.path(), theirs);
    return analyze(history, base, head);
  }

  private static Analysis.Clean analyze(TestingHistory history, ObjectId base, ObjectId head) {
    var analysis = new MergeAnalyzer(history.repository).analyze(base, head);
    assertThat(analysis).isInstanceOf(Analysis.Clean.class);
    return (Analysis.Clean) analysis;
  }

  private static void assertNothing(Analysis.Clean clean) {
    assertThat(clean.symbols().findings()).isEmpty();
    assertThat(clean.category()).isEqualTo(Category.Textual);
  }

  private static void assertUsed(Analysis.Clean clean, Rule rule) {
    assertThat(clean.category()).isEqualTo(Category.Semantic);
    assertThat(clean.symbols().findings())
        .extracting(SymbolFinding::rule, SymbolFinding::by)
        .containsExactly(tuple(rule, By.Ours));
  }
}
