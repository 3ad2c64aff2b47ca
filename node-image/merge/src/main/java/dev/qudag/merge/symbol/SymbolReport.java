package dev.qudag.merge.symbol;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How the symbols of a merge were compared, and what came of it.
 *
 * @param findings sorted; none when no rule speaks
 * @param shared every file that both sides changed, by path
 * @param areUsesCompared false when the sides changed more than is compared: then it is not known
 *     whether one side uses what the other changed
 */
public record SymbolReport(
    List<SymbolFinding> findings, List<SharedFile> shared, boolean areUsesCompared) {
  /** Of a merge that was not looked at. */
  public static final SymbolReport NONE = new SymbolReport(List.of(), List.of(), false);

  public SymbolReport {
    findings = List.copyOf(findings);
    shared = List.copyOf(shared);
  }

  /** Whether the category is {@code Semantic}. */
  public boolean isSemantic() {
    return !findings.isEmpty();
  }

  /** The files that findings name, sorted. */
  public List<String> paths() {
    return findings.stream()
        .flatMap(
            finding ->
                finding.usedIn().isEmpty()
                    ? Stream.of(finding.path())
                    : Stream.of(finding.path(), finding.usedIn()))
        .distinct()
        .sorted()
        .toList();
  }

  /**
   * A file that both sides changed.
   *
   * @param language in which it was compared; empty when it was looked at as lines
   */
  public record SharedFile(String path, Optional<Language> language) {}
}
