package dev.qudag.merge.symbol;

import java.util.Optional;

/**
 * What a side made of a file, both versions of which are known by their symbols.
 *
 * @param before the ancestor's version; empty when the side added the file
 * @param after the side's; empty when it removed the file
 */
public record SymbolChange(String path, Optional<FileSymbols> before, Optional<FileSymbols> after) {
  public SymbolChange {
    if (before.isEmpty() && after.isEmpty()) {
      throw new IllegalArgumentException("a changed file has a version: " + path);
    }
  }

  Language language() {
    return after.or(() -> before).orElseThrow().language();
  }
}
