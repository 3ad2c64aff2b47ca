package dev.qudag.merge.structure;

import dev.qudag.merge.FileOutcome;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * The result is the versions' declarations, each to the letter as the side has it that changed it,
 * in the order of both sides; and what stands outside of declarations is what a merge of lines
 * makes of it. So no declaration moves, is copied, or comes to stand in another one.
 *
 * <p>Where both sides added declarations between the same two neighbours, one side's stand below
 * the other's. They may not both be fields or constants, whose order can mean something.
 */
final class DeclarationsKept implements Rule {

  @Override
  public Optional<FileOutcome> violatedBy(Candidate candidate) {
    var names = Names.of(candidate);
    var base = Outliner.of(candidate.base(), names);
    var ours = Outliner.of(candidate.ours(), names);
    var theirs = Outliner.of(candidate.theirs(), names);
    var merged = Outliner.of(candidate.merged(), names);
    if (base.isEmpty() || ours.isEmpty() || theirs.isEmpty() || merged.isEmpty()) {
      return Optional.of(FileOutcome.SymbolsUnclear);
    }
    return changed(base.get(), ours.get(), theirs.get(), merged.get())
        .or(
            () ->
                new DeclarationOrder(base.get(), ours.get(), theirs.get())
                    .violatedBy(merged.get()));
  }

  private static Optional<FileOutcome> changed(
      Outline base, Outline ours, Outline theirs, Outline merged) {
    var keys = new HashSet<>(base.blocks().keySet());
    keys.addAll(ours.blocks().keySet());
    keys.addAll(theirs.blocks().keySet());
    keys.addAll(merged.blocks().keySet());
    boolean kept = true;
    for (var key : keys) {
      switch (Change.merge(
          base.blocks().get(key), ours.blocks().get(key), theirs.blocks().get(key))) {
        case Change.Merged.Unclear<List<String>>() -> {
          return Optional.of(FileOutcome.SameSymbol);
        }
        case Change.Merged.To<List<String>>(var expected) ->
            kept &= expected.equals(Optional.ofNullable(merged.blocks().get(key)));
      }
    }
    return kept ? Optional.empty() : Optional.of(FileOutcome.SymbolsLost);
  }
}
