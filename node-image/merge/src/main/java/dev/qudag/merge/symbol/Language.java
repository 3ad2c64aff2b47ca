package dev.qudag.merge.symbol;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A language whose symbols are known; the names are API (the analysis report). */
public enum Language {
  Java,
  Python,
  JavaScript,
  TypeScript,
  /** TypeScript with JSX: a grammar of its own. */
  Tsx,
  Go,
  Rust;

  private static final Map<String, Language> BY_ENDING =
      Map.ofEntries(
          Map.entry("java", Java),
          Map.entry("py", Python),
          Map.entry("pyi", Python),
          Map.entry("js", JavaScript),
          Map.entry("jsx", JavaScript),
          Map.entry("mjs", JavaScript),
          Map.entry("cjs", JavaScript),
          Map.entry("ts", TypeScript),
          Map.entry("mts", TypeScript),
          Map.entry("cts", TypeScript),
          Map.entry("tsx", Tsx),
          Map.entry("go", Go),
          Map.entry("rs", Rust));

  /** By the ending of the file's name; empty for every other one. */
  public static Optional<Language> ofPath(String path) {
    int dot = path.lastIndexOf('.');
    return dot <= path.lastIndexOf('/') + 1
        ? Optional.empty()
        : Optional.ofNullable(BY_ENDING.get(path.substring(dot + 1).toLowerCase(Locale.ROOT)));
  }

  /** Whether what one defines the other can use. */
  public boolean uses(Language other) {
    return family() == other.family();
  }

  private Language family() {
    return switch (this) {
      case JavaScript, TypeScript, Tsx -> JavaScript;
      case Java, Python, Go, Rust -> this;
    };
  }
}
