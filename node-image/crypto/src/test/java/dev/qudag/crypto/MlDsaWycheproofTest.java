package dev.qudag.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.security.SecureRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Wycheproof's vectors for ML-DSA-87, each accounted for with each provider. */
class MlDsaWycheproofTest {

  @ParameterizedTest
  @CsvSource({"JDK, 234, 7", "BOUNCY_CASTLE, 241, 0"})
  void acceptsWhatIsValidAndNothingElse(PostQuantumProvider provider, int count, int beyond)
      throws Exception {
    PublishedVectors.wycheproof(PublishedFile.ML_DSA_87_VERIFY)
        .expressible(vector -> input(vector).canBeExpressedBy(provider))
        .check(
            count,
            beyond,
            vector ->
                assertThat(
                        input(vector)
                            .isVerified(provider, vector.hex("publicKey"), vector.hex("sig")))
                    .as("%s", vector)
                    .isEqualTo(vector.isValid()));
  }

  /** A seed of another length is no vector here: no type of this module takes a seed. */
  @ParameterizedTest
  @CsvSource({"JDK, 72, 24", "BOUNCY_CASTLE, 93, 3"})
  void signsFromASeedByteForByte(PostQuantumProvider provider, int count, int beyond)
      throws Exception {
    PublishedVectors.wycheproof(PublishedFile.ML_DSA_87_SIGN_SEED)
        .expressible(
            vector ->
                vector.hex("privateSeed").length == 32 && input(vector).canBeExpressedBy(provider))
        .check(
            count,
            beyond,
            vector -> {
              SecureRandom seed = TestingRandom.cycling(vector.hex("privateSeed"));
              SigningKey key = SigningKey.generate(provider, seed);
              byte[] publicKey = key.verifyingKey().bytes();
              assertThat(publicKey).as("%s", vector).isEqualTo(vector.hex("publicKey"));
              signsAsExpected(provider, key.expanded(), publicKey, vector);
            });
  }

  @ParameterizedTest
  @CsvSource({"JDK, 56, 13", "BOUNCY_CASTLE, 69, 0"})
  void signsFromAnExpandedKeyByteForByte(PostQuantumProvider provider, int count, int beyond)
      throws Exception {
    PublishedVectors.wycheproof(PublishedFile.ML_DSA_87_SIGN_NO_SEED)
        .expressible(vector -> input(vector).canBeExpressedBy(provider))
        .check(
            count,
            beyond,
            vector ->
                signsAsExpected(
                    provider, vector.hex("privateKey"), vector.hex("publicKey"), vector));
  }

  private static void signsAsExpected(
      PostQuantumProvider provider, byte[] expanded, byte[] publicKey, PublishedVector vector)
      throws Exception {
    SecureRandom random =
        vector.has("rnd") ? TestingRandom.cycling(vector.hex("rnd")) : TestingRandom.zeros();
    if (vector.isValid()) {
      assertThat(input(vector).sign(provider, expanded, publicKey, random))
          .as("%s", vector)
          .isEqualTo(vector.hex("sig"));
    } else {
      assertThatIllegalArgumentException()
          .as("%s", vector)
          .isThrownBy(() -> input(vector).sign(provider, expanded, publicKey, random));
    }
  }

  private static MlDsaInput input(PublishedVector vector) {
    return vector.has("msg")
        ? MlDsaInput.message(vector.hex("msg"), vector.hex("ctx"))
        : MlDsaInput.mu(vector.hex("mu"));
  }
}
