package dev.qudag.consensus.snowball;

import dev.qudag.crypto.Digest;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Digests to choose among. */
final class TestingChoices {
  private TestingChoices() {}

  /** The digest that begins with these bits and goes on with zeros. */
  static Digest bits(String first) {
    byte[] bytes = new byte[Digest.SIZE];
    for (int i = 0; i < first.length(); i++) {
      bytes[i / 8] |= (byte) ((first.charAt(i) - '0') << (7 - i % 8));
    }
    return Digest.of(bytes);
  }

  /** Distinct digests that share prefixes of all lengths, up to all bits but the last. */
  static List<Digest> close(int count, Random random) {
    return IntStream.range(0, count).mapToObj(i -> close(random)).distinct().toList();
  }

  private static Digest close(Random random) {
    byte[] bytes = new byte[Digest.SIZE];
    bytes[0] = (byte) (random.nextInt(4) << 6);
    bytes[3] = (byte) random.nextInt(2);
    bytes[Digest.SIZE - 1] = (byte) random.nextInt(4);
    return Digest.of(bytes);
  }
}
