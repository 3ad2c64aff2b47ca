package dev.qudag.merge.parser;

import dev.qudag.merge.symbol.Language;
import dev.qudag.merge.symbol.SymbolReader;
import dev.qudag.merge.symbol.SymbolReading;
import dev.qudag.merge.symbol.SymbolReading.Failed;
import dev.qudag.merge.symbol.SymbolReading.TextOnly;
import dev.qudag.merge.symbol.SymbolReading.Why;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * {@code qudag-symbols}, one process for all who ask. It is killed when an answer takes too long,
 * and started again for the next question: a question is asked twice before there is no answer.
 *
 * <p>Without the program every file is looked at as lines, and {@link #identity} says so: nodes
 * that have it are another engine.
 */
public final class SymbolProgram implements SymbolReader, AutoCloseable {
  private static final String NAME = "qudag-symbols";
  private static final String NONE = "none";

  /**
   * Of one file, a multiple of what the program's own limits let it take: whoever is over it is no
   * slow file but a fault.
   */
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private static final int TRIES = 2;

  private final Optional<Path> program;
  private final Duration limit;
  private @Nullable SymbolProcess running;
  private @Nullable String identity;

  /**
   * @param program empty: there is none
   * @param limit of one answer
   */
  public SymbolProgram(Optional<Path> program, Duration limit) {
    this.program = program;
    this.limit = limit;
  }

  private static final class OnPath {
    private static final SymbolProgram PROGRAM = new SymbolProgram(find(), LIMIT);
  }

  /** The one of this process: the program on the PATH, if it is there. */
  public static SymbolProgram onPath() {
    return OnPath.PROGRAM;
  }

  private static Optional<Path> find() {
    var path = System.getenv().getOrDefault("PATH", "");
    return Arrays.stream(path.split(File.pathSeparator, -1))
        .filter(folder -> folder.startsWith("/"))
        .map(folder -> Path.of(folder, NAME))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * What its answers depend on, beside the files: a version and the digest of its sources; {@code
   * none} when there is no program.
   *
   * @throws ParserException when the program does not say it
   */
  public synchronized String identity() {
    if (identity == null) {
      identity = program.map(this::version).orElse(NONE);
    }
    return identity;
  }

  private String version(Path file) {
    try {
      var process = SymbolProcess.builder(file, "--version").start();
      process.getOutputStream().close();
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw new ParserException(file + " --version takes longer than " + limit);
      }
      var said =
          new String(process.getInputStream().readNBytes(256), StandardCharsets.UTF_8).strip();
      if (process.exitValue() != 0 || !said.startsWith(NAME + " ")) {
        throw new ParserException(
            "%s --version ended with %d and '%s'".formatted(file, process.exitValue(), said));
      }
      return said;
    } catch (IOException e) {
      throw new ParserException(file + " cannot be started: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ParserException("interrupted while " + file + " said its version");
    }
  }

  @Override
  public synchronized SymbolReading read(Language language, byte[] source) {
    if (program.isEmpty()) {
      return new TextOnly(Why.NoParser);
    }
    if (source.length > MOST_BYTES) {
      return new TextOnly(Why.TooLarge);
    }
    var why = "";
    for (var attempt = 0; attempt < TRIES; attempt++) {
      try {
        var process = running == null ? SymbolProcess.start(program.get(), limit) : running;
        running = process;
        return SymbolAnswer.of(language, process.ask(language, source));
      } catch (IOException e) {
        why = String.valueOf(e.getMessage());
        close();
      }
    }
    return new Failed(why);
  }

  /** Ends the process; the next question starts another. */
  @Override
  public synchronized void close() {
    if (running != null) {
      running.kill();
      running = null;
    }
  }
}
