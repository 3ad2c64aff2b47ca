package dev.qudag.merge.git.structure;

import dev.qudag.merge.symbol.Language;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Runs mergiraf (GPL-3, never linked) on one file. It reads no configuration, attributes or cache
 * of anybody: its language is told, its home is a file, it finds no git, and it works in a folder
 * that has nothing but the three versions.
 *
 * <p>Its own time limit is off, for it merges by lines when that has passed and does not say so; it
 * is killed from here. Memory, CPU time and files are limited by the kernel.
 */
final class Mergiraf {
  static final Path PRLIMIT = Path.of("/usr/bin/prlimit");

  /** It ends at the first of these, also when this process is gone. */
  private static final Duration MOST_CPU = Duration.ofSeconds(30);

  /** Address space beside the memory it may write to: its program is 100 MB of grammars. */
  private static final long MAPPED_BYTES = 1L << 30;

  private static final Duration VERSION_LIMIT = Duration.ofSeconds(60);
  private static final int CONFLICTS = 1;
  private static final int MOST_AT_ONCE = 1;
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "PATH", "/dev/null",
          "HOME", "/dev/null",
          "XDG_CACHE_HOME", "/dev/null",
          "XDG_CONFIG_HOME", "/dev/null",
          "XDG_DATA_HOME", "/dev/null",
          "MALLOC_ARENA_MAX", "1",
          "LC_ALL", "C",
          "TZ", "UTC");

  private final MergirafSettings settings;
  private final Semaphore running = new Semaphore(MOST_AT_ONCE);

  Mergiraf(MergirafSettings settings) {
    this.settings = settings;
  }

  /** How a run ended. */
  sealed interface Answer {
    /** Without a conflict, as mergiraf says. */
    record Merged(byte[] bytes) implements Answer {}

    /** It leaves conflicts. */
    record Conflicts() implements Answer {}

    /** Killed, or died: no property of the input that another run must share. */
    record Stopped(String why) implements Answer {}
  }

  boolean isThere() {
    return settings.program().isPresent();
  }

  /** {@code mergiraf 0.20.0}; {@code none} where there is no program. */
  String version() {
    return settings.program().map(this::askVersion).orElse("none");
  }

  private String askVersion(Path program) {
    try {
      var answer =
          run(start(List.of(program.toString(), "--version"), Path.of("/")), VERSION_LIMIT);
      if (answer instanceof Answer.Merged(var said)) {
        return new String(said, StandardCharsets.UTF_8).strip();
      }
      throw new IllegalStateException(program + " --version ended with " + answer);
    } catch (IOException e) {
      throw new UncheckedIOException("the version of " + program + " could not be read", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /**
   * @param limit of this run
   */
  Answer merge(Language language, byte[] base, byte[] ours, byte[] theirs, Duration limit) {
    try {
      running.acquire();
      try {
        return mergeIn(
            Files.createTempDirectory("qudag-merge-"), language, base, ours, theirs, limit);
      } finally {
        running.release();
      }
    } catch (IOException e) {
      return new Answer.Stopped(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer.Stopped("interrupted");
    }
  }

  private Answer mergeIn(
      Path folder, Language language, byte[] base, byte[] ours, byte[] theirs, Duration limit)
      throws IOException, InterruptedException {
    try {
      Files.write(folder.resolve("base"), base);
      Files.write(folder.resolve("ours"), ours);
      Files.write(folder.resolve("theirs"), theirs);
      return run(start(command(language), folder), limit);
    } finally {
      delete(folder);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.newDirectoryStream(folder)) {
      for (var file : files) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  private List<String> command(Language language) {
    var command = new ArrayList<String>();
    command.add(PRLIMIT.toString());
    command.add("--data=" + settings.memoryBytes());
    command.add("--as=" + (settings.memoryBytes() + MAPPED_BYTES));
    command.add("--cpu=" + MOST_CPU.toSeconds());
    command.add("--fsize=0");
    command.add("--core=0");
    command.add("--nofile=32");
    command.add(settings.program().orElseThrow().toString());
    command.addAll(List.of("merge", "base", "ours", "theirs"));
    command.addAll(List.of("--language", name(language), "--timeout", "0"));
    command.addAll(List.of("--allow-parse-errors=false", "--compact=false"));
    command.addAll(List.of("--conflict-marker-size", "7"));
    command.addAll(List.of("-s", "base", "-x", "ours", "-y", "theirs"));
    return command;
  }

  /** As {@code mergiraf languages} has it. */
  private static String name(Language language) {
    return switch (language) {
      case Java -> "Java";
      case Python -> "Python";
      case JavaScript -> "Javascript";
      case TypeScript -> "Typescript";
      case Tsx -> "Typescript (TSX)";
      case Go -> "Go";
      case Rust -> "Rust";
    };
  }

  private static Process start(List<String> command, Path folder) throws IOException {
    var builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
            .redirectError(Redirect.DISCARD);
    builder.environment().clear();
    builder.environment().putAll(ENVIRONMENT);
    return builder.start();
  }

  private Answer run(Process process, Duration limit) throws IOException, InterruptedException {
    var unused = Thread.ofVirtual().start(() -> killAfter(process, limit));
    try (var out = process.getInputStream()) {
      var merged = readBounded(out);
      if (merged.isEmpty()) {
        return new Answer.Stopped("more than " + settings.maxOutputBytes() + " bytes");
      }
      int exit = process.waitFor();
      return switch (exit) {
        case 0 -> new Answer.Merged(merged.get());
        case CONFLICTS -> new Answer.Conflicts();
        default -> new Answer.Stopped("exit " + exit + " within " + limit);
      };
    } finally {
      process.destroyForcibly();
    }
  }

  private static void killAfter(Process process, Duration limit) {
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
    }
  }

  private Optional<byte[]> readBounded(InputStream in) throws IOException {
    var out = new ByteArrayOutputStream();
    var buffer = new byte[64 * 1024];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      if (out.size() + n > settings.maxOutputBytes()) {
        return Optional.empty();
      }
      out.write(buffer, 0, n);
    }
    return Optional.of(out.toByteArray());
  }
}
