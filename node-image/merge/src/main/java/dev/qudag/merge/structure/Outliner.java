package dev.qudag.merge.structure;

import dev.qudag.merge.symbol.Definition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Cuts a version into its {@link Outline}. A declaration takes with it the lines right above that
 * begin as a comment, an annotation or an attribute does.
 */
final class Outliner {
  private static final List<String> OF_THE_NEXT = List.of("//", "/*", "*", "#", "@");

  private final Source source;
  private final Names names;
  private final List<String> items = new ArrayList<>();
  private final Map<String, List<String>> blocks = new HashMap<>();
  private final Set<String> values = new HashSet<>();
  private final Set<String> seen = new HashSet<>();
  private final List<Definition> around = new ArrayList<>();
  private int next = 1;

  private Outliner(Source source, Names names) {
    this.source = source;
    this.names = names;
  }

  /**
   * @return empty when declarations share a line, stand in each other in a way that their names do
   *     not tell, or two have one key
   */
  static Optional<Outline> of(Source source, Names names) {
    return new Outliner(source, names).outline();
  }

  private Optional<Outline> outline() {
    Optional<Definition> last = Optional.empty();
    for (var definition : source.definitions()) {
      if (last.filter(piece -> holds(piece, definition)).isPresent()) {
        continue;
      }
      if (!isInPlace(definition) || !seen.add(names.key(definition))) {
        return Optional.empty();
      }
      if (names.isOpened(definition)) {
        linesTo(definition.firstLine());
        around.add(definition);
      } else {
        add(definition);
        last = Optional.of(definition);
      }
    }
    linesTo(source.lines().size());
    return Optional.of(new Outline(items, blocks, values));
  }

  /** After all before it, and within what it is named to stand in. */
  private boolean isInPlace(Definition definition) {
    while (!around.isEmpty() && around.getLast().lastLine() < definition.firstLine()) {
      around.removeLast();
    }
    return definition.firstLine() >= next
        && definition.firstLine() <= definition.lastLine()
        && definition.lastLine() <= source.lines().size()
        && (around.isEmpty() || holds(around.getLast(), definition));
  }

  private static boolean holds(Definition outer, Definition inner) {
    int depth = outer.path().size();
    return outer.firstLine() <= inner.firstLine()
        && inner.lastLine() <= outer.lastLine()
        && inner.path().size() > depth
        && inner.path().subList(0, depth).equals(outer.path());
  }

  private void add(Definition definition) {
    int first = definition.firstLine();
    while (first > next && belongsToTheNext(first - 1)) {
      first--;
    }
    linesTo(first - 1);
    var key = names.key(definition);
    items.add(Outline.block(key));
    blocks.put(key, source.lines().subList(first - 1, definition.lastLine()));
    if (definition.kind() == Definition.Kind.Value) {
      values.add(key);
    }
    next = definition.lastLine() + 1;
  }

  /**
   * @param number from 1
   */
  private boolean belongsToTheNext(int number) {
    var line = source.lines().get(number - 1).stripLeading();
    return OF_THE_NEXT.stream().anyMatch(line::startsWith);
  }

  /** What stands outside of every declaration up to there. */
  private void linesTo(int number) {
    for (; next <= number; next++) {
      var line = source.lines().get(next - 1);
      if (!line.isBlank()) {
        items.add(Outline.line(line));
      }
    }
  }
}
