package dev.qudag.crypto.encoding;

import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.VerifyingKey;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Writes the canonical encoding: every value has exactly one sequence of bytes, and {@link
 * CanonicalReader} accepts no other.
 *
 * <p>Integers are big-endian and of fixed width; byte strings and UTF-8 texts follow their 4-byte
 * length, lists their 4-byte count; a digest is its 32 bytes alone. A statement begins with its
 * domain tag, so that no two kinds of statement ever have the same bytes. Reference:
 * docs/reference/encodings.md.
 */
public final class CanonicalWriter {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private CanonicalWriter() {}

  /**
   * Begins a statement: its domain tag, such as {@code qudag.dev/v1/genesis}, is the first text.
   */
  public static CanonicalWriter tagged(String tag) {
    return new CanonicalWriter().text(tag);
  }

  /** Begins a part that stands inside of a statement and needs no tag of its own. */
  public static CanonicalWriter untagged() {
    return new CanonicalWriter();
  }

  /** One byte, 0 to 255. */
  public CanonicalWriter int8(int value) {
    if (value < 0 || value > 0xff) {
      throw new IllegalArgumentException("not one unsigned byte: " + value);
    }
    out.write(value);
    return this;
  }

  /** Four bytes, big-endian, two's complement. */
  public CanonicalWriter int32(int value) {
    return raw(ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
  }

  /** Eight bytes, big-endian, two's complement. */
  public CanonicalWriter int64(long value) {
    return raw(ByteBuffer.allocate(Long.BYTES).putLong(value).array());
  }

  /** One byte: 1 for true, 0 for false. */
  public CanonicalWriter bool(boolean value) {
    return int8(value ? 1 : 0);
  }

  /** A 4-byte length, then the bytes. */
  public CanonicalWriter bytes(byte[] value) {
    return int32(value.length).raw(value);
  }

  /** A 4-byte length, then the bytes. */
  public CanonicalWriter bytes(Bytes value) {
    return bytes(value.toArray());
  }

  /**
   * A 4-byte length in bytes, then the text in UTF-8.
   *
   * @throws IllegalArgumentException for a text with an unpaired surrogate, which UTF-8 cannot
   *     express
   */
  public CanonicalWriter text(String value) {
    try {
      ByteBuffer utf8 = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(value));
      byte[] encoded = new byte[utf8.remaining()];
      utf8.get(encoded);
      return bytes(encoded);
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("the text has an unpaired surrogate", e);
    }
  }

  /** The 32 bytes, without a length. */
  public CanonicalWriter digest(Digest value) {
    return raw(value.bytes());
  }

  /** The 2592 bytes of an ML-DSA-87 public key, without a length. */
  public CanonicalWriter key(VerifyingKey value) {
    return raw(value.bytes());
  }

  /** A 4-byte count, then each element as {@code element} writes it. */
  public <T> CanonicalWriter list(List<T> values, BiConsumer<CanonicalWriter, T> element) {
    int32(values.size());
    for (T value : values) {
      element.accept(this, value);
    }
    return this;
  }

  public byte[] toByteArray() {
    return out.toByteArray();
  }

  private CanonicalWriter raw(byte[] value) {
    out.writeBytes(value);
    return this;
  }
}
