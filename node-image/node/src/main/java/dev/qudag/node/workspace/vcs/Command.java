package dev.qudag.node.workspace.vcs;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * A child process that inherits nothing: its whole environment is given, its time and its output
 * are bounded.
 *
 * @param limit after it the process and its descendants are killed
 */
public record Command(
    List<String> words, Path directory, Map<String, String> environment, Duration limit) {

  private static final int MAX_OUTPUT_BYTES = 64 << 20;
  private static final int MAX_ERROR_BYTES = 64 << 10;

  public Command {
    words = List.copyOf(words);
    environment = Map.copyOf(environment);
  }

  /** What a process left behind; the code is judged by the caller. */
  public record Output(List<String> words, int code, byte[] out, String err) {

    public String text() {
      return new String(out, StandardCharsets.UTF_8);
    }

    /** Standard output without its last line break. */
    public String line() {
      return text().strip();
    }

    public boolean succeeded() {
      return code == 0;
    }

    public Output orThrow() {
      if (!succeeded()) {
        throw new CommandException(words, "exit code " + code + ": " + err.strip());
      }
      return this;
    }
  }

  /** The same command, run in another directory. */
  public Command in(Path other) {
    return new Command(words, other, environment, limit);
  }

  public Output run() {
    return run(InputStream.nullInputStream());
  }

  public Output run(byte[] input) {
    return run(new ByteArrayInputStream(input));
  }

  /**
   * Runs to the end, or to the limit; feeds standard input until it ends or the process no longer
   * reads.
   */
  public Output run(InputStream input) {
    Process process = start();
    try {
      var out = async(() -> bounded(process.getInputStream(), MAX_OUTPUT_BYTES));
      var err = async(() -> bounded(process.getErrorStream(), MAX_ERROR_BYTES));
      var in = async(() -> feed(input, process.getOutputStream()));
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new CommandException(words, "killed after " + limit.toSeconds() + " s");
      }
      in.cancel(true);
      return new Output(
          words, process.exitValue(), out.join(), new String(err.join(), StandardCharsets.UTF_8));
    } catch (CompletionException e) {
      throw new CommandException(words, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException(words, "interrupted");
    } finally {
      kill(process);
    }
  }

  private Process start() {
    var builder = new ProcessBuilder(words).directory(directory.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    try {
      return builder.start();
    } catch (IOException e) {
      throw new CommandException(words, String.valueOf(e.getMessage()));
    }
  }

  private static void kill(Process process) {
    if (process.isAlive()) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private interface Reading {
    byte[] read() throws IOException;
  }

  private static CompletableFuture<byte[]> async(Reading reading) {
    var future = new CompletableFuture<byte[]>();
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                future.complete(reading.read());
              } catch (IOException | RuntimeException e) {
                future.completeExceptionally(e);
              }
            });
    return future;
  }

  /** Reads to the end, so that the process never blocks, and keeps the first {@code most} bytes. */
  private static byte[] bounded(InputStream stream, int most) throws IOException {
    byte[] kept = stream.readNBytes(most);
    long rest = stream.transferTo(OutputStream.nullOutputStream());
    if (rest > 0 && most == MAX_OUTPUT_BYTES) {
      throw new UncheckedIOException(new IOException("output over " + most + " bytes"));
    }
    return kept;
  }

  private static byte[] feed(InputStream input, OutputStream stdin) throws IOException {
    try (stdin) {
      input.transferTo(stdin);
    }
    return new byte[0];
  }
}
