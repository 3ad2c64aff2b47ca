package dev.qudag.consensus.snowball.committee;

import dev.qudag.crypto.Digest;
import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * The numbers that a seed stands for: the first eight bytes of SHA-256 over the seed and a counter,
 * the same on every node and platform (docs/reference/encodings.md).
 */
final class SeedStream implements RandomGenerator {
  private static final String TAG = "qudag.dev/v1/sortition";

  private final Digest seed;
  private long next;

  SeedStream(Digest seed) {
    this.seed = seed;
  }

  @Override
  public long nextLong() {
    byte[] place = CanonicalWriter.tagged(TAG).digest(seed).int64(next++).toByteArray();
    byte[] first = Arrays.copyOf(Digest.sha256(place).bytes(), Long.BYTES);
    return CanonicalReader.readUntagged(first, CanonicalReader::int64);
  }
}
