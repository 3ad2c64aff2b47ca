package dev.qudag.merge.structure;

import dev.qudag.merge.FileOutcome;
import dev.qudag.merge.text.Chunk;
import dev.qudag.merge.text.Hunk;
import dev.qudag.merge.text.ThreeWay;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** In what order the items of the three versions may stand in a result. */
record DeclarationOrder(Outline base, Outline ours, Outline theirs) {

  Optional<FileOutcome> violatedBy(Outline merged) {
    if (moves(ours) || moves(theirs)) {
      return Optional.of(FileOutcome.OrderUnclear);
    }
    var chunks = ThreeWay.merge("", base.items(), ours.items(), theirs.items());
    if (chunks.isEmpty()) {
      return Optional.of(FileOutcome.TooManyChanges);
    }
    return isMadeOf(chunks.get(), merged.items())
        ? Optional.empty()
        : Optional.of(FileOutcome.OrderUnclear);
  }

  private boolean moves(Outline side) {
    return !base.sharedWith(side).equals(side.sharedWith(base));
  }

  private boolean isMadeOf(List<Chunk> chunks, List<String> merged) {
    int at = 0;
    for (var chunk : chunks) {
      int end = at + size(chunk);
      if (end > merged.size() || !mayStand(chunk, merged.subList(at, end))) {
        return false;
      }
      at = end;
    }
    return at == merged.size();
  }

  private static int size(Chunk chunk) {
    return switch (chunk) {
      case Chunk.Agreed(var items) -> items.size();
      case Chunk.Open(Hunk hunk) ->
          hunk.ours().equals(hunk.theirs()) ? hunk.ours().size() : union(hunk).size();
    };
  }

  private boolean mayStand(Chunk chunk, List<String> there) {
    return switch (chunk) {
      case Chunk.Agreed(var items) -> there.equals(items);
      case Chunk.Open(Hunk hunk) ->
          hunk.ours().equals(hunk.theirs()) ? there.equals(hunk.ours()) : isUnion(hunk, there);
    };
  }

  /** What both added or kept, once. */
  private static Set<String> union(Hunk hunk) {
    var union = new LinkedHashSet<>(hunk.base());
    union.retainAll(hunk.ours());
    union.retainAll(hunk.theirs());
    union.addAll(added(hunk, hunk.ours()));
    union.addAll(added(hunk, hunk.theirs()));
    return union;
  }

  private static List<String> added(Hunk hunk, List<String> side) {
    return side.stream().filter(item -> !hunk.base().contains(item)).toList();
  }

  private boolean isUnion(Hunk hunk, List<String> there) {
    boolean ofBlocks =
        hunk.parts().flatMap(part -> part.lines().stream()).allMatch(Outline::isBlock);
    return ofBlocks
        && new HashSet<>(there).equals(union(hunk))
        && keepsOrder(hunk.ours(), there)
        && keepsOrder(hunk.theirs(), there)
        && isOneBelowTheOther(added(hunk, hunk.ours()), added(hunk, hunk.theirs()), there);
  }

  private static boolean keepsOrder(List<String> side, List<String> there) {
    return side.stream()
        .filter(there::contains)
        .toList()
        .equals(there.stream().filter(side::contains).toList());
  }

  private boolean isOneBelowTheOther(
      List<String> byOurs, List<String> byTheirs, List<String> there) {
    if (byOurs.stream().anyMatch(ours::isValue) && byTheirs.stream().anyMatch(theirs::isValue)) {
      return false;
    }
    var added =
        there.stream().filter(item -> byOurs.contains(item) || byTheirs.contains(item)).toList();
    return added.equals(one(byOurs, byTheirs)) || added.equals(one(byTheirs, byOurs));
  }

  private static List<String> one(List<String> first, List<String> second) {
    var all = new ArrayList<>(first);
    second.stream().filter(item -> !first.contains(item)).forEach(all::add);
    return all;
  }
}
