package dev.qudag.crypto.encoding;

import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.VerifyingKey;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Reads what {@link CanonicalWriter} writes, and nothing else: a length or a count beyond what is
 * left, a text that is not UTF-8, a boolean other than 0 and 1, another tag, and bytes left over
 * are all refused.
 *
 * <p>Nothing is allocated on the word of a length before that length is known to be there, so
 * hostile input costs no more memory than it has bytes.
 */
public final class CanonicalReader {
  private final ByteBuffer in;

  private CanonicalReader(byte[] bytes) {
    this.in = ByteBuffer.wrap(bytes);
  }

  /**
   * Reads a whole statement: its tag, then {@code body}, then nothing more.
   *
   * @throws MalformedEncodingException when the bytes are not exactly that, or a value is one that
   *     its type refuses
   */
  public static <T> T read(String tag, byte[] bytes, Function<CanonicalReader, T> body) {
    CanonicalReader reader = new CanonicalReader(bytes);
    String found = reader.text();
    if (!found.equals(tag)) {
      throw new MalformedEncodingException(
          "expected a " + tag + ", found another kind of statement");
    }
    return reader.finish(body);
  }

  /** Reads a whole encoding that begins without a tag. */
  public static <T> T readUntagged(byte[] bytes, Function<CanonicalReader, T> body) {
    return new CanonicalReader(bytes).finish(body);
  }

  /** The tag that a statement begins with, for choosing its type. */
  public static String tagOf(byte[] bytes) {
    return new CanonicalReader(bytes).text();
  }

  public int int8() {
    need(1);
    return Byte.toUnsignedInt(in.get());
  }

  public int int32() {
    need(Integer.BYTES);
    return in.getInt();
  }

  public long int64() {
    need(Long.BYTES);
    return in.getLong();
  }

  public boolean bool() {
    int value = int8();
    if (value > 1) {
      throw new MalformedEncodingException("a boolean is 0 or 1, not " + value);
    }
    return value == 1;
  }

  public Bytes bytes() {
    return Bytes.of(byteArray());
  }

  public byte[] byteArray() {
    return raw(count("length"));
  }

  public String text() {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(byteArray())).toString();
    } catch (CharacterCodingException e) {
      throw new MalformedEncodingException("a text is not UTF-8, before byte " + in.position(), e);
    }
  }

  public Digest digest() {
    return Digest.of(raw(Digest.SIZE));
  }

  public VerifyingKey key() {
    return VerifyingKey.of(raw(VerifyingKey.SIZE));
  }

  /** A list whose elements have at least one byte each. */
  public <T> List<T> list(Function<CanonicalReader, T> element) {
    int count = count("count");
    List<T> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      values.add(element.apply(this));
    }
    return List.copyOf(values);
  }

  private <T> T finish(Function<CanonicalReader, T> body) {
    T value;
    try {
      value = body.apply(this);
    } catch (MalformedEncodingException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new MalformedEncodingException(String.valueOf(e.getMessage()), e);
    }
    if (in.hasRemaining()) {
      throw new MalformedEncodingException(in.remaining() + " bytes are left over");
    }
    return value;
  }

  private int count(String what) {
    int count = int32();
    if (count < 0 || count > in.remaining()) {
      throw new MalformedEncodingException(
          "a "
              + what
              + " of "
              + Integer.toUnsignedString(count)
              + " where "
              + in.remaining()
              + " bytes are left");
    }
    return count;
  }

  private byte[] raw(int size) {
    need(size);
    byte[] value = new byte[size];
    in.get(value);
    return value;
  }

  private void need(int size) {
    if (in.remaining() < size) {
      throw new MalformedEncodingException(
          "expected " + size + " bytes, " + in.remaining() + " are left");
    }
  }
}
