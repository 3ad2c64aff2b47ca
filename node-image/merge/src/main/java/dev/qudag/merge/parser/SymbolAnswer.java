package dev.qudag.merge.parser;

import dev.qudag.merge.symbol.Definition;
import dev.qudag.merge.symbol.FileSymbols;
import dev.qudag.merge.symbol.Language;
import dev.qudag.merge.symbol.SymbolReading;
import dev.qudag.merge.symbol.SymbolReading.Known;
import dev.qudag.merge.symbol.SymbolReading.TextOnly;
import dev.qudag.merge.symbol.SymbolReading.Why;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads an answer of {@code qudag-symbols}: one word in a line, and after {@code symbols} a line
 * for each definition (kind, first line, last line, digest, signature, path, uses; tabs between
 * them, U+001F within the path, spaces within the uses) and one of the uses outside of all.
 */
final class SymbolAnswer {
  private static final int FIELDS = 7;

  private SymbolAnswer() {}

  static SymbolReading of(Language language, String text) throws IOException {
    var lines = text.split("\n", -1);
    return switch (lines[0]) {
      case "encoding" -> new TextOnly(Why.NotUtf8);
      case "error" -> new TextOnly(Why.Unparsable);
      case "complex" -> new TextOnly(Why.TooComplex);
      case "symbols" -> new Known(symbols(language, lines));
      default ->
          throw new IOException(
              "the parser's answer begins with a line of " + lines[0].length() + " characters");
    };
  }

  private static FileSymbols symbols(Language language, String[] lines) throws IOException {
    if (lines.length < 3 || !lines[lines.length - 1].isEmpty()) {
      throw new IOException("the parser's answer does not end");
    }
    var definitions = new ArrayList<Definition>();
    for (var line = 1; line < lines.length - 2; line++) {
      definitions.add(definition(lines[line]));
    }
    return new FileSymbols(language, definitions, names(lines[lines.length - 2]));
  }

  private static Definition definition(String line) throws IOException {
    var fields = line.split("\t", -1);
    if (fields.length != FIELDS) {
      throw new IOException("the parser tells a definition in " + fields.length + " fields");
    }
    try {
      return new Definition(
          List.of(fields[5].split("\u001f", -1)),
          Definition.Kind.valueOf(fields[0]),
          Integer.parseInt(fields[1]),
          Integer.parseInt(fields[2]),
          fields[3],
          fields[4],
          names(fields[6]));
    } catch (IllegalArgumentException e) {
      throw new IOException("the parser tells a definition that is none", e);
    }
  }

  private static Set<String> names(String field) {
    return field.isEmpty() ? Set.of() : new LinkedHashSet<>(List.of(field.split(" ", -1)));
  }
}
