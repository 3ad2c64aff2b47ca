package dev.qudag.merge.structure;

import dev.qudag.merge.FileOutcome;
import dev.qudag.merge.text.MarkedLines;
import java.util.Optional;

/** No line of the result could be taken for a conflict marker. */
final class NoMarkers implements Rule {

  @Override
  public Optional<FileOutcome> violatedBy(Candidate candidate) {
    return MarkedLines.haveMarker(candidate.merged().lines())
        ? Optional.of(FileOutcome.HasMarkers)
        : Optional.empty();
  }
}
