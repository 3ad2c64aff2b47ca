package dev.qudag.crypto.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ContentKeyTest {
  private static final byte[] CONTEXT = "context".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] SECRET = "secret".getBytes(StandardCharsets.US_ASCII);
  private static final SecretKeySpec SHARED = new SecretKeySpec(new byte[32], "Generic");

  /** As docs/reference/encodings.md has it: 32 bytes of key, then 12 of nonce. */
  @ParameterizedTest
  @EnumSource
  void isHkdfOfTheSharedSecretAndTheContext(SealingAlgorithm algorithm) throws Exception {
    byte[] material =
        KDF.getInstance("HKDF-SHA256")
            .deriveData(HKDFParameterSpec.ofExtract().addIKM(SHARED).thenExpand(CONTEXT, 44));
    try (ContentKey key = ContentKey.derive(algorithm, SHARED, CONTEXT)) {
      assertThat(key.encrypt(SECRET, CONTEXT)).isEqualTo(encrypt(algorithm, material));
    }
  }

  @ParameterizedTest
  @EnumSource
  void isOfItsContextOnly(SealingAlgorithm algorithm) {
    byte[] other = "another".getBytes(StandardCharsets.US_ASCII);
    try (ContentKey key = ContentKey.derive(algorithm, SHARED, CONTEXT);
        ContentKey stranger = ContentKey.derive(algorithm, SHARED, other)) {
      byte[] ciphertext = key.encrypt(SECRET, CONTEXT);
      assertThat(key.decrypt(ciphertext, CONTEXT)).isEqualTo(SECRET);
      assertThatExceptionOfType(SealRefusedException.class)
          .isThrownBy(() -> key.decrypt(ciphertext, other));
      assertThatExceptionOfType(SealRefusedException.class)
          .isThrownBy(() -> stranger.decrypt(ciphertext, CONTEXT));
    }
  }

  @ParameterizedTest
  @EnumSource
  void isZeroedWhenItIsClosed(SealingAlgorithm algorithm) throws Exception {
    ContentKey key = ContentKey.derive(algorithm, SHARED, CONTEXT);
    key.close();
    assertThat(key.encrypt(SECRET, CONTEXT)).isEqualTo(encrypt(algorithm, new byte[44]));
  }

  private static byte[] encrypt(SealingAlgorithm algorithm, byte[] material) throws Exception {
    byte[] nonce = new byte[12];
    System.arraycopy(material, 32, nonce, 0, nonce.length);
    Cipher cipher = Cipher.getInstance(algorithm.cipher());
    cipher.init(
        Cipher.ENCRYPT_MODE,
        new SecretKeySpec(material, 0, 32, algorithm.keyAlgorithm()),
        algorithm.parameters(nonce));
    cipher.updateAAD(CONTEXT);
    return cipher.doFinal(SECRET);
  }
}
