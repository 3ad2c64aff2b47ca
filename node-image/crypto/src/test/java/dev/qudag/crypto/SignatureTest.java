package dev.qudag.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class SignatureTest {
  private static final byte[] MESSAGE = "a vote".getBytes(StandardCharsets.US_ASCII);
  private static final SecureRandom RANDOM = new SecureRandom();

  static Stream<Arguments> pairs() {
    return Arrays.stream(PostQuantumProvider.values())
        .flatMap(
            signer ->
                Arrays.stream(PostQuantumProvider.values())
                    .map(verifier -> Arguments.of(signer, verifier)));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void whatOneProviderSignsTheOtherVerifies(
      PostQuantumProvider signer, PostQuantumProvider verifier) {
    SigningKey key = SigningKey.generate(signer, RANDOM);
    VerifyingKey seen = VerifyingKey.of(key.verifyingKey().bytes(), verifier);
    Bytes signature = key.sign(MESSAGE);

    assertThat(signature.size()).isEqualTo(4627);
    assertThat(seen.verify(MESSAGE, signature)).isTrue();
    assertThat(seen.verify("another".getBytes(StandardCharsets.US_ASCII), signature)).isFalse();
    assertThat(seen).isEqualTo(key.verifyingKey());
    assertThat(seen.bytes()).hasSize(2592);
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void whatOneProviderStoresTheOtherLoads(PostQuantumProvider maker, PostQuantumProvider loader) {
    SigningKey made = SigningKey.generate(maker, RANDOM);
    SigningKey loaded = SigningKey.of(made.expanded(), made.verifyingKey().bytes(), loader, RANDOM);
    assertThat(made.verifyingKey().verify(MESSAGE, loaded.sign(MESSAGE))).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void signingIsHedged(PostQuantumProvider provider) {
    SigningKey key = SigningKey.generate(provider, RANDOM);
    assertThat(key.sign(MESSAGE)).isNotEqualTo(key.sign(MESSAGE));
  }

  @ParameterizedTest
  @EnumSource
  void aDamagedSignatureIsInvalidAndNoCrash(PostQuantumProvider provider) {
    SigningKey key = SigningKey.generate(provider, RANDOM);
    byte[] good = key.sign(MESSAGE).toArray();
    for (int place = 0; place < good.length; place += 211) {
      byte[] changed = good.clone();
      changed[place] ^= 0x40;
      assertThat(key.verifyingKey().verify(MESSAGE, Bytes.of(changed)))
          .as("byte %d", place)
          .isFalse();
    }
    byte[] hints = good.clone();
    Arrays.fill(
        hints, hints.length - 83, hints.length, (byte) 0xff); // more hints than FIPS 204 allows
    List<byte[]> malformed =
        List.of(
            hints,
            new byte[0],
            new byte[good.length],
            Arrays.copyOf(good, 4626),
            Arrays.copyOf(good, 4628));
    for (byte[] signature : malformed) {
      assertThat(key.verifyingKey().verify(MESSAGE, Bytes.of(signature))).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource
  void anotherKeyIsNotTheSigner(PostQuantumProvider provider) {
    Bytes signature = SigningKey.generate(provider, RANDOM).sign(MESSAGE);
    assertThat(SigningKey.generate(provider, RANDOM).verifyingKey().verify(MESSAGE, signature))
        .isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void refusesHalvesOfTwoKeys(PostQuantumProvider provider) {
    SigningKey one = SigningKey.generate(provider, RANDOM);
    SigningKey other = SigningKey.generate(provider, RANDOM);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> SigningKey.of(one.expanded(), other.verifyingKey().bytes(), provider, RANDOM))
        .withMessageContaining("does not belong");
  }

  /**
   * The bits 111 stand for -5. Eight coefficients fill 3 bytes; s1 and s2 are bytes 128 to 1567.
   */
  @ParameterizedTest
  @EnumSource
  void refusesASecretCoefficientOutOfRange(PostQuantumProvider provider) {
    SigningKey good = SigningKey.generate(provider, RANDOM);
    for (int place : new int[] {130, 802, 1567}) {
      byte[] changed = good.expanded();
      changed[place] |= (byte) 0b11100000;
      assertThatIllegalArgumentException()
          .as("byte %d", place)
          .isThrownBy(() -> SigningKey.of(changed, good.verifyingKey().bytes(), provider, RANDOM))
          .withMessageContaining("from -2 to 2");
    }
  }

  @Test
  void refusesKeysOfRoundThreeDilithium() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SigningKey.of(new byte[4864], new byte[2592]))
        .withMessageContaining("4864");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VerifyingKey.of(new byte[2591]))
        .withMessageContaining("2591");
  }

  @Test
  void theSettingChoosesTheProvider() {
    assertThat(PostQuantumProvider.configured()).isEqualTo(PostQuantumProvider.JDK);
    System.setProperty(PostQuantumProvider.SETTING, "bouncycastle");
    try {
      assertThat(PostQuantumProvider.configured()).isEqualTo(PostQuantumProvider.BOUNCY_CASTLE);
      System.setProperty(PostQuantumProvider.SETTING, "OpenSSL");
      assertThatIllegalArgumentException()
          .isThrownBy(PostQuantumProvider::configured)
          .withMessageContaining("OpenSSL");
    } finally {
      System.clearProperty(PostQuantumProvider.SETTING);
    }
  }
}
