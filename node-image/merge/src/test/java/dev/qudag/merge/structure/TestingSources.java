package dev.qudag.merge.structure;

import dev.qudag.merge.symbol.Definition;
import dev.qudag.merge.symbol.Definition.Kind;
import dev.qudag.merge.symbol.FileSymbols;
import dev.qudag.merge.symbol.Language;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * A language of one line for each declaration: {@code fun NAME …} and {@code val NAME …}; {@code
 * type NAME …} holds what follows up to {@code end}.
 */
final class TestingSources {
  private TestingSources() {}

  private record Open(int index, int line, String text) {}

  static Source of(String... lines) {
    return of(List.of(lines));
  }

  static Source of(List<String> lines) {
    var found = new ArrayList<Definition>();
    Deque<Open> open = new ArrayDeque<>();
    var path = new ArrayList<String>();
    for (int i = 0; i < lines.size(); i++) {
      var words = lines.get(i).strip().split(" ");
      switch (words[0]) {
        case "fun" -> found.add(definition(path, words[1], Kind.Callable, i, i, lines.get(i)));
        case "val" -> found.add(definition(path, words[1], Kind.Value, i, i, lines.get(i)));
        case "type" -> {
          open.push(new Open(found.size(), i, lines.get(i)));
          found.add(definition(path, words[1], Kind.Type, i, i, lines.get(i)));
          path.add(words[1]);
        }
        case "end" -> {
          var began = open.pop();
          var name = path.removeLast();
          found.set(
              began.index(), definition(path, name, Kind.Type, began.line(), i, began.text()));
        }
        default -> {}
      }
    }
    return new Source(lines, new FileSymbols(Language.Java, found, Set.of()));
  }

  private static Definition definition(
      List<String> within, String name, Kind kind, int first, int last, String text) {
    var path = new ArrayList<>(within);
    path.add(name);
    return new Definition(path, kind, first + 1, last + 1, text.strip(), kind + name, Set.of());
  }
}
