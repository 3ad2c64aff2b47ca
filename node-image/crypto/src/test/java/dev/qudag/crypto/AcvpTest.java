package dev.qudag.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.KEM;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * NIST's ACVP vectors for ML-DSA-87 and ML-KEM-768, each accounted for with each provider.
 *
 * <p>Those for signatures are given at the internal interface of FIPS 204 (algorithms 7 and 8), of
 * which the JDK offers nothing.
 */
class AcvpTest {
  /** Where the expanded key (FIPS 204, algorithm 24) has the hash of its public half. */
  private static final int TR_OFFSET = 64;

  private static final int TR_BYTES = 64;

  @ParameterizedTest
  @EnumSource
  void makesTheSigningKeyOfASeed(PostQuantumProvider provider) throws Exception {
    PublishedVectors.acvp(
            PublishedFile.ACVP_ML_DSA_KEY_GEN, PublishedFile.ACVP_ML_DSA_KEY_GEN_RESULTS)
        .check(
            25,
            0,
            vector -> {
              SecureRandom seed = TestingRandom.cycling(vector.hex("seed"));
              SigningKey key = SigningKey.generate(provider, seed);
              assertThat(key.expanded()).as("%s", vector).isEqualTo(vector.hex("sk"));
              assertThat(key.verifyingKey().bytes()).as("%s", vector).isEqualTo(vector.hex("pk"));
            });
  }

  @ParameterizedTest
  @CsvSource({"JDK, 0, 20", "BOUNCY_CASTLE, 20, 0"})
  void signsByteForByte(PostQuantumProvider provider, int count, int beyond) throws Exception {
    PublishedVectors.acvp(
            PublishedFile.ACVP_ML_DSA_SIG_GEN, PublishedFile.ACVP_ML_DSA_SIG_GEN_RESULTS)
        .expressible(vector -> MlDsaInput.mu(new byte[0]).canBeExpressedBy(provider))
        .check(
            count,
            beyond,
            vector -> {
              byte[] expanded = vector.hex("sk");
              byte[] tr = Arrays.copyOfRange(expanded, TR_OFFSET, TR_OFFSET + TR_BYTES);
              MlDsaInput input = MlDsaInput.mu(shake256(tr, vector.hex("message")));
              SecureRandom random =
                  vector.has("rnd")
                      ? TestingRandom.cycling(vector.hex("rnd"))
                      : TestingRandom.zeros();
              assertThat(input.sign(provider, expanded, new byte[0], random))
                  .as("%s", vector)
                  .isEqualTo(vector.hex("signature"));
            });
  }

  @ParameterizedTest
  @CsvSource({"JDK, 0, 15", "BOUNCY_CASTLE, 15, 0"})
  void acceptsWhatPassesAndNothingElse(PostQuantumProvider provider, int count, int beyond)
      throws Exception {
    PublishedVectors.acvp(
            PublishedFile.ACVP_ML_DSA_SIG_VER, PublishedFile.ACVP_ML_DSA_SIG_VER_RESULTS)
        .expressible(vector -> MlDsaInput.mu(new byte[0]).canBeExpressedBy(provider))
        .check(
            count,
            beyond,
            vector -> {
              byte[] tr = shake256(vector.hex("pk"));
              MlDsaInput input = MlDsaInput.mu(shake256(tr, vector.hex("message")));
              assertThat(input.isVerified(provider, vector.hex("pk"), vector.hex("signature")))
                  .as("%s", vector)
                  .isEqualTo(vector.field("testPassed").asBoolean());
            });
  }

  @ParameterizedTest
  @EnumSource
  void makesTheDecapsulationKeyOfASeed(PostQuantumProvider provider) throws Exception {
    PublishedVectors.acvp(
            PublishedFile.ACVP_ML_KEM_KEY_GEN, PublishedFile.ACVP_ML_KEM_KEY_GEN_RESULTS)
        .check(
            25,
            0,
            vector -> {
              byte[] seed =
                  ByteBuffer.allocate(64).put(vector.hex("d")).put(vector.hex("z")).array();
              DecapsulationKey key =
                  DecapsulationKey.generate(provider, TestingRandom.cycling(seed));
              assertThat(key.expanded()).as("%s", vector).isEqualTo(vector.hex("dk"));
              assertThat(key.encapsulationKey().bytes())
                  .as("%s", vector)
                  .isEqualTo(vector.hex("ek"));
            });
  }

  @ParameterizedTest
  @EnumSource
  void encapsulates(PostQuantumProvider provider) throws Exception {
    encapDecap("encapsulation")
        .check(
            25,
            10,
            vector -> {
              SecureRandom m = TestingRandom.cycling(vector.hex("m"));
              KEM.Encapsulated made =
                  EncapsulationKey.of(vector.hex("ek"), provider, m).encapsulate();
              assertThat(made.encapsulation()).as("%s", vector).isEqualTo(vector.hex("c"));
              assertThat(made.key().getEncoded()).as("%s", vector).isEqualTo(vector.hex("k"));
            });
  }

  @ParameterizedTest
  @EnumSource
  void decapsulates(PostQuantumProvider provider) throws Exception {
    encapDecap("decapsulation")
        .check(
            10,
            25,
            vector -> {
              DecapsulationKey key = DecapsulationKey.of(vector.hex("dk"), provider);
              assertThat(key.decapsulate(Bytes.of(vector.hex("c"))).getEncoded())
                  .as("%s", vector)
                  .isEqualTo(vector.hex("k"));
            });
  }

  private static PublishedVectors encapDecap(String function) throws IOException {
    return PublishedVectors.acvp(
            PublishedFile.ACVP_ML_KEM_ENCAP_DECAP, PublishedFile.ACVP_ML_KEM_ENCAP_DECAP_RESULTS)
        .expressible(vector -> vector.text("function").equals(function));
  }

  /** 64 bytes. */
  private static byte[] shake256(byte[]... parts) throws NoSuchAlgorithmException {
    MessageDigest shake = MessageDigest.getInstance("SHAKE256-512");
    for (byte[] part : parts) {
      shake.update(part);
    }
    return shake.digest();
  }
}
