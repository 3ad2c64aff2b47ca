package dev.qudag.merge.structure;

import dev.qudag.merge.FileOutcome;
import dev.qudag.merge.symbol.Definition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The symbols of the result are the union of both sides': what a side added is there, what one
 * removed and the other left as it was is not, what one changed is as that side has it. What both
 * changed, or added under one name, or one removed and the other changed, is the same on both sides
 * or for people.
 *
 * <p>All that has one path is one symbol: who adds an overload changes it.
 */
final class SymbolUnion implements Rule {

  @Override
  public Optional<FileOutcome> violatedBy(Candidate candidate) {
    var base = byPath(candidate.base());
    var ours = byPath(candidate.ours());
    var theirs = byPath(candidate.theirs());
    var merged = byPath(candidate.merged());
    var paths = new TreeSet<>(base.keySet());
    paths.addAll(ours.keySet());
    paths.addAll(theirs.keySet());
    paths.addAll(merged.keySet());
    for (var path : paths) {
      switch (Change.merge(base.get(path), ours.get(path), theirs.get(path))) {
        case Change.Merged.Unclear<List<String>>() -> {
          return Optional.of(FileOutcome.SameSymbol);
        }
        case Change.Merged.To<List<String>>(var expected) -> {
          if (!expected.equals(Optional.ofNullable(merged.get(path)))) {
            return Optional.of(FileOutcome.SymbolsLost);
          }
        }
      }
    }
    return Optional.empty();
  }

  /** Path to what has it, sorted. */
  private static Map<String, List<String>> byPath(Source source) {
    var all = new TreeMap<String, List<String>>();
    for (var definition : source.definitions()) {
      all.merge(
          String.join("\0", definition.path()), List.of(said(definition)), SymbolUnion::together);
    }
    return all;
  }

  private static String said(Definition definition) {
    return definition.kind() + " " + definition.signature() + " " + definition.digest();
  }

  private static List<String> together(List<String> some, List<String> more) {
    var all = new ArrayList<>(some);
    all.addAll(more);
    all.sort(null);
    return List.copyOf(all);
  }
}
