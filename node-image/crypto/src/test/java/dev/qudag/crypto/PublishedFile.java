package dev.qudag.crypto;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/**
 * The published files that are stored in src/test/resources/vectors, whose README.md says where
 * they come from.
 *
 * <p>Each names the kinds of groups it has: what Wycheproof calls the type of a group, and of an
 * ACVP file the parameter set, the type of test and, where there is one, the function.
 */
enum PublishedFile {
  ML_DSA_87_VERIFY("wycheproof/mldsa_87_verify_test.json", "MlDsaVerify"),
  ML_DSA_87_SIGN_SEED("wycheproof/mldsa_87_sign_seed_test.json", "MlDsaSign"),
  ML_DSA_87_SIGN_NO_SEED("wycheproof/mldsa_87_sign_noseed_test.json", "MlDsaSign"),
  ML_KEM_768("wycheproof/mlkem_768_test.json", "MLKEMTest"),
  ML_KEM_768_ENCAPS("wycheproof/mlkem_768_encaps_test.json", "MLKEMEncapsTest"),
  ML_KEM_768_KEY_GEN("wycheproof/mlkem_768_keygen_seed_test.json", "MLKEMKeyGen"),
  ML_KEM_768_SEMI_EXPANDED(
      "wycheproof/mlkem_768_semi_expanded_decaps_test.json", "MLKEMDecapsValidationTest"),
  ACVP_ML_DSA_KEY_GEN("acvp/ML-DSA-keyGen-FIPS204/prompt.json", "ML-DSA-87 AFT"),
  ACVP_ML_DSA_KEY_GEN_RESULTS("acvp/ML-DSA-keyGen-FIPS204/expectedResults.json"),
  ACVP_ML_DSA_SIG_GEN("acvp/ML-DSA-sigGen-FIPS204/prompt.json", "ML-DSA-87 AFT"),
  ACVP_ML_DSA_SIG_GEN_RESULTS("acvp/ML-DSA-sigGen-FIPS204/expectedResults.json"),
  ACVP_ML_DSA_SIG_VER("acvp/ML-DSA-sigVer-FIPS204/prompt.json", "ML-DSA-87 AFT"),
  ACVP_ML_DSA_SIG_VER_RESULTS("acvp/ML-DSA-sigVer-FIPS204/expectedResults.json"),
  ACVP_ML_KEM_KEY_GEN("acvp/ML-KEM-keyGen-FIPS203/prompt.json", "ML-KEM-768 AFT"),
  ACVP_ML_KEM_KEY_GEN_RESULTS("acvp/ML-KEM-keyGen-FIPS203/expectedResults.json"),
  ACVP_ML_KEM_ENCAP_DECAP(
      "acvp/ML-KEM-encapDecap-FIPS203/prompt.json",
      "ML-KEM-768 AFT encapsulation",
      "ML-KEM-768 VAL decapsulation"),
  ACVP_ML_KEM_ENCAP_DECAP_RESULTS("acvp/ML-KEM-encapDecap-FIPS203/expectedResults.json"),
  BLAKE3("blake3/vectors.json");

  private final String path;
  private final Set<String> kinds;

  PublishedFile(String path, String... kinds) {
    this.path = path;
    this.kinds = Set.of(kinds);
  }

  /** The path in the folder of vectors, without the suffix of its compression. */
  String path() {
    return path;
  }

  Set<String> kinds() {
    return kinds;
  }

  byte[] bytes() throws IOException {
    try (InputStream stored = PublishedFile.class.getResourceAsStream("/vectors/" + path + ".gz");
        InputStream plain = new GZIPInputStream(stored)) {
      return plain.readAllBytes();
    }
  }

  JsonNode json() throws IOException {
    return new ObjectMapper().readTree(bytes());
  }
}
