package dev.qudag.merge.parser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** The parser of these sources, as the cluster harness builds and caches it. */
public final class TestingSymbols {
  private static final Path SOURCES = Path.of("..", "symbols");

  private TestingSymbols() {}

  public static SymbolProgram open() {
    return new SymbolProgram(Optional.of(program()), Duration.ofSeconds(20));
  }

  public static Path program() {
    Path cache =
        System.getenv("XDG_CACHE_HOME") == null
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(System.getenv("XDG_CACHE_HOME"));
    Path program = cache.resolve("qudag/symbols-" + version() + "/bin/qudag-symbols");
    if (!Files.isExecutable(program)) {
      throw new AssertionError(
          program + " is missing; build it once with: e2e/cluster tool symbols --version");
    }
    return program;
  }

  /** As {@code e2e/lib/paths.sh} has it. */
  private static String version() {
    try (var files = Files.list(SOURCES.resolve("src"))) {
      var all =
          new ArrayList<>(List.of(SOURCES.resolve("Cargo.lock"), SOURCES.resolve("Cargo.toml")));
      files.filter(file -> file.toString().endsWith(".rs")).sorted().forEach(all::add);
      var digest = MessageDigest.getInstance("SHA-256");
      for (var file : all) {
        digest.update(Files.readAllBytes(file));
      }
      return HexFormat.of().formatHex(digest.digest()).substring(0, 16);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
