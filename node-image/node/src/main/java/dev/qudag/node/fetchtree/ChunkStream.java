package dev.qudag.node.fetchtree;

import com.google.protobuf.ByteString;
import dev.qudag.proto.Chunk;
import java.io.InputStream;
import java.util.Iterator;

/** The bytes of a stream of chunks, one after the other. */
final class ChunkStream extends InputStream {
  private final Iterator<Chunk> chunks;
  private ByteString current = ByteString.EMPTY;
  private int position;

  ChunkStream(Iterator<Chunk> chunks) {
    this.chunks = chunks;
  }

  private boolean exhausted() {
    while (position == current.size()) {
      if (!chunks.hasNext()) {
        return true;
      }
      current = chunks.next().getData();
      position = 0;
    }
    return false;
  }

  @Override
  public int read() {
    return exhausted() ? -1 : current.byteAt(position++) & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    if (length == 0) {
      return 0;
    }
    if (exhausted()) {
      return -1;
    }
    int count = Math.min(length, current.size() - position);
    current.copyTo(target, position, offset, count);
    position += count;
    return count;
  }
}
