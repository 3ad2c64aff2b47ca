package dev.qudag.merge.structure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.merge.FileOutcome;
import dev.qudag.merge.symbol.Definition;
import dev.qudag.merge.symbol.FileSymbols;
import dev.qudag.merge.symbol.Language;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What may stand of a structured merge, without a parser: {@link TestingSources}. */
class AcceptanceTest {
  private static final Source BASE =
      TestingSources.of("import x", "type A", "  fun a 1", "  fun b 1", "end", "fun z");

  private static void accepts(Source base, Source ours, Source theirs, Source merged) {
    assertThat(Acceptance.violatedBy(new Candidate(base, ours, theirs, merged))).isEmpty();
    assertThat(Acceptance.violatedBy(new Candidate(base, theirs, ours, merged))).isEmpty();
  }

  private static void refuses(
      FileOutcome why, Source base, Source ours, Source theirs, Source merged) {
    assertThat(Acceptance.violatedBy(new Candidate(base, ours, theirs, merged))).contains(why);
    assertThat(Acceptance.violatedBy(new Candidate(base, theirs, ours, merged))).contains(why);
  }

  private static Source source(String... lines) {
    return TestingSources.of(lines);
  }

  @Test
  void whatBothAddAtOnePlaceMayStandInEitherOrder() {
    var ours = source("import x", "type A", "  fun a 1", "  fun b 1", "  fun o", "end", "fun z");
    var theirs = source("import x", "type A", "  fun a 1", "  fun b 1", "  fun t", "end", "fun z");

    accepts(
        BASE,
        ours,
        theirs,
        source(
            "import x", "type A", "  fun a 1", "  fun b 1", "  fun o", "  fun t", "end", "fun z"));
    accepts(
        BASE,
        ours,
        theirs,
        source(
            "import x", "type A", "  fun a 1", "  fun b 1", "  fun t", "  fun o", "end", "fun z"));
  }

  @Test
  void whatBothAddIsRefusedElsewhereThanTheyAddedIt() {
    var ours = source("import x", "type A", "  fun a 1", "  fun b 1", "  fun o", "end", "fun z");
    var theirs = source("import x", "type A", "  fun a 1", "  fun b 1", "  fun t", "end", "fun z");

    refuses(
        FileOutcome.OrderUnclear,
        BASE,
        ours,
        theirs,
        source(
            "import x", "type A", "  fun t", "  fun a 1", "  fun b 1", "  fun o", "end", "fun z"));
    refuses(
        FileOutcome.SymbolsLost,
        BASE,
        ours,
        theirs,
        source("import x", "type A", "  fun a 1", "  fun b 1", "  fun o", "end", "fun z"));
    refuses(
        FileOutcome.SymbolsLost,
        BASE,
        ours,
        theirs,
        source("import x", "type A", "  fun a 1", "  fun b 1", "  fun o", "end", "fun t", "fun z"));
  }

  @Test
  void twoFieldsAtOnePlaceAreRefusedForTheirOrder() {
    refuses(
        FileOutcome.OrderUnclear,
        BASE,
        source("import x", "type A", "  val o", "  fun a 1", "  fun b 1", "end", "fun z"),
        source("import x", "type A", "  val t", "  fun a 1", "  fun b 1", "end", "fun z"),
        source(
            "import x", "type A", "  val o", "  val t", "  fun a 1", "  fun b 1", "end", "fun z"));
  }

  @Test
  void aFieldAndAMethodAtOnePlaceAreNot() {
    accepts(
        BASE,
        source("import x", "type A", "  val o", "  fun a 1", "  fun b 1", "end", "fun z"),
        source("import x", "type A", "  fun t", "  fun a 1", "  fun b 1", "end", "fun z"),
        source(
            "import x", "type A", "  val o", "  fun t", "  fun a 1", "  fun b 1", "end", "fun z"));
  }

  @Test
  void eachChangesAnotherNeighbour() {
    var ours = source("import x", "type A", "  fun a 2", "  fun b 1", "end", "fun z");
    var theirs = source("import x", "type A", "  fun a 1", "  fun b 2", "end", "fun z");

    accepts(
        BASE, ours, theirs, source("import x", "type A", "  fun a 2", "  fun b 2", "end", "fun z"));
    refuses(
        FileOutcome.SymbolsLost,
        BASE,
        ours,
        theirs,
        source("import x", "type A", "  fun a 1", "  fun b 2", "end", "fun z"));
    refuses(
        FileOutcome.SymbolsLost,
        BASE,
        ours,
        theirs,
        source("import x", "type A", "  fun a 2", "  fun b 2", "  fun b 1", "end", "fun z"));
  }

  @Test
  void bothChangeOneSymbol() {
    refuses(
        FileOutcome.SameSymbol,
        BASE,
        source("import x", "type A", "  fun a 2", "  fun b 1", "end", "fun z"),
        source("import x", "type A", "  fun a 3", "  fun b 1", "end", "fun z"),
        source("import x", "type A", "  fun a 3", "  fun b 1", "end", "fun z"));
  }

  @Test
  void oneRemovesWhatTheOtherChanges() {
    refuses(
        FileOutcome.SameSymbol,
        BASE,
        source("import x", "type A", "  fun b 1", "end", "fun z"),
        source("import x", "type A", "  fun a 3", "  fun b 1", "end", "fun z"),
        source("import x", "type A", "  fun b 1", "end", "fun z"));
  }

  @Test
  void oneRemovesAndTheOtherAddsBeside() {
    accepts(
        BASE,
        source("import x", "type A", "  fun a 1", "end", "fun z"),
        source("import x", "type A", "  fun a 1", "  fun b 1", "  fun t", "end", "fun z"),
        source("import x", "type A", "  fun a 1", "  fun t", "end", "fun z"));
  }

  @Test
  void oneMovesWhatTheOtherChanges() {
    refuses(
        FileOutcome.OrderUnclear,
        BASE,
        source("import x", "type A", "  fun b 1", "  fun a 1", "end", "fun z"),
        source("import x", "type A", "  fun a 2", "  fun b 1", "end", "fun z"),
        source("import x", "type A", "  fun b 1", "  fun a 2", "end", "fun z"));
  }

  @Test
  void bothAddOneNameWithTwoSignatures() {
    refuses(
        FileOutcome.SameSymbol,
        BASE,
        source("import x", "type A", "  fun a 1", "  fun b 1", "end", "fun z", "fun n (int)"),
        source("import x", "type A", "  fun a 1", "  fun b 1", "end", "fun z", "fun n (long)"),
        source(
            "import x",
            "type A",
            "  fun a 1",
            "  fun b 1",
            "end",
            "fun z",
            "fun n (int)",
            "fun n (long)"));
  }

  @Test
  void whatStandsOutsideOfDeclarationsIsMergedAsLines() {
    var ours = source("import x", "import o", "type A", "  fun a 1", "  fun b 1", "end", "fun z");

    accepts(
        BASE,
        ours,
        source("import x", "type A", "  fun a 1", "  fun b 1", "end", "fun z", "run t"),
        source(
            "import x", "import o", "type A", "  fun a 1", "  fun b 1", "end", "fun z", "run t"));
    refuses(
        FileOutcome.OrderUnclear,
        BASE,
        ours,
        source("import x", "import t", "type A", "  fun a 1", "  fun b 1", "end", "fun z"),
        source(
            "import x",
            "import o",
            "import t",
            "type A",
            "  fun a 1",
            "  fun b 1",
            "end",
            "fun z"));
  }

  @Test
  void aStatementIsNotPutBehindADeclaration() {
    refuses(
        FileOutcome.OrderUnclear,
        BASE,
        source("import x", "run o", "type A", "  fun a 1", "  fun b 1", "end", "fun z"),
        source("import x", "type A", "  fun a 1", "  fun b 1", "end", "fun z", "fun t"),
        source("import x", "type A", "  fun a 1", "  fun b 1", "end", "run o", "fun z", "fun t"));
  }

  @Test
  void commentsAndAnnotationsGoWithWhatStandsBelow() {
    var ours = source("fun a", "", "// of o", "@O", "fun o", "fun z");
    var theirs = source("fun a", "", "# of t", "fun t", "fun z");

    accepts(
        source("fun a", "fun z"),
        ours,
        theirs,
        source("fun a", "// of o", "@O", "fun o", "", "# of t", "fun t", "fun z"));
    refuses(
        FileOutcome.SymbolsLost,
        source("fun a", "fun z"),
        ours,
        theirs,
        source("fun a", "# of t", "@O", "fun o", "", "// of o", "fun t", "fun z"));
  }

  @Test
  void aNewTypeIsOnePiece() {
    accepts(
        BASE,
        source(
            "import x",
            "type A",
            "  fun a 1",
            "  fun b 1",
            "end",
            "fun z",
            "type O",
            "  fun m",
            "end"),
        source(
            "import x",
            "type A",
            "  fun a 1",
            "  fun b 1",
            "end",
            "fun z",
            "type T",
            "  fun m",
            "end"),
        source(
            "import x",
            "type A",
            "  fun a 1",
            "  fun b 1",
            "end",
            "fun z",
            "type O",
            "  fun m",
            "end",
            "type T",
            "  fun m",
            "end"));
  }

  @Test
  void aMarkerIsRefused() {
    refuses(
        FileOutcome.HasMarkers,
        BASE,
        BASE,
        BASE,
        source("<<<<<<< x", "import x", "type A", "  fun a 1", "  fun b 1", "end", "fun z"));
  }

  @Test
  void declarationsOnOneLineCannotBeToldApart() {
    var line = source("fun a", "fun z");
    var both = TestingSources.of("fun a", "fun z");
    var first = both.definitions().getFirst();
    var beside =
        new Definition(
            List.of("beside"),
            first.kind(),
            first.firstLine(),
            first.lastLine(),
            "d",
            "s",
            Set.of());
    var crowded =
        new Source(
            line.lines(),
            new FileSymbols(
                Language.Java, List.of(first, beside, both.definitions().getLast()), Set.of()));

    refuses(FileOutcome.SymbolsUnclear, crowded, crowded, crowded, crowded);
  }
}
