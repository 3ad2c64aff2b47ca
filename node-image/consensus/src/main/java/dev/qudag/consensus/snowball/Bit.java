package dev.qudag.consensus.snowball;

import dev.qudag.crypto.Digest;
import java.util.Arrays;

/** One bit of a digest, which is a colour of a binary instance; bit 0 is the highest of byte 0. */
enum Bit {
  ZERO,
  ONE;

  /** Number of bits in a digest. */
  static final int COUNT = Digest.SIZE * Byte.SIZE;

  static Bit at(int index, Digest digest) {
    int shift = Byte.SIZE - 1 - index % Byte.SIZE;
    return (digest.bytes()[index / Byte.SIZE] >> shift & 1) == 0 ? ZERO : ONE;
  }

  /** The first bit in which two digests differ; {@link #COUNT} when they are equal. */
  static int firstDifference(Digest one, Digest other) {
    byte[] a = one.bytes();
    byte[] b = other.bytes();
    int place = Arrays.mismatch(a, b);
    if (place < 0) {
      return COUNT;
    }
    int difference = Byte.toUnsignedInt((byte) (a[place] ^ b[place]));
    return (place + 1) * Byte.SIZE - (Integer.SIZE - Integer.numberOfLeadingZeros(difference));
  }
}
