package dev.qudag.merge.git.process;

import dev.qudag.merge.Printable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Starts git with an argument list, a complete environment and a time limit; never through a shell.
 */
public final class GitProcess {
  private final GitSettings settings;
  private final Map<String, String> environment;
  private final Path directory;
  private final List<String> before;

  /**
   * @param more of the environment, beside the settings'
   */
  public GitProcess(GitSettings settings, Path gitDir, Map<String, String> more) {
    this(settings, settings.environment(gitDir), gitDir, List.of());
    this.environment.putAll(more);
  }

  private GitProcess(
      GitSettings settings, Map<String, String> environment, Path directory, List<String> before) {
    this.settings = settings;
    this.environment = environment;
    this.directory = directory;
    this.before = before;
  }

  /** The same git, held to these bounds. */
  public GitProcess within(ProcessBounds bounds) {
    return new GitProcess(settings, environment, directory, bounds.words());
  }

  /** Writes what git reads from its standard input. */
  @FunctionalInterface
  public interface Input {
    Input NONE = _ -> {};

    void writeTo(OutputStream out) throws IOException;

    static Input of(byte[] bytes) {
      return out -> out.write(bytes);
    }

    static Input of(String text) {
      return of(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Reads what git writes to its standard output. */
  @FunctionalInterface
  public interface Output<T> {
    T readFrom(InputStream in) throws IOException;
  }

  /** How a git ended, and what it said. */
  public record Result<T>(int exit, T output, String error) {}

  /** Runs to the end; exit codes other than those expected are an exception. */
  public Result<byte[]> run(Input input, List<Integer> expected, String... args) {
    return stream(input, this::readBounded, expected, args);
  }

  public byte[] run(String... args) {
    return run(Input.NONE, List.of(0), args).output();
  }

  public byte[] run(Input input, String... args) {
    return run(input, List.of(0), args).output();
  }

  public String text(String... args) {
    return new String(run(args), StandardCharsets.UTF_8).strip();
  }

  public <T> Result<T> stream(
      Input input, Output<T> output, List<Integer> expected, String... args) {
    var command = Arrays.asList(args);
    try (var running = start(args)) {
      var error = running.errors;
      var fed = running.feed(input);
      T answer = output.readFrom(running.process().getInputStream());
      var exit = running.await();
      fed.join();
      error.thread().join();
      if (!expected.contains(exit)) {
        throw new GitException(command, "exit " + exit + ": " + error.text());
      }
      return new Result<>(exit, answer, error.text());
    } catch (IOException e) {
      throw new GitException(command, "its output could not be read", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new GitException(command, "interrupted", e);
    }
  }

  /** Starts git for a dialogue; the caller closes it. */
  Running start(String... args) {
    var command = new ArrayList<>(before);
    command.add(settings.program());
    command.addAll(Arrays.asList(args));
    var builder =
        new ProcessBuilder(command).directory(directory.toFile()).redirectError(Redirect.PIPE);
    builder.environment().clear();
    builder.environment().putAll(environment);
    try {
      return new Running(builder.start(), settings, List.of(args));
    } catch (IOException e) {
      throw new GitException(List.of(args), "cannot be started as '" + settings.program() + "'", e);
    }
  }

  private byte[] readBounded(InputStream in) throws IOException {
    var out = new ByteArrayOutputStream();
    var buffer = new byte[64 * 1024];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      if (out.size() + n > settings.maxOutputBytes()) {
        throw new IOException("more than " + settings.maxOutputBytes() + " bytes");
      }
      out.write(buffer, 0, n);
    }
    return out.toByteArray();
  }

  /**
   * A running git; killed with its children at the time limit, and when closed before it has ended.
   */
  static final class Running implements AutoCloseable {
    private static final int MAX_ERROR = 16 * 1024;
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private final Process process;
    private final GitSettings settings;
    private final List<String> command;
    private final Errors errors;
    private final AtomicBoolean late = new AtomicBoolean();

    private Running(Process process, GitSettings settings, List<String> command) {
      this.process = process;
      this.settings = settings;
      this.command = command;
      this.errors = listen();
      Thread.ofVirtual().start(this::watch);
    }

    Process process() {
      return process;
    }

    int await() throws InterruptedException {
      var exit = process.waitFor();
      if (late.get()) {
        throw new GitException(command, "killed after " + settings.limit());
      }
      return exit;
    }

    private void watch() {
      try {
        if (!process.waitFor(settings.limit().toMillis(), TimeUnit.MILLISECONDS)) {
          late.set(true);
          kill();
        }
      } catch (InterruptedException e) {
        kill();
      }
    }

    /**
     * Ends a dialogue: git ends by itself when nobody talks to it any more. To kill it costs more,
     * since its children are looked for among all processes.
     */
    void hangUp() {
      try {
        process.getOutputStream().close();
        process.getInputStream().close();
        process.getErrorStream().close();
      } catch (IOException e) {
        kill();
      }
    }

    long maxOutputBytes() {
      return settings.maxOutputBytes();
    }

    /**
     * @param cause the end of its output: it has said why by then, or soon
     */
    GitException endedAt(String question, IOException cause) {
      try {
        var unused = errors.thread().join(LAST_WORDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      var why = Printable.of(question.strip()) + "': " + Printable.of(errors.text().strip());
      return new GitException(command, "ended before its answer to '" + why, cause);
    }

    private Thread feed(Input input) {
      return Thread.ofVirtual()
          .start(
              () -> {
                try (var out = process.getOutputStream()) {
                  input.writeTo(out);
                } catch (IOException e) {
                  // git ended before it had read everything: its exit code says why
                }
              });
    }

    /** Somebody reads them all the time: git would stand still once there were many. */
    private Errors listen() {
      var text = new StringBuffer();
      var thread =
          Thread.ofVirtual()
              .start(
                  () -> {
                    try (var reader = process.errorReader(StandardCharsets.UTF_8)) {
                      for (int c = reader.read(); c >= 0; c = reader.read()) {
                        if (text.length() < MAX_ERROR) {
                          text.append((char) c);
                        }
                      }
                    } catch (IOException e) {
                      text.append(" (its errors could not be read)");
                    }
                  });
      return new Errors(thread, text);
    }

    private record Errors(Thread thread, StringBuffer buffer) {
      String text() {
        return buffer.toString();
      }
    }

    private void kill() {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }

    @Override
    public void close() {
      if (process.isAlive()) {
        kill();
      }
    }
  }
}
