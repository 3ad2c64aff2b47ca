package dev.qudag.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.crypto.KEM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class EncapsulationTest {
  private static final SecureRandom RANDOM = new SecureRandom();

  /** Where the expanded key (FIPS 203, algorithm 16) has its hash and its rejection secret z. */
  private static final int HASH_OFFSET = 2336;

  private static final int Z_OFFSET = 2368;

  static Stream<Arguments> pairs() {
    return SignatureTest.pairs();
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void whatOneProviderEncapsulatesTheOtherDecapsulates(
      PostQuantumProvider sender, PostQuantumProvider receiver) {
    DecapsulationKey key = DecapsulationKey.generate(receiver, RANDOM);
    EncapsulationKey seen = EncapsulationKey.of(key.encapsulationKey().bytes(), sender, RANDOM);
    KEM.Encapsulated made = seen.encapsulate();

    assertThat(made.encapsulation()).hasSize(1088);
    assertThat(made.key().getEncoded()).hasSize(32);
    assertThat(key.decapsulate(Bytes.of(made.encapsulation()))).isEqualTo(made.key());
    assertThat(seen).isEqualTo(key.encapsulationKey()).hasSameHashCodeAs(key.encapsulationKey());
    assertThat(seen.bytes()).hasSize(1184);
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void whatOneProviderStoresTheOtherLoads(PostQuantumProvider maker, PostQuantumProvider loader) {
    DecapsulationKey made = DecapsulationKey.generate(maker, RANDOM);
    DecapsulationKey loaded = DecapsulationKey.of(made.expanded(), loader);
    KEM.Encapsulated sent = made.encapsulationKey().encapsulate();

    assertThat(made.expanded()).hasSize(2400).isEqualTo(loaded.expanded());
    assertThat(loaded.decapsulate(Bytes.of(sent.encapsulation()))).isEqualTo(sent.key());
  }

  @ParameterizedTest
  @EnumSource
  void everyEncapsulationIsAnother(PostQuantumProvider provider) {
    EncapsulationKey key = DecapsulationKey.generate(provider, RANDOM).encapsulationKey();
    assertThat(key.encapsulate().key()).isNotEqualTo(key.encapsulate().key());
  }

  /** FIPS 203, algorithm 18: the secret is then SHAKE256(z ‖ c), 32 bytes. */
  @ParameterizedTest
  @EnumSource
  void aChangedEncapsulationGivesAnotherSecretAndNoError(PostQuantumProvider provider)
      throws Exception {
    DecapsulationKey key = DecapsulationKey.generate(provider, RANDOM);
    byte[] good = key.encapsulationKey().encapsulate().encapsulation();
    for (int place = 0; place < good.length; place += 61) {
      byte[] changed = good.clone();
      changed[place] ^= 1;
      MessageDigest shake = MessageDigest.getInstance("SHAKE256-512");
      shake.update(key.expanded(), Z_OFFSET, 32);
      assertThat(key.decapsulate(Bytes.of(changed)).getEncoded())
          .as("byte %d", place)
          .isEqualTo(Arrays.copyOf(shake.digest(changed), 32));
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusesAnEncapsulationOfAnotherLength(PostQuantumProvider provider) {
    DecapsulationKey key = DecapsulationKey.generate(provider, RANDOM);
    for (int length : new int[] {0, 1087, 1089}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> key.decapsulate(Bytes.of(new byte[length])))
          .withMessage("an ML-KEM-768 encapsulation has 1088 bytes, not " + length);
    }
  }

  /** Coefficients have 12 bits, and 4095 is not below the modulus 3329. */
  @ParameterizedTest
  @EnumSource
  void refusesACoefficientThatIsNotReduced(PostQuantumProvider provider) {
    byte[] good = DecapsulationKey.generate(provider, RANDOM).encapsulationKey().bytes();
    for (int place : new int[] {0, 381, 384, 1149}) {
      byte[] changed = good.clone();
      changed[place] = (byte) 0xff;
      changed[place + 1] |= 0x0f;
      assertThatIllegalArgumentException()
          .as("coefficient at byte %d", place)
          .isThrownBy(() -> EncapsulationKey.of(changed, provider, RANDOM))
          .withMessageContaining("not an ML-KEM-768");
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusesAnExpandedKeyWhosePartsDoNotBelongTogether(PostQuantumProvider provider) {
    byte[] good = DecapsulationKey.generate(provider, RANDOM).expanded();
    byte[] hash = good.clone();
    hash[HASH_OFFSET] ^= 1;
    byte[] other = DecapsulationKey.generate(provider, RANDOM).expanded();
    byte[] secretOfAnother = good.clone();
    System.arraycopy(other, 0, secretOfAnother, 0, MlKem768.ENCAPSULATION_KEY_OFFSET);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> DecapsulationKey.of(hash, provider))
        .withMessageContaining("not an expanded");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DecapsulationKey.of(secretOfAnother, provider))
        .withMessageContaining("does not belong");
  }

  @Test
  void refusesKeysOfAnotherLength() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> DecapsulationKey.of(new byte[64]))
        .withMessageContaining("64");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EncapsulationKey.of(new byte[1185]))
        .withMessageContaining("1185");
  }

  @ParameterizedTest
  @EnumSource
  void aClosedKeyRefusesToWork(PostQuantumProvider provider) {
    DecapsulationKey key = DecapsulationKey.generate(provider, RANDOM);
    KEM.Encapsulated made = key.encapsulationKey().encapsulate();
    key.close();
    key.close();

    assertThatIllegalStateException()
        .isThrownBy(() -> key.decapsulate(Bytes.of(made.encapsulation())))
        .withMessageContaining("closed");
    assertThatIllegalStateException().isThrownBy(key::expanded);
  }

  @ParameterizedTest
  @EnumSource
  void oneKeyServesManyThreads(PostQuantumProvider provider) {
    DecapsulationKey key = DecapsulationKey.generate(provider, RANDOM);
    long agreed =
        IntStream.range(0, 400)
            .parallel()
            .filter(
                i -> {
                  KEM.Encapsulated made = key.encapsulationKey().encapsulate();
                  return key.decapsulate(Bytes.of(made.encapsulation())).equals(made.key());
                })
            .count();
    assertThat(agreed).isEqualTo(400);
  }

  @Test
  void namesTheKeyAndNeverItsSecret() {
    DecapsulationKey key = DecapsulationKey.generate();
    assertThat(key).hasToString("private half of " + key.encapsulationKey());
    assertThat(key.encapsulationKey().toString())
        .isEqualTo("ML-KEM-768 key " + Digest.sha256(key.encapsulationKey().bytes()).shortHex());
  }
}
