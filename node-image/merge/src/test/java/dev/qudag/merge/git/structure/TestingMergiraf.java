package dev.qudag.merge.git.structure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The pinned mergiraf, as the cluster harness builds and caches it; and programs in its place. */
public final class TestingMergiraf {
  /** As {@code e2e/lib/paths.sh} has it. */
  public static final String VERSION = "0.20.0";

  private TestingMergiraf() {}

  public static MergirafSettings settings() {
    return MergirafSettings.of(Optional.of(program()));
  }

  public static MergirafSettings none() {
    return MergirafSettings.of(Optional.empty());
  }

  /** A program of those shell commands; it says the same version as the pinned one. */
  public static MergirafSettings inItsPlace(Path folder, String commands) {
    var script = folder.resolve("mergiraf");
    try {
      Files.writeString(
          script,
          "#!/bin/sh\n[ \"$1\" != --version ] || { echo mergiraf %s; exit; }\n%s\n"
              .formatted(VERSION, commands));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (!script.toFile().setExecutable(true)) {
      throw new AssertionError(script + " cannot be made executable");
    }
    return MergirafSettings.of(Optional.of(script));
  }

  private static Path program() {
    var cache =
        System.getenv("XDG_CACHE_HOME") == null
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(System.getenv("XDG_CACHE_HOME"));
    var program = cache.resolve("qudag/mergiraf-" + VERSION + "/bin/mergiraf");
    if (!Files.isExecutable(program)) {
      throw new AssertionError(
          program + " is missing; build it once with: e2e/cluster tool mergiraf --version");
    }
    return program;
  }
}
