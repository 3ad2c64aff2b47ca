package dev.qudag.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DigestTest {
  /** FIPS 180-4 example: SHA-256 of "abc". */
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @Test
  void isSha256OfItsParts() {
    byte[] a = "a".getBytes(StandardCharsets.US_ASCII);
    byte[] bc = "bc".getBytes(StandardCharsets.US_ASCII);
    assertThat(Digest.sha256(a, bc).hex()).isEqualTo(ABC);
    assertThat(Digest.sha256(a, bc)).isEqualTo(Digest.ofHex(ABC));
  }

  @Test
  void refusesAnotherLength() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Digest.of(new byte[31]))
        .withMessageContaining("31");
  }

  @Test
  void ordersBytesAsUnsigned() {
    byte[] high = new byte[Digest.SIZE];
    high[0] = (byte) 0x80;
    assertThat(Digest.of(high)).isGreaterThan(Digest.ZERO);
  }

  @Test
  void keepsItsBytesToItself() {
    byte[] given = new byte[Digest.SIZE];
    Digest digest = Digest.of(given);
    given[0] = 1;
    digest.bytes()[1] = 1;
    assertThat(digest).isEqualTo(Digest.ZERO);
  }
}
