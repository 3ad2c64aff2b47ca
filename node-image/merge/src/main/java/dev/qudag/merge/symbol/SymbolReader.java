package dev.qudag.merge.symbol;

/** Reads the symbols of a file. Never throws because of what stands in it. */
@FunctionalInterface
public interface SymbolReader {
  /** Most bytes of a file that is parsed. */
  int MOST_BYTES = 160 * 1024;

  /**
   * @param source of any content and size
   */
  SymbolReading read(Language language, byte[] source);

  /** As {@link #read(Language, byte[])}, in the language that the path tells. */
  default SymbolReading read(String path, byte[] source) {
    return Language.ofPath(path)
        .map(language -> read(language, source))
        .orElseGet(() -> new SymbolReading.TextOnly(SymbolReading.Why.NoLanguage));
  }
}
