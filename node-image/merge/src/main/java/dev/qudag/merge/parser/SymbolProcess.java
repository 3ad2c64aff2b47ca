package dev.qudag.merge.parser;

import dev.qudag.merge.symbol.Language;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A running {@code qudag-symbols}. For one thread at a time. */
final class SymbolProcess {
  /** Bytes of an answer: twice what the program gives at most. */
  private static final int MOST_ANSWER = 8 * 1024 * 1024;

  private final Process process;
  private final DataInputStream in;
  private final DataOutputStream out;
  private final Duration limit;

  private SymbolProcess(Process process, Duration limit) {
    this.process = process;
    this.in = new DataInputStream(process.getInputStream());
    this.out = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
    this.limit = limit;
  }

  static SymbolProcess start(Path program, Duration limit) throws IOException {
    return new SymbolProcess(builder(program).start(), limit);
  }

  /** In an environment without anything. */
  static ProcessBuilder builder(Path program, String... args) {
    var builder = new ProcessBuilder(program.toString()).redirectError(Redirect.DISCARD);
    builder.command().addAll(List.of(args));
    builder.environment().clear();
    return builder;
  }

  /**
   * The text of the answer.
   *
   * @throws IOException when it died, was killed at the time limit, or answers nonsense; it is of
   *     no use any more then
   */
  String ask(Language language, byte[] source) throws IOException {
    var late = new CompletableFuture<Boolean>().orTimeout(limit.toNanos(), TimeUnit.NANOSECONDS);
    var watch =
        late.whenComplete(
            (_, e) -> {
              if (e instanceof TimeoutException) {
                kill();
              }
            });
    try {
      out.writeInt(source.length + 1);
      out.writeByte(id(language));
      out.write(source);
      out.flush();
      int length = in.readInt();
      if (length < 0 || length > MOST_ANSWER) {
        throw new IOException("the parser announces an answer of " + length + " bytes");
      }
      var bytes = in.readNBytes(length);
      if (bytes.length < length) {
        throw new EOFException("the parser ended within its answer");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw watch.isCompletedExceptionally()
          ? new IOException("the parser was killed after " + limit, e)
          : new IOException("the parser ended before its answer", e);
    } finally {
      late.complete(true);
    }
  }

  void kill() {
    process.destroyForcibly();
  }

  /** As {@code node-image/symbols/src/grammar.rs} has them. */
  private static char id(Language language) {
    return switch (language) {
      case Java -> 'J';
      case Python -> 'P';
      case JavaScript -> 'S';
      case TypeScript -> 'T';
      case Tsx -> 'X';
      case Go -> 'G';
      case Rust -> 'R';
    };
  }
}
