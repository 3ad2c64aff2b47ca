package dev.qudag.merge.report;

import dev.qudag.merge.Analysis;
import dev.qudag.merge.Category;
import dev.qudag.merge.EngineDigest;
import dev.qudag.merge.FileReport;
import dev.qudag.merge.ObjectId;
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
 */
public record AnalysisReport(
    EngineDigest engine,
    ObjectId base,
    ObjectId head,
    ObjectId mergeBase,
    Category category,
    List<FileReport> files) {
  private static final String SCHEMA = "qudag.dev/v1/analysis-report";

  /** Files that are told of: the rest is counted. */
  private static final int MOST_FILES = 20;

  /** How a file was looked at: no language is known by its structure. */
  private static final CanonicalJson TEXT_ONLY = new CanonicalJson.JsonText("text only");

  public AnalysisReport {
    files = List.copyOf(files);
  }

  public static AnalysisReport of(
      EngineDigest engine, ObjectId base, ObjectId head, Analysis.Clean clean) {
    return new AnalysisReport(
        engine, base, head, clean.mergeBase(), clean.category(), clean.resolved());
  }

  public static AnalysisReport of(
      EngineDigest engine, ObjectId base, ObjectId head, Analysis.Conflicted conflicted) {
    return new AnalysisReport(
        engine, base, head, conflicted.mergeBase(), conflicted.category(), conflicted.files());
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
                        files.stream().limit(MOST_FILES).map(AnalysisReport::file).toList())))
        .bytes();
  }

  private static CanonicalJson file(FileReport file) {
    return new CanonicalJson.JsonObject(
        Map.of(
            "path", new CanonicalJson.JsonText(file.path()),
            "language", TEXT_ONLY,
            "outcome", new CanonicalJson.JsonText(file.outcome().name()),
            "hunks",
                new CanonicalJson.JsonArray(
                    file.hunks().stream().map(AnalysisReport::hunk).toList())));
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
