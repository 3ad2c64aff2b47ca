package dev.qudag.merge.structure;

import dev.qudag.merge.symbol.Definition;
import dev.qudag.merge.symbol.FileSymbols;
import java.util.List;

/**
 * A version of a source file that parses.
 *
 * @param lines without their ends
 */
public record Source(List<String> lines, FileSymbols symbols) {
  public Source {
    lines = List.copyOf(lines);
  }

  List<Definition> definitions() {
    return symbols.definitions();
  }
}
