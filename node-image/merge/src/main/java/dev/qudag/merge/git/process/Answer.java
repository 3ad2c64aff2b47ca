package dev.qudag.merge.git.process;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * What git answers to one question, read in pieces. What is kept in memory of it is bounded; what
 * is copied on is not.
 */
public final class Answer {
  private final InputStream in;
  private long left;

  /**
   * @param in with mark and reset
   * @param most bytes that may be kept
   */
  Answer(InputStream in, long most) {
    this.in = in;
    this.left = most;
  }

  /** The bytes before the next {@code end}, which is taken too. */
  public byte[] until(char end) throws IOException {
    var bytes = new ByteArrayOutputStream();
    for (int next = read(); next != end; next = read()) {
      if (--left < 0) {
        throw new IOException("an answer that is too long to be kept");
      }
      bytes.write(next);
    }
    return bytes.toByteArray();
  }

  public String text(char end) throws IOException {
    return new String(until(end), StandardCharsets.UTF_8);
  }

  /** Whether that is the next byte, which stays. */
  public boolean isNext(char wanted) throws IOException {
    in.mark(1);
    int next = in.read();
    in.reset();
    return next == wanted;
  }

  /** Hands so many bytes on. */
  public void copy(long size, OutputStream target) throws IOException {
    var buffer = new byte[64 * 1024];
    for (var rest = size; rest > 0; ) {
      var n = in.read(buffer, 0, (int) Math.min(buffer.length, rest));
      if (n < 0) {
        throw new EOFException();
      }
      target.write(buffer, 0, n);
      rest -= n;
    }
  }

  private int read() throws IOException {
    int next = in.read();
    if (next < 0) {
      throw new EOFException();
    }
    return next;
  }
}
