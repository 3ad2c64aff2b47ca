package dev.qudag.merge.report;

import dev.qudag.merge.Analysis;
import dev.qudag.merge.Category;
import dev.qudag.merge.EngineDigest;
import dev.qudag.merge.FileReport;
import dev.qudag.merge.ObjectId;
import dev.qudag.merge.symbol.Language;
import dev.qudag.merge.symbol.SymbolFinding;
import dev.qudag.merge.symbol.SymbolReport;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an analysis found, for people and machines: docs/reference/analysis-report.md. It follows
 * from the commits and the engine alone, so whoever has both writes the same bytes.
 *
 * @param base the commit that is merged onto
 * @param head the commit that is merged; of a revert the one that is undone
 * @param files every file in conflict, by path
 * @param symbols what the sides make of each other's symbols
 */
public record AnalysisReport(
    EngineDigest engine,
    ObjectId base,
    ObjectId head,
    ObjectId mergeBase,
    Category category,
    List<FileReport> files,
    SymbolReport symbols) {
  private static final String SCHEMA = "qudag.dev/v2/analysis-report";

  /** Files that are told of: the rest is counted. */
  private static final int MOST_FILES = 20;

  /** Findings that are told of: the rest is counted. */
  private static final int MOST_FINDINGS = 20;

  /** Of a path or a symbol: what is longer is told by its end. */
  private static final int MOST_CHARACTERS = 128;

  /** How a file was looked at that is not known by its structure. */
  private static final CanonicalJson TEXT_ONLY = new CanonicalJson.JsonText("text only");

  public AnalysisReport {
    files = List.copyOf(files);
  }

  public static AnalysisReport of(
      EngineDigest engine, ObjectId base, ObjectId head, Analysis.Clean clean) {
    return new AnalysisReport(
        engine, base, head, clean.mergeBase(), clean.category(), clean.resolved(), clean.symbols());
  }

  public static AnalysisReport of(
      EngineDigest engine, ObjectId base, ObjectId head, Analysis.Conflicted conflicted) {
    return new AnalysisReport(
        engine,
        base,
        head,
        conflicted.mergeBase(),
        conflicted.category(),
        conflicted.files(),
        SymbolReport.NONE);
  }

  /** Canonical JSON (RFC 8785). */
  public byte[] json() {
    return new CanonicalJson.JsonObject(
            Map.of(
                "schema", new CanonicalJson.JsonText(SCHEMA),
                "engine", new CanonicalJson.JsonText(engine.hex()),
                "base", new CanonicalJson.JsonText(base.hex()),
                "head", new CanonicalJson.JsonText(head.hex()),
                "mergeBase", new CanonicalJson.JsonText(mergeBase.hex()),
                "category", new CanonicalJson.JsonText(category.name()),
                "fileCount", new CanonicalJson.JsonNumber(files.size()),
                "files",
                    new CanonicalJson.JsonArray(
                        files.stream().limit(MOST_FILES).map(AnalysisReport::file).toList()),
                "symbols", compared()))
        .bytes();
  }

  private CanonicalJson compared() {
    return new CanonicalJson.JsonObject(
        Map.of(
            "uses",
                new CanonicalJson.JsonText(symbols.areUsesCompared() ? "compared" : "not compared"),
            "findingCount", new CanonicalJson.JsonNumber(symbols.findings().size()),
            "findings",
                new CanonicalJson.JsonArray(
                    symbols.findings().stream()
                        .limit(MOST_FINDINGS)
                        .map(AnalysisReport::finding)
                        .toList()),
            "fileCount", new CanonicalJson.JsonNumber(symbols.shared().size()),
            "files",
                new CanonicalJson.JsonArray(
                    symbols.shared().stream()
                        .limit(MOST_FILES)
                        .map(AnalysisReport::shared)
                        .toList())));
  }

  private static CanonicalJson finding(SymbolFinding finding) {
    var members = new TreeMap<String, CanonicalJson>();
    members.put("rule", new CanonicalJson.JsonText(finding.rule().title()));
    members.put("path", bounded(finding.path()));
    members.put("symbol", bounded(finding.symbol()));
    members.put("by", new CanonicalJson.JsonText(finding.by().title()));
    if (!finding.usedIn().isEmpty()) {
      members.put("usedIn", bounded(finding.usedIn()));
    }
    if (!finding.user().isEmpty()) {
      members.put("user", bounded(finding.user()));
    }
    return new CanonicalJson.JsonObject(members);
  }

  private static CanonicalJson shared(SymbolReport.SharedFile file) {
    return new CanonicalJson.JsonObject(
        Map.of(
            "path", bounded(file.path()),
            "language",
                file.language()
                    .<CanonicalJson>map(known -> new CanonicalJson.JsonText(known.name()))
                    .orElse(TEXT_ONLY)));
  }

  private static CanonicalJson bounded(String text) {
    return new CanonicalJson.JsonText(
        text.length() <= MOST_CHARACTERS
            ? text
            : "…" + text.substring(text.length() - MOST_CHARACTERS + 1));
  }

  private static CanonicalJson file(FileReport file) {
    return new CanonicalJson.JsonObject(
        Map.of(
            "path", new CanonicalJson.JsonText(file.path()),
            "language", language(file),
            "outcome", new CanonicalJson.JsonText(file.outcome().name()),
            "hunks",
                new CanonicalJson.JsonArray(
                    file.hunks().stream().map(AnalysisReport::hunk).toList())));
  }

  private static CanonicalJson language(FileReport file) {
    return file.outcome().isOfStructure()
        ? Language.ofPath(file.path())
            .<CanonicalJson>map(known -> new CanonicalJson.JsonText(known.name()))
            .orElse(TEXT_ONLY)
        : TEXT_ONLY;
  }

  private static CanonicalJson hunk(FileReport.HunkReport hunk) {
    var members = new TreeMap<String, CanonicalJson>();
    members.put("line", new CanonicalJson.JsonNumber(hunk.line()));
    if (hunk.isResolved()) {
      members.put("rule", new CanonicalJson.JsonText(hunk.rule()));
    }
    return new CanonicalJson.JsonObject(members);
  }
}
