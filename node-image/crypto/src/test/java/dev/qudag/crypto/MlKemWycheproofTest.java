package dev.qudag.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.security.SecureRandom;
import javax.crypto.KEM;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Wycheproof's vectors for ML-KEM-768, each accounted for with each provider. */
class MlKemWycheproofTest {

  @ParameterizedTest
  @EnumSource
  void makesTheKeyOfASeed(PostQuantumProvider provider) throws Exception {
    PublishedVectors.wycheproof(PublishedFile.ML_KEM_768_KEY_GEN)
        .check(
            100,
            0,
            vector -> {
              DecapsulationKey key = fromSeed(provider, vector);
              assertThat(key.expanded()).as("%s", vector).isEqualTo(vector.hex("dk"));
              assertThat(key.encapsulationKey().bytes())
                  .as("%s", vector)
                  .isEqualTo(vector.hex("ek"));
            });
  }

  @ParameterizedTest
  @EnumSource
  void encapsulatesOnlyForAKeyThatIsOne(PostQuantumProvider provider) throws Exception {
    PublishedVectors.wycheproof(PublishedFile.ML_KEM_768_ENCAPS)
        .check(
            265,
            0,
            vector -> {
              SecureRandom m = TestingRandom.cycling(vector.hex("m"));
              if (vector.isValid()) {
                KEM.Encapsulated made =
                    EncapsulationKey.of(vector.hex("ek"), provider, m).encapsulate();
                assertThat(made.encapsulation()).as("%s", vector).isEqualTo(vector.hex("c"));
                assertThat(made.key().getEncoded()).as("%s", vector).isEqualTo(vector.hex("K"));
              } else {
                assertThatIllegalArgumentException()
                    .as("%s", vector)
                    .isThrownBy(() -> EncapsulationKey.of(vector.hex("ek"), provider, m));
              }
            });
  }

  /** A seed of another length is no vector here: no type of this module takes a seed. */
  @ParameterizedTest
  @EnumSource
  void decapsulatesWithTheKeyOfASeed(PostQuantumProvider provider) throws Exception {
    PublishedVectors.wycheproof(PublishedFile.ML_KEM_768)
        .expressible(vector -> vector.hex("seed").length == 64)
        .check(181, 20, vector -> decapsulatesAsExpected(fromSeed(provider, vector), vector));
  }

  @ParameterizedTest
  @EnumSource
  void decapsulatesOnlyWithAnExpandedKeyThatIsOne(PostQuantumProvider provider) throws Exception {
    PublishedVectors.wycheproof(PublishedFile.ML_KEM_768_SEMI_EXPANDED)
        .check(
            9,
            0,
            vector -> {
              if (vector.isValid() || isAboutTheCiphertext(vector)) {
                decapsulatesAsExpected(DecapsulationKey.of(vector.hex("dk"), provider), vector);
              } else {
                assertThatIllegalArgumentException()
                    .as("%s", vector)
                    .isThrownBy(() -> DecapsulationKey.of(vector.hex("dk"), provider));
              }
            });
  }

  private static void decapsulatesAsExpected(DecapsulationKey key, PublishedVector vector) {
    Bytes encapsulation = Bytes.of(vector.hex("c"));
    if (vector.isValid()) {
      assertThat(key.decapsulate(encapsulation).getEncoded())
          .as("%s", vector)
          .isEqualTo(vector.hex("K"));
    } else {
      assertThatIllegalArgumentException()
          .as("%s", vector)
          .isThrownBy(() -> key.decapsulate(encapsulation));
    }
  }

  private static boolean isAboutTheCiphertext(PublishedVector vector) {
    return vector.field("flags").toString().contains("\"IncorrectCiphertextLength\"");
  }

  private static DecapsulationKey fromSeed(PostQuantumProvider provider, PublishedVector vector) {
    return DecapsulationKey.generate(provider, TestingRandom.cycling(vector.hex("seed")));
  }
}
