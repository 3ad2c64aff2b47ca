package dev.qudag.crypto.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.DecapsulationKey;
import dev.qudag.crypto.HashAlgorithm;
import dev.qudag.crypto.encoding.TaggedDigest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class SealedSecretTest {
  private static final DecapsulationKey KEY = DecapsulationKey.generate();
  private static final byte[] SECRET = "a recovery key".getBytes(StandardCharsets.US_ASCII);

  @Property(tries = 200)
  void opensWhatWasSealed(
      @ForAll @Size(max = 200) byte[] secret,
      @ForAll SealingAlgorithm algorithm,
      @ForAll HashAlgorithm naming) {
    SealedSecret sealed = SealedSecret.seal(secret, KEY.encapsulationKey(), algorithm, naming);
    SealedSecret read = SealedSecret.decode(sealed.encode());

    assertThat(read).isEqualTo(sealed);
    assertThat(read.open(KEY)).isEqualTo(secret);
    assertThat(sealed.ciphertext().size()).isEqualTo(secret.length + 16);
  }

  @Example
  void refusesItWithAnyByteChanged() {
    for (SealingAlgorithm algorithm : SealingAlgorithm.values()) {
      byte[] sealed = seal(algorithm).encode();
      for (int place = 0; place < sealed.length; place++) {
        byte[] changed = sealed.clone();
        changed[place] ^= (byte) (1 << place % Byte.SIZE);
        assertThatExceptionOfType(SealRefusedException.class)
            .as("byte %d", place)
            .isThrownBy(() -> SealedSecret.decode(changed).open(KEY));
      }
    }
  }

  @Example
  void refusesItCutOffOrContinued() {
    byte[] sealed = seal(SealingAlgorithm.AES_256_GCM).encode();
    for (int length = 0; length <= sealed.length + 1; length++) {
      byte[] other = Arrays.copyOf(sealed, length);
      if (length != sealed.length) {
        assertThatExceptionOfType(SealRefusedException.class)
            .as("%d bytes", length)
            .isThrownBy(() -> SealedSecret.decode(other));
      }
    }
  }

  @Property
  void neverFailsOtherwiseOnRandomBytes(@ForAll byte[] bytes) {
    assertThatExceptionOfType(SealRefusedException.class)
        .isThrownBy(() -> SealedSecret.decode(bytes))
        .withMessageStartingWith("not a sealed secret: ");
  }

  @Example
  void saysForWhomItIsSealed() {
    SealedSecret sealed = seal(SealingAlgorithm.AES_256_GCM);
    DecapsulationKey other = DecapsulationKey.generate();
    assertThatExceptionOfType(SealRefusedException.class)
        .isThrownBy(() -> sealed.open(other))
        .withMessageContaining(name(KEY, HashAlgorithm.SHA_256).toString())
        .withMessageContaining(name(other, HashAlgorithm.SHA_256).toString());
  }

  /**
   * The head is authenticated: the same ciphertext does not pass under another recipient's name.
   */
  @Example
  void refusesAnotherNameForTheSameKey() {
    SealedSecret sealed = seal(SealingAlgorithm.CHACHA20_POLY1305);
    SealedSecret renamed =
        new SealedSecret(
            sealed.algorithm(),
            name(KEY, HashAlgorithm.BLAKE3),
            sealed.encapsulation(),
            sealed.ciphertext());
    assertThatExceptionOfType(SealRefusedException.class)
        .isThrownBy(() -> renamed.open(KEY))
        .withMessage("the sealed secret was changed");
  }

  @Example
  void refusesTheOtherAlgorithm() {
    SealedSecret sealed = seal(SealingAlgorithm.AES_256_GCM);
    SealedSecret other =
        new SealedSecret(
            SealingAlgorithm.CHACHA20_POLY1305,
            sealed.recipient(),
            sealed.encapsulation(),
            sealed.ciphertext());
    assertThatExceptionOfType(SealRefusedException.class).isThrownBy(() -> other.open(KEY));
  }

  @Example
  void sealsTheSameSecretDifferentlyEachTime() {
    SealedSecret one = SealedSecret.seal(SECRET, KEY.encapsulationKey());
    SealedSecret other = SealedSecret.seal(SECRET, KEY.encapsulationKey());
    assertThat(one.algorithm()).isEqualTo(SealingAlgorithm.AES_256_GCM);
    assertThat(one.encapsulation()).isNotEqualTo(other.encapsulation());
    assertThat(one.ciphertext()).isNotEqualTo(other.ciphertext());
  }

  @Example
  void refusesPartsOfAnotherLength() {
    SealedSecret good = seal(SealingAlgorithm.AES_256_GCM);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> with(good, Bytes.of(new byte[1087]), good.ciphertext()))
        .withMessage("an encapsulation has 1088 bytes, not 1087");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> with(good, good.encapsulation(), Bytes.of(new byte[15])))
        .withMessage("a ciphertext has at least 16 bytes, not 15");
  }

  private static SealedSecret with(SealedSecret sealed, Bytes encapsulation, Bytes ciphertext) {
    return new SealedSecret(sealed.algorithm(), sealed.recipient(), encapsulation, ciphertext);
  }

  private static SealedSecret seal(SealingAlgorithm algorithm) {
    return SealedSecret.seal(SECRET, KEY.encapsulationKey(), algorithm, HashAlgorithm.SHA_256);
  }

  private static TaggedDigest name(DecapsulationKey key, HashAlgorithm algorithm) {
    return new TaggedDigest(algorithm, key.encapsulationKey().fingerprint(algorithm));
  }
}
