package dev.qudag.merge.structure;

import dev.qudag.merge.FileOutcome;
import java.util.List;
import java.util.Optional;

/**
 * The rules that every result of a structured merge must fit, all of them. The program that merged
 * is never trusted: of what such programs make clean about one in five is wrong
 * (AST-Merging-Evaluation), so what is not known to be right is for people.
 */
public final class Acceptance {
  /** Raised whenever a rule says another thing of a candidate; part of the engine digest. */
  private static final int VERSION = 1;

  private static final List<Rule> IN_ORDER =
      List.of(new NoMarkers(), new SymbolUnion(), new DeclarationsKept(), new LinesKept());

  private Acceptance() {}

  /** What the first rule that does not hold says; empty when all hold. */
  public static Optional<FileOutcome> violatedBy(Candidate candidate) {
    return IN_ORDER.stream().flatMap(rule -> rule.violatedBy(candidate).stream()).findFirst();
  }

  /** Two engines with the same accept the same. */
  public static String identity() {
    return Integer.toString(VERSION);
  }
}
