package dev.qudag.merge.git;

import dev.qudag.merge.Refusal;
import dev.qudag.merge.Refusal.Reason;
import dev.qudag.merge.tree.TreeLimits;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Reads a pack's object headers (gitformat-pack(5)) and unpacks nothing beyond the limits: an
 * object that says it is large, or grows when unpacked (zip bomb, delta bomb), is refused before
 * git sees the pack.
 */
final class PackScanner {
  private static final int DELTA_HEAD = 20;
  private static final int OFS_DELTA = 6;
  private static final int REF_DELTA = 7;

  private final TreeLimits limits;
  private final PushableInput in;
  private long inflated;

  private PackScanner(InputStream pack, TreeLimits limits) {
    this.in = new PushableInput(new BufferedInputStream(pack, 64 * 1024));
    this.limits = limits;
  }

  /**
   * The reason to refuse the pack; empty when it keeps the limits. What it holds is for git to
   * verify.
   */
  static Optional<Refusal> scan(InputStream pack, TreeLimits limits) throws IOException {
    return new PackScanner(pack, limits).scan();
  }

  private Optional<Refusal> scan() throws IOException {
    if (in.int32() != 0x5041434b || in.int32() != 2) {
      throw new IOException("it holds no pack of version 2");
    }
    var count = Integer.toUnsignedLong(in.int32());
    if (count > limits.packObjects()) {
      return tooLarge("%d objects, at most %d are allowed", count, limits.packObjects());
    }
    for (var i = 0L; i < count; i++) {
      var refusal = object();
      if (refusal.isPresent()) {
        return refusal;
      }
    }
    return Optional.empty();
  }

  private Optional<Refusal> object() throws IOException {
    var first = in.need();
    var type = (first >> 4) & 7;
    var size = (long) (first & 15);
    var more = (first & 0x80) != 0;
    for (var shift = 4; more; shift += 7) {
      if (shift > 56) {
        throw new IOException("an object of it has no sensible size");
      }
      var next = in.need();
      size |= (long) (next & 0x7f) << shift;
      more = (next & 0x80) != 0;
    }
    if (size > limits.fileBytes()) {
      return tooLarge("an object of %d bytes, at most %d are allowed", size, limits.fileBytes());
    }
    if (type == OFS_DELTA) {
      while ((in.need() & 0x80) != 0) {
        // the offset of the base, of no interest here
      }
    } else if (type == REF_DELTA) {
      in.skip(20);
    }
    var head = inflate(size);
    if (head.isEmpty()) {
      return tooLarge("an object that unpacks to more than the %d bytes it declares", size);
    }
    var result = type == OFS_DELTA || type == REF_DELTA ? deltaResult(head.get()) : size;
    if (result > limits.fileBytes()) {
      return tooLarge("an object of %d bytes, at most %d are allowed", result, limits.fileBytes());
    }
    inflated += result;
    return inflated > limits.inflatedBytes()
        ? tooLarge("more than %d bytes when unpacked", limits.inflatedBytes())
        : Optional.empty();
  }

  /**
   * Inflates one stream into nowhere and returns its first bytes; empty when it is longer than
   * declared.
   */
  private Optional<byte[]> inflate(long declared) throws IOException {
    var inflater = new Inflater();
    try {
      var head = new byte[DELTA_HEAD];
      var buffer = new byte[64 * 1024];
      var total = 0L;
      while (!inflater.finished()) {
        if (inflater.needsInput()) {
          in.fill(inflater);
        }
        var n = inflater.inflate(buffer);
        for (var i = 0; i < n && total + i < head.length; i++) {
          head[(int) total + i] = buffer[i];
        }
        total += n;
        if (total > declared) {
          return Optional.empty();
        }
        if (n == 0 && inflater.needsDictionary()) {
          throw new IOException("an object of it is no zlib stream");
        }
      }
      in.unread(inflater.getRemaining());
      if (total != declared) {
        throw new IOException("an object of it declares " + declared + " bytes and has " + total);
      }
      return Optional.of(head);
    } catch (DataFormatException e) {
      throw new IOException("an object of it is no zlib stream", e);
    } finally {
      inflater.end();
    }
  }

  /**
   * A delta starts with the sizes of its base and of its result, seven bits a byte, lowest first.
   */
  private static long deltaResult(byte[] head) {
    var at = 0;
    while (at < head.length && (head[at] & 0x80) != 0) {
      at++;
    }
    at++;
    var size = 0L;
    for (var shift = 0; at < head.length && shift < 63; shift += 7, at++) {
      size |= (long) (head[at] & 0x7f) << shift;
      if ((head[at] & 0x80) == 0) {
        break;
      }
    }
    return size < 0 ? Long.MAX_VALUE : size;
  }

  private static Optional<Refusal> tooLarge(String form, Object... args) {
    return Optional.of(new Refusal(Reason.TooLarge, "the bundle has " + form.formatted(args)));
  }

  /** Input that gives back what an inflater read too far. */
  private static final class PushableInput {
    private final InputStream in;
    private final byte[] chunk = new byte[16 * 1024];
    private int from;
    private int to;

    PushableInput(InputStream in) {
      this.in = in;
    }

    int need() throws IOException {
      if (from == to) {
        more();
      }
      return chunk[from++] & 0xff;
    }

    int int32() throws IOException {
      return need() << 24 | need() << 16 | need() << 8 | need();
    }

    void skip(int bytes) throws IOException {
      for (var i = 0; i < bytes; i++) {
        need();
      }
    }

    void fill(Inflater inflater) throws IOException {
      if (from == to) {
        more();
      }
      inflater.setInput(chunk, from, to - from);
      from = to;
    }

    void unread(int bytes) {
      from -= bytes;
    }

    private void more() throws IOException {
      from = 0;
      to = Math.max(0, in.read(chunk));
      if (to == 0) {
        throw new EOFException("its pack ends early");
      }
    }
  }
}
