package dev.qudag.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.crypto.seal.SealedSecret;
import dev.qudag.crypto.seal.SealingAlgorithm;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A sealed secret is the same bytes with both providers, now and in what was stored long ago. */
class SealedSecretProvidersTest {
  private static final byte[] SECRET = "a recovery key".getBytes(StandardCharsets.US_ASCII);
  private static final String VECTORS = "/vectors/sealed-secrets.txt";

  static List<Arguments> pairs() {
    return SignatureTest.pairs().toList();
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void whatOneProviderSealsTheOtherOpens(PostQuantumProvider sender, PostQuantumProvider receiver) {
    SecureRandom random = new SecureRandom();
    DecapsulationKey key = DecapsulationKey.generate(receiver, random);
    EncapsulationKey seen = EncapsulationKey.of(key.encapsulationKey().bytes(), sender, random);
    for (SealingAlgorithm algorithm : SealingAlgorithm.values()) {
      SealedSecret sealed = SealedSecret.seal(SECRET, seen, algorithm, HashAlgorithm.SHA_256);
      assertThat(sealed.open(key)).isEqualTo(SECRET);
    }
  }

  /** Each line: sealing algorithm, hash algorithm, hexadecimal digits of the encoding. */
  @ParameterizedTest
  @EnumSource
  void theBytesOfVersionOneNeverChange(PostQuantumProvider provider) throws Exception {
    DecapsulationKey key = DecapsulationKey.generate(provider, counting());
    List<String> lines = storedLines();
    assertThat(lines).hasSize(SealingAlgorithm.values().length * HashAlgorithm.values().length);
    for (String line : lines) {
      String[] columns = line.split(" ", 3);
      byte[] encoded = Bytes.ofHex(columns[2]).toArray();
      assertThat(SealedSecret.decode(encoded).open(key)).isEqualTo(SECRET);

      EncapsulationKey recipient =
          EncapsulationKey.of(key.encapsulationKey().bytes(), provider, counting());
      SealedSecret again =
          SealedSecret.seal(
              SECRET,
              recipient,
              SealingAlgorithm.valueOf(columns[0]),
              HashAlgorithm.valueOf(columns[1]));
      assertThat(again.encode()).as(columns[0] + " " + columns[1]).isEqualTo(encoded);
    }
  }

  private static SecureRandom counting() {
    byte[] counting = new byte[64];
    for (int i = 0; i < counting.length; i++) {
      counting[i] = (byte) i;
    }
    return TestingRandom.cycling(counting);
  }

  private static List<String> storedLines() throws IOException {
    try (InputStream in = SealedSecretProvidersTest.class.getResourceAsStream(VECTORS)) {
      return new String(Objects.requireNonNull(in, VECTORS).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .toList();
    }
  }
}
