package dev.qudag.merge.git;

import dev.qudag.merge.ObjectId;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One {@code git cat-file --batch-command} for many questions. For one thread; closed after use.
 */
final class ObjectReader implements AutoCloseable {
  private final GitProcess.Running running;
  private final InputStream in;
  private final OutputStream out;
  private final Consumer<ObjectReader> whenClosed;
  private final long started = System.nanoTime();
  private boolean inStep = true;

  /** For one caller: git ends when it is closed. */
  ObjectReader(GitProcess git) {
    this(git, ObjectReader::end);
  }

  /**
   * @param whenClosed what becomes of it
   */
  ObjectReader(GitProcess git, Consumer<ObjectReader> whenClosed) {
    this.whenClosed = whenClosed;
    running = git.start("cat-file", "--batch-command");
    in = new BufferedInputStream(running.process().getInputStream(), 64 * 1024);
    out = new BufferedOutputStream(running.process().getOutputStream());
  }

  record Info(ObjectId id, String type, long size) {}

  Optional<Info> info(ObjectId id) {
    return ask("info " + id);
  }

  /** The commit of that id itself; a tag or a tree of that id is none. */
  Optional<ObjectId> commit(ObjectId id) {
    return info(id).filter(found -> found.type().equals("commit")).map(Info::id);
  }

  Optional<ObjectId> treeOf(ObjectId commit) {
    return ask("info " + commit + "^{tree}").map(Info::id);
  }

  /** The commit that it was made on; a first commit has none. */
  Optional<ObjectId> firstParent(ObjectId commit) {
    return ask("info " + commit + "^1").map(Info::id);
  }

  /** The whole content in memory. */
  byte[] content(ObjectId id) {
    var bytes = new ByteArrayOutputStream();
    copy(id, bytes);
    return bytes.toByteArray();
  }

  /** Streams an object's content; throws when it is not there. */
  long copy(ObjectId id, OutputStream target) {
    var found =
        ask("contents " + id)
            .orElseThrow(() -> new IllegalStateException("no object " + id + " in the repository"));
    inStep = false;
    try {
      var buffer = new byte[64 * 1024];
      for (var left = found.size(); left > 0; ) {
        var n = in.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (n < 0) {
          throw new EOFException("git cat-file ended within " + id);
        }
        target.write(buffer, 0, n);
        left -= n;
      }
      if (in.read() != '\n') {
        throw new EOFException("git cat-file did not end " + id + " as announced");
      }
      inStep = true;
      return found.size();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The answer is "id type size", or "name missing". */
  private Optional<Info> ask(String question) {
    inStep = false;
    try {
      out.write((question + "\n").getBytes(StandardCharsets.US_ASCII));
      out.flush();
      var parts = line().split(" ");
      inStep = true;
      return parts.length == 3
          ? Optional.of(new Info(ObjectId.of(parts[0]), parts[1], Long.parseLong(parts[2])))
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "git cat-file ended before its answer to '" + question + "'", e);
    }
  }

  private String line() throws IOException {
    var line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException();
      }
      line.append((char) c);
    }
    return line.toString();
  }

  /** Whether it can be asked on: it lives, is not old, and every answer was read to its end. */
  boolean isFresh(Duration longest) {
    return inStep && running.process().isAlive() && System.nanoTime() - started < longest.toNanos();
  }

  ProcessHandle process() {
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
