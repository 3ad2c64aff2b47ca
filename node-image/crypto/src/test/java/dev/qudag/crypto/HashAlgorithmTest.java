package dev.qudag.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;
import dev.qudag.crypto.encoding.MalformedEncodingException;
import dev.qudag.crypto.encoding.TaggedDigest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class HashAlgorithmTest {
  /** NIST's examples for FIPS 180-4 and FIPS 202, and BLAKE3 of the same inputs. */
  @ParameterizedTest
  @CsvSource({
    "SHA_256, '', e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "SHA_256, abc, ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    "SHA_256, abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq,"
        + " 248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
    "SHA3_256, '', a7ffc6f8bf1ed76651c14756a061d662f580ff4de43b49fa82d80a4b80f8434a",
    "SHA3_256, abc, 3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532",
    "SHA3_256, abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq,"
        + " 41c0dba2a9d6240849100376a8235e2c82e1b9998a999e21db32dd97496d3376",
    "BLAKE3, '', af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262",
    "BLAKE3, abc, 6437b3ac38465133ffb63b75273a8db548c558465d79db03fd359c6cd5bd9d85",
  })
  void givesTheKnownAnswer(HashAlgorithm algorithm, String input, String expected) {
    assertThat(algorithm.hash(ascii(input)).hex()).isEqualTo(expected);
  }

  @ParameterizedTest
  @EnumSource
  void hashesItsPartsOneAfterTheOther(HashAlgorithm algorithm) {
    assertThat(algorithm.hash(ascii("a"), ascii(""), ascii("bc")))
        .isEqualTo(algorithm.hash(ascii("abc")));
  }

  @ParameterizedTest
  @CsvSource({"SHA_256, 1", "SHA3_256, 2", "BLAKE3, 3"})
  void hasOneCodeForEver(HashAlgorithm algorithm, int code) {
    assertThat(algorithm.code()).isEqualTo(code);
    assertThat(HashAlgorithm.ofCode(code)).isEqualTo(algorithm);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HashAlgorithm.ofCode(code + HashAlgorithm.values().length))
        .withMessageContaining("not " + (code + HashAlgorithm.values().length));
  }

  @ParameterizedTest
  @EnumSource
  void aTaggedDigestIsItsCodeAndItsBytes(HashAlgorithm algorithm) {
    TaggedDigest digest = new TaggedDigest(algorithm, algorithm.hash(ascii("abc")));
    CanonicalWriter out = CanonicalWriter.untagged();
    digest.writeTo(out);
    byte[] encoded = out.toByteArray();

    assertThat(encoded).hasSize(33).startsWith(algorithm.code());
    assertThat(CanonicalReader.readUntagged(encoded, TaggedDigest::readFrom)).isEqualTo(digest);
    assertThat(digest)
        .isNotEqualTo(new TaggedDigest(otherThan(algorithm), digest.value()))
        .hasToString(algorithm + ":" + digest.value().shortHex());
  }

  @Test
  void refusesATagOfNoAlgorithm() {
    byte[] encoded = new byte[1 + Digest.SIZE];
    assertThatExceptionOfType(MalformedEncodingException.class)
        .isThrownBy(() -> CanonicalReader.readUntagged(encoded, TaggedDigest::readFrom))
        .withMessage("a hash algorithm is 1 (SHA-256), 2 (SHA3-256) or 3 (BLAKE3), not 0");
  }

  private static HashAlgorithm otherThan(HashAlgorithm algorithm) {
    return algorithm == HashAlgorithm.SHA_256 ? HashAlgorithm.BLAKE3 : HashAlgorithm.SHA_256;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
