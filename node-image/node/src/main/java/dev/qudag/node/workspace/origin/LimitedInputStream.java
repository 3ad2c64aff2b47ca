package dev.qudag.node.workspace.origin;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that fails, instead of ending, where more than the allowed bytes come. */
final class LimitedInputStream extends FilterInputStream {

  private long left;

  LimitedInputStream(InputStream stream, long most) {
    super(stream);
    left = most;
  }

  @Override
  public int read() throws IOException {
    int next = super.read();
    if (next >= 0) {
      count(1);
    }
    return next;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = super.read(buffer, offset, length);
    return read < 0 ? read : count(read);
  }

  private int count(int read) throws IOException {
    left -= read;
    if (left < 0) {
      throw new IOException("the request is over its limit");
    }
    return read;
  }
}
