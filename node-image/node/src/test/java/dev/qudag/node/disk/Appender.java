package dev.qudag.node.disk;

import java.nio.ByteBuffer;
import java.nio.file.Path;

/** A process that appends numbers to a log until it is killed, and says each one that is synced. */
final class Appender {
  static final byte[] HEADER = {'n', 'u', 'm', 'b', 'e', 'r', 's'};

  private Appender() {}

  /**
   * Runs until it is killed.
   *
   * @param arguments the file
   */
  public static void main(String... arguments) throws Exception {
    long[] next = {0};
    try (RecordLog log =
        RecordLog.open(Path.of(arguments[0]), HEADER, (offset, record) -> next[0]++)) {
      while (true) {
        int batch = 1 + (int) (next[0] % 3);
        for (int i = 0; i < batch; i++) {
          log.append(record(next[0]++));
        }
        log.sync();
        System.out.println(next[0]);
      }
    }
  }

  /** A number and some filling, of a size that differs. */
  static byte[] record(long number) {
    int size = Long.BYTES + (int) (number * 37 % 3000);
    return ByteBuffer.allocate(size).putLong(number).array();
  }
}
