package dev.qudag.merge.structure;

import dev.qudag.merge.FileOutcome;
import java.util.Optional;

/** What the result of a structured merge must show. */
sealed interface Rule permits NoMarkers, SymbolUnion, DeclarationsKept, LinesKept {

  /** Why the result may not stand; empty when it may as far as this rule goes. */
  Optional<FileOutcome> violatedBy(Candidate candidate);
}
