package dev.qudag.merge.git.process;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * A git that answers one question after the other: to start one costs more than most answers. For
 * one thread; closed after use.
 */
public final class Dialogue implements AutoCloseable {
  private final GitProcess.Running running;
  private final InputStream in;
  private final OutputStream out;
  private final Consumer<Dialogue> whenClosed;
  private final long started = System.nanoTime();
  private boolean asked;
  private boolean inStep = true;

  /** For one caller: git ends when it is closed. */
  public Dialogue(GitProcess git, String... command) {
    this(git, Dialogue::end, command);
  }

  /**
   * @param whenClosed what becomes of it
   * @param command that flushes each of its answers
   */
  Dialogue(GitProcess git, Consumer<Dialogue> whenClosed, String... command) {
    this.whenClosed = whenClosed;
    running = git.start(command);
    in = new BufferedInputStream(running.process().getInputStream(), 64 * 1024);
    out = running.process().getOutputStream();
  }

  /** Reads the whole answer to a question. */
  @FunctionalInterface
  public interface Reading<T> {
    T from(Answer answer) throws IOException;
  }

  /**
   * @param question whole lines, each with its line feed
   * @throws GitException when git ends before its answer does
   * @throws UncheckedIOException when the answer cannot be read, or handed on
   */
  public <T> T ask(String question, Reading<T> answer) {
    inStep = false;
    try {
      tell(question);
      T read = answer.from(new Answer(in, running.maxOutputBytes()));
      inStep = true;
      asked = true;
      return read;
    } catch (EOFException e) {
      throw running.endedAt(question, e);
    } catch (IOException e) {
      throw new UncheckedIOException("git's answer to '" + question.strip() + "'", e);
    }
  }

  private void tell(String question) throws EOFException {
    try {
      out.write(question.getBytes(StandardCharsets.US_ASCII));
      out.flush();
    } catch (IOException e) {
      var ended = new EOFException();
      ended.initCause(e);
      throw ended;
    }
  }

  /** Whether it has answered a question. */
  public boolean wasAsked() {
    return asked;
  }

  /** Whether it can be asked on: it lives, is not old, and every answer was read to its end. */
  boolean isFresh(Duration longest) {
    return inStep && running.process().isAlive() && System.nanoTime() - started < longest.toNanos();
  }

  public ProcessHandle process() {
    return running.process().toHandle();
  }

  /** Ends git. */
  void end() {
    running.hangUp();
  }

  @Override
  public void close() {
    whenClosed.accept(this);
  }
}
