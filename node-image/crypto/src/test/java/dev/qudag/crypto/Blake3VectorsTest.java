package dev.qudag.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The vectors of BLAKE3's authors, of which a digest is the first 32 bytes. */
class Blake3VectorsTest {

  @Test
  void hashesInputsOfEveryStoredLength() throws Exception {
    PublishedVectors.blake3()
        .check(
            22,
            0,
            vector -> {
              byte[] input = new byte[vector.field("input_len").asInt()];
              for (int i = 0; i < input.length; i++) {
                input[i] = (byte) (i % 251);
              }
              assertThat(HashAlgorithm.BLAKE3.hash(input).hex())
                  .as("input_len %d", input.length)
                  .isEqualTo(vector.text("hash").substring(0, 2 * Digest.SIZE));
            });
  }
}
