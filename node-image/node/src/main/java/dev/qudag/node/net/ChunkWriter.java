package dev.qudag.node.net;

import com.google.protobuf.ByteString;
import dev.qudag.proto.Chunk;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;

/** Bytes as a stream of chunks of at most 64 KiB. Closing it sends what is left. */
public final class ChunkWriter extends OutputStream {
  private static final int CHUNK = 64 * 1024;

  private final StreamWriter<Chunk> out;
  private final byte[] buffer = new byte[CHUNK];
  private int filled;

  public ChunkWriter(StreamWriter<Chunk> out) {
    this.out = out;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    for (int done = 0; done < length; ) {
      int count = Math.min(length - done, CHUNK - filled);
      System.arraycopy(bytes, offset + done, buffer, filled, count);
      filled += count;
      done += count;
      if (filled == CHUNK) {
        send();
      }
    }
  }

  @Override
  public void close() throws IOException {
    if (filled > 0) {
      send();
    }
  }

  private void send() throws IOException {
    try {
      out.send(Chunk.newBuilder().setData(ByteString.copyFrom(buffer, 0, filled)).build());
      filled = 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the node ends");
    }
  }
}
