package dev.qudag.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
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

  static Stream<Arguments> pairs() {
    return Arrays.stream(SignatureProvider.values())
        .flatMap(
            signer ->
                Arrays.stream(SignatureProvider.values())
                    .map(verifier -> Arguments.of(signer, verifier)));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void whatOneProviderSignsTheOtherVerifies(SignatureProvider signer, SignatureProvider verifier) {
    SigningKey key = SigningKey.generate(signer);
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
  void whatOneProviderStoresTheOtherLoads(SignatureProvider maker, SignatureProvider loader) {
    SigningKey made = SigningKey.generate(maker);
    SigningKey loaded = SigningKey.of(made.expanded(), made.verifyingKey().bytes(), loader);
    assertThat(made.verifyingKey().verify(MESSAGE, loaded.sign(MESSAGE))).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void signingIsHedged(SignatureProvider provider) {
    SigningKey key = SigningKey.generate(provider);
    assertThat(key.sign(MESSAGE)).isNotEqualTo(key.sign(MESSAGE));
  }

  @ParameterizedTest
  @EnumSource
  void aDamagedSignatureIsInvalidAndNoCrash(SignatureProvider provider) {
    SigningKey key = SigningKey.generate(provider);
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
  void anotherKeyIsNotTheSigner(SignatureProvider provider) {
    Bytes signature = SigningKey.generate(provider).sign(MESSAGE);
    assertThat(SigningKey.generate(provider).verifyingKey().verify(MESSAGE, signature)).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void refusesHalvesOfTwoKeys(SignatureProvider provider) {
    SigningKey one = SigningKey.generate(provider);
    SigningKey other = SigningKey.generate(provider);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SigningKey.of(one.expanded(), other.verifyingKey().bytes(), provider))
        .withMessageContaining("does not belong");
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
    assertThat(SignatureProvider.configured()).isEqualTo(SignatureProvider.JDK);
    System.setProperty(SignatureProvider.SETTING, "bouncycastle");
    try {
      assertThat(SignatureProvider.configured()).isEqualTo(SignatureProvider.BOUNCY_CASTLE);
      System.setProperty(SignatureProvider.SETTING, "OpenSSL");
      assertThatIllegalArgumentException()
          .isThrownBy(SignatureProvider::configured)
          .withMessageContaining("OpenSSL");
    } finally {
      System.clearProperty(SignatureProvider.SETTING);
    }
  }
}
