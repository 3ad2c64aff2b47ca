package dev.qudag.merge.git;

import dev.qudag.merge.ObjectId;
import dev.qudag.merge.Printable;
import dev.qudag.merge.git.TreeDiffs.Versions;
import dev.qudag.merge.parser.ParserException;
import dev.qudag.merge.parser.RecentSymbols;
import dev.qudag.merge.symbol.FileSymbols;
import dev.qudag.merge.symbol.Interference;
import dev.qudag.merge.symbol.Language;
import dev.qudag.merge.symbol.SymbolChange;
import dev.qudag.merge.symbol.SymbolReader;
import dev.qudag.merge.symbol.SymbolReading;
import dev.qudag.merge.symbol.SymbolReport;
import dev.qudag.merge.symbol.SymbolReport.SharedFile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads the versions of the source files that the sides changed, and has their symbols compared. Of
 * more files, or longer ones, than are compared only those that both sides changed are, and of
 * these the first.
 */
final class SymbolComparison {
  /** Source files that a side changed. */
  private static final int MOST_FILES = 100;

  /** Bytes of all versions that are parsed for a merge: they bound the memory that it takes. */
  private static final long MOST_BYTES = 2 * 1024 * 1024;

  private final SymbolReader reader;
  private final RecentSymbols remembered = new RecentSymbols(MOST_BYTES / 2);

  SymbolComparison(SymbolReader reader) {
    this.reader = reader;
  }

  private record Version(Language language, ObjectId blob) {}

  /**
   * One at a time: what 2 MiB of files made for it define takes about half of a validator's heap.
   *
   * @param ours what the branch changed on the ancestor, by path
   * @param theirs what the proposal did
   * @throws ParserException when the reader fails
   */
  synchronized SymbolReport of(ObjectReader objects, List<Versions> ours, List<Versions> theirs) {
    var ourSources = sources(ours);
    var theirSources = sources(theirs);
    Set<String> both = paths(ours);
    both.retainAll(paths(theirs));
    boolean areUsesCompared =
        ourSources.size() <= MOST_FILES
            && theirSources.size() <= MOST_FILES
            && bytes(objects, ourSources) + bytes(objects, theirSources) <= MOST_BYTES;
    if (!areUsesCompared) {
      ourSources = first(objects, ourSources, both);
      theirSources = first(objects, theirSources, both);
    }
    var ourChanges = changes(objects, ourSources);
    var theirChanges = changes(objects, theirSources);
    Set<String> known = new HashSet<>(ourChanges.stream().map(SymbolChange::path).toList());
    known.retainAll(theirChanges.stream().map(SymbolChange::path).toList());
    var shared =
        both.stream()
            .sorted()
            .map(
                path ->
                    new SharedFile(
                        path, Language.ofPath(path).filter(language -> known.contains(path))))
            .toList();
    return new SymbolReport(Interference.of(ourChanges, theirChanges), shared, areUsesCompared);
  }

  private static List<Versions> sources(List<Versions> files) {
    return files.stream().filter(file -> Language.ofPath(file.path()).isPresent()).toList();
  }

  private static Set<String> paths(List<Versions> files) {
    return new HashSet<>(files.stream().map(Versions::path).toList());
  }

  /** Of a side half of what a merge may take, by path. */
  private static List<Versions> first(
      ObjectReader objects, List<Versions> files, Set<String> paths) {
    var first = new ArrayList<Versions>();
    long bytes = 0;
    for (var file : files) {
      if (paths.contains(file.path()) && first.size() < MOST_FILES) {
        bytes += bytes(objects, List.of(file));
        if (bytes <= MOST_BYTES / 2) {
          first.add(file);
        }
      }
    }
    return first;
  }

  /** Of the versions that are parsed. */
  private static long bytes(ObjectReader objects, List<Versions> files) {
    return files.stream()
        .flatMap(file -> Stream.concat(file.was().stream(), file.is().stream()))
        .mapToLong(blob -> size(objects, blob))
        .filter(size -> size <= SymbolReader.MOST_BYTES)
        .sum();
  }

  /** Of the files of which every version is known. */
  private List<SymbolChange> changes(ObjectReader objects, List<Versions> files) {
    var changes = new ArrayList<SymbolChange>();
    for (var file : files) {
      var language = Language.ofPath(file.path()).orElseThrow();
      var before = file.was().map(blob -> read(objects, file.path(), new Version(language, blob)));
      var after = file.is().map(blob -> read(objects, file.path(), new Version(language, blob)));
      if (isKnown(before) && isKnown(after)) {
        changes.add(
            new SymbolChange(
                file.path(), before.flatMap(found -> found), after.flatMap(found -> found)));
      }
    }
    return changes;
  }

  /** Or there is no such version. */
  private static boolean isKnown(Optional<Optional<FileSymbols>> version) {
    return version.map(Optional::isPresent).orElse(true);
  }

  /** Empty when it is looked at as lines. */
  private Optional<FileSymbols> read(ObjectReader objects, String path, Version version) {
    return switch (reading(objects, version)) {
      case SymbolReading.Known(var symbols) -> Optional.of(symbols);
      case SymbolReading.TextOnly _ -> Optional.empty();
      case SymbolReading.Failed(var message) ->
          throw new ParserException(
              "%s as %s %s: %s"
                  .formatted(Printable.of(path), version.language(), version.blob(), message));
    };
  }

  private SymbolReading reading(ObjectReader objects, Version version) {
    var key = new RecentSymbols.Key(version.language(), version.blob().hex());
    var known = remembered.find(key);
    if (known.isPresent()) {
      return known.get();
    }
    long size = size(objects, version.blob());
    if (size > SymbolReader.MOST_BYTES) {
      return new SymbolReading.TextOnly(SymbolReading.Why.TooLarge);
    }
    var reading = reader.read(version.language(), objects.content(version.blob()));
    if (!(reading instanceof SymbolReading.Failed)) {
      remembered.keep(key, reading, size);
    }
    return reading;
  }

  private static long size(ObjectReader objects, ObjectId blob) {
    return objects.info(blob).map(ObjectReader.Info::size).orElse(Long.MAX_VALUE);
  }
}
