package dev.qudag.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.SecureRandom;
import javax.crypto.KEM;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * From the same drawn bytes both providers make the same keys, signatures and encapsulations. One
 * SHA-256 over many of them is pinned: a provider of a later version that makes others shows here.
 */
class ProvidersAgreeTest {
  private static final int SEEDS = 50;
  private static final String SIGNATURES =
      "4b4f8eb912e9592af5252bc3eed33dfeb0b32bcb595c0681fc48959c19e8249f";
  private static final String ENCAPSULATIONS =
      "ec6b36d255c65f931cf13e05330c17849f9120e748896fbbbbd41bc2e7742b7c";

  @ParameterizedTest
  @EnumSource
  void onKeysAndDeterministicSignatures(PostQuantumProvider provider) throws Exception {
    MessageDigest all = MessageDigest.getInstance("SHA-256");
    for (int i = 0; i < SEEDS; i++) {
      byte[] message = seed(i, i);
      SigningKey made = SigningKey.generate(provider, TestingRandom.cycling(seed(i, 32)));
      byte[] publicKey = made.verifyingKey().bytes();
      SigningKey key = SigningKey.of(made.expanded(), publicKey, provider, TestingRandom.zeros());
      Bytes signature = key.sign(message);
      assertThat(key.verifyingKey().verify(message, signature)).isTrue();
      all.update(key.expanded());
      all.update(publicKey);
      all.update(signature.toArray());
    }
    assertThat(Digest.of(all.digest()).hex()).isEqualTo(SIGNATURES);
  }

  @ParameterizedTest
  @EnumSource
  void onKeysAndEncapsulations(PostQuantumProvider provider) throws Exception {
    MessageDigest all = MessageDigest.getInstance("SHA-256");
    for (int i = 0; i < SEEDS; i++) {
      SecureRandom drawn = TestingRandom.cycling(seed(i, 64));
      DecapsulationKey key = DecapsulationKey.generate(provider, drawn);
      KEM.Encapsulated made = key.encapsulationKey().encapsulate();
      assertThat(key.decapsulate(Bytes.of(made.encapsulation()))).isEqualTo(made.key());
      all.update(key.expanded());
      all.update(made.encapsulation());
      all.update(made.key().getEncoded());
    }
    assertThat(Digest.of(all.digest()).hex()).isEqualTo(ENCAPSULATIONS);
  }

  /** The first bytes of SHA-256(i ‖ 0), SHA-256(i ‖ 1), …; both numbers are int32. */
  private static byte[] seed(int i, int length) {
    ByteBuffer blocks = ByteBuffer.allocate(length + Digest.SIZE);
    for (int block = 0; blocks.position() < length; block++) {
      byte[] numbers = ByteBuffer.allocate(2 * Integer.BYTES).putInt(i).putInt(block).array();
      blocks.put(Digest.sha256(numbers).bytes());
    }
    byte[] seed = new byte[length];
    blocks.flip().get(seed);
    return seed;
  }
}
