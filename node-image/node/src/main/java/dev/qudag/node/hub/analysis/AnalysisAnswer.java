package dev.qudag.node.hub.analysis;

import com.google.protobuf.ByteString;
import dev.qudag.consensus.chain.policy.Policy;
import dev.qudag.merge.EngineDigest;
import dev.qudag.merge.FileReport;
import dev.qudag.merge.ObjectId;
import dev.qudag.merge.report.AnalysisReport;
import dev.qudag.merge.symbol.SymbolFinding;
import dev.qudag.merge.symbol.SymbolReport;
import dev.qudag.node.policy.NeededChecks;
import dev.qudag.proto.Analysis;
import java.util.List;

/**
 * What the operator is told of an analysis, with the report.
 *
 * @param engine that made it
 * @param policy in force: the operator may know another one
 * @param base the commit that is merged onto
 * @param head the commit that is proposed, or that is to be undone
 */
public record AnalysisAnswer(EngineDigest engine, Policy policy, ObjectId base, ObjectId head) {
  private static final int MAX_CONFLICT_PATHS = 20;
  private static final int MAX_CHANGED_PATHS = 100;
  private static final int MAX_SYMBOLS = 10;

  /** In the words of the gRPC contract. */
  public Analysis of(Analyses.Analysed analysed) {
    var answer = Analysis.newBuilder().setBase(base.hex());
    return switch (analysed) {
      case Analyses.Analysed.Clean clean -> clean(answer, clean);
      case Analyses.Analysed.Conflicted conflicted -> conflicted(answer, conflicted);
      case Analyses.Analysed.Refused refused ->
          answer.setRefusedReason(refused.reason()).setRefusedMessage(refused.message()).build();
    };
  }

  /** What the policy does not let land by itself is told as a conflict: its author resolves it. */
  private Analysis clean(Analysis.Builder answer, Analyses.Analysed.Clean clean) {
    if (Analyses.isHeld(policy, clean)) {
      return held(answer, clean.merge());
    }
    List<String> changed = clean.merge().changedPaths();
    return answer
        .setCategory(clean.merge().category().name())
        .setTree(clean.merge().tree().hex())
        .setCommit(clean.commit().hex())
        .setChangedFiles(changed.size())
        .addAllChangedPaths(changed.stream().limit(MAX_CHANGED_PATHS).toList())
        .addAllUnneededChecks(unneeded(changed))
        .addAllResolvedBy(rules(clean.merge().resolved()))
        .setReport(json(AnalysisReport.of(engine, base, head, clean.merge())))
        .build();
  }

  private Analysis held(Analysis.Builder answer, dev.qudag.merge.Analysis.Clean merge) {
    SymbolReport symbols = merge.symbols();
    List<String> paths = contested(merge);
    return answer
        .setCategory(merge.category().name())
        .setConflictFiles(paths.size())
        .addAllConflictPaths(paths.stream().limit(MAX_CONFLICT_PATHS).toList())
        .addAllConflictSymbols(
            symbols.findings().stream().limit(MAX_SYMBOLS).map(SymbolFinding::sentence).toList())
        .setReport(json(AnalysisReport.of(engine, base, head, merge)))
        .build();
  }

  /** At least one. */
  private static List<String> contested(dev.qudag.merge.Analysis.Clean merge) {
    SymbolReport symbols = merge.symbols();
    if (symbols.isSemantic()) {
      return symbols.paths();
    }
    return symbols.shared().isEmpty()
        ? merge.changedPaths()
        : symbols.shared().stream().map(SymbolReport.SharedFile::path).toList();
  }

  private Analysis conflicted(Analysis.Builder answer, Analyses.Analysed.Conflicted conflicted) {
    List<String> paths = conflicted.conflict().paths();
    return answer
        .setCategory(conflicted.conflict().category().name())
        .setConflictFiles(paths.size())
        .addAllConflictPaths(paths.stream().limit(MAX_CONFLICT_PATHS).toList())
        .setReport(json(AnalysisReport.of(engine, base, head, conflicted.conflict())))
        .build();
  }

  /** Digests of their specs. */
  private List<ByteString> unneeded(List<String> changed) {
    return new NeededChecks(policy, changed)
        .unneeded().stream().map(rule -> ByteString.copyFrom(rule.specDigest().bytes())).toList();
  }

  private static List<String> rules(List<FileReport> resolved) {
    return resolved.stream()
        .flatMap(file -> file.hunks().stream())
        .map(FileReport.HunkReport::rule)
        .distinct()
        .sorted()
        .toList();
  }

  private static ByteString json(AnalysisReport report) {
    return ByteString.copyFrom(report.json());
  }
}
