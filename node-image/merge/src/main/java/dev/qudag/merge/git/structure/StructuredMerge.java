package dev.qudag.merge.git.structure;

import dev.qudag.merge.FileOutcome;
import dev.qudag.merge.FileReport;
import dev.qudag.merge.FileReport.HunkReport;
import dev.qudag.merge.conflict.Resolved;
import dev.qudag.merge.structure.Acceptance;
import dev.qudag.merge.structure.Candidate;
import dev.qudag.merge.structure.Source;
import dev.qudag.merge.symbol.Language;
import dev.qudag.merge.symbol.SymbolReader;
import dev.qudag.merge.symbol.SymbolReading;
import dev.qudag.merge.text.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Resolves what the pattern rules left of a file by its structure: mergiraf proposes, {@link
 * Acceptance} decides. Git has left the file in conflict and no rule knew an answer, so whatever
 * comes without a conflict is the structure's doing.
 */
public final class StructuredMerge {
  /** API: what the analysis report calls it, beside the names of pattern rules. */
  static final String RULE = "structured-merge";

  private static final System.Logger LOG = System.getLogger(StructuredMerge.class.getName());

  private final MergirafSettings settings;
  private final Mergiraf mergiraf;
  private final SymbolReader symbols;

  public StructuredMerge(MergirafSettings settings, SymbolReader symbols) {
    this.settings = settings;
    this.mergiraf = new Mergiraf(settings);
    this.symbols = symbols;
  }

  /**
   * The program that merges and the rules that accept, with their versions: two engines with the
   * same, and the same parser, resolve the same.
   */
  public String identity() {
    return "%s, %d to %d bytes, rules %s"
        .formatted(
            mergiraf.version(),
            settings.maxInputBytes(),
            settings.maxOutputBytes(),
            Acceptance.identity());
  }

  /** Of all files of one merge together, at the hub. */
  public Duration limit() {
    return settings.limit();
  }

  /**
   * @param within the time that is left for it
   */
  public Resolved resolve(Resolved.InPart file, Duration within) {
    var language = Language.ofPath(file.report().path());
    if (language.isEmpty() || !mergiraf.isThere() || isTooLarge(file)) {
      return new Resolved.Not(file.report());
    }
    return new Attempt(file, language.get()).resolve(within);
  }

  private boolean isTooLarge(Resolved.InPart file) {
    return Stream.of(file.base(), file.ours(), file.theirs())
        .anyMatch(version -> version.bytes().length > settings.maxInputBytes());
  }

  /** Ends the attempt: people resolve the file. */
  private static final class LeftException extends Exception {
    private static final long serialVersionUID = 1;
    private final FileOutcome outcome;

    LeftException(FileOutcome outcome) {
      super(outcome.name(), null, false, false);
      this.outcome = outcome;
    }
  }

  /** At one file. */
  private final class Attempt {
    private final Resolved.InPart file;
    private final Language language;

    Attempt(Resolved.InPart file, Language language) {
      this.file = file;
      this.language = language;
    }

    Resolved resolve(Duration within) {
      try {
        var text = merge(within);
        var candidate =
            new Candidate(
                parse(file.base()), parse(file.ours()), parse(file.theirs()), parse(text));
        var violated = Acceptance.violatedBy(candidate);
        if (violated.isPresent()) {
          throw new LeftException(violated.get());
        }
        return new Resolved.ByRules(resolved(), text.bytes());
      } catch (LeftException left) {
        var report = file.report();
        return new Resolved.Not(new FileReport(report.path(), left.outcome, report.hunks()));
      }
    }

    private Source parse(Text version) throws LeftException {
      return switch (symbols.read(language, version.bytes())) {
        case SymbolReading.Known(var known) -> new Source(version.lines(), known);
        case SymbolReading.TextOnly _ -> throw new LeftException(FileOutcome.NotParsed);
        case SymbolReading.Failed(var message) -> throw stopped(message);
      };
    }

    private Text merge(Duration within) throws LeftException {
      return switch (mergiraf.merge(
          language, file.base().bytes(), file.ours().bytes(), file.theirs().bytes(), within)) {
        case Mergiraf.Answer.Merged(var bytes) -> read(bytes);
        case Mergiraf.Answer.Conflicts() -> throw new LeftException(FileOutcome.StructureConflict);
        case Mergiraf.Answer.Stopped(var why) -> throw stopped(why);
      };
    }

    private Text read(byte[] bytes) throws LeftException {
      return switch (Text.read(bytes)) {
        case Text.Reading.Readable(var text) when text.ending() == file.ours().ending() -> text;
        case Text.Reading.Readable _ -> throw new LeftException(FileOutcome.MixedLineEndings);
        case Text.Reading.Unreadable(var why) -> throw new LeftException(why);
      };
    }

    private LeftException stopped(String why) {
      LOG.log(
          System.Logger.Level.WARNING,
          "no structured merge of a file in {0}: {1}",
          language.name(),
          why);
      return new LeftException(FileOutcome.Stopped);
    }

    private FileReport resolved() {
      var hunks = new ArrayList<HunkReport>();
      for (var hunk : file.report().hunks()) {
        hunks.add(hunk.isResolved() ? hunk : new HunkReport(hunk.line(), RULE));
      }
      return new FileReport(file.report().path(), FileOutcome.Structured, List.copyOf(hunks));
    }
  }
}
