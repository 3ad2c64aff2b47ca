package dev.qudag.crypto;

/**
 * The sizes of ML-KEM-768 (FIPS 203, table 3) and its two ASN.1 wrappers, under the identifier
 * 2.16.840.1.101.3.4.4.2 that NIST gave it.
 *
 * <p>The private key is kept in the expanded form of FIPS 203, 7.1, because the JDK cannot parse
 * the 64-byte seed <i>d</i> ‖ <i>z</i>; the expanded form is one that both providers read.
 */
final class MlKem768 {
  static final String ALGORITHM = "ML-KEM-768";
  static final int ENCAPSULATION_KEY_BYTES = 1184;
  static final int DECAPSULATION_KEY_BYTES = 2400;
  static final int CIPHERTEXT_BYTES = 1088;

  /** Where the encapsulation key stands in the expanded key: behind the secret vector. */
  static final int ENCAPSULATION_KEY_OFFSET = 1152;

  /** SubjectPublicKeyInfo. */
  static final RawKeyEncoding X509 =
      new RawKeyEncoding("308204b2300b0609608648016503040402038204a100", ENCAPSULATION_KEY_BYTES);

  /** PrivateKeyInfo with the expanded key. */
  static final RawKeyEncoding PKCS8 =
      new RawKeyEncoding(
          "30820978020100300b06096086480165030404020482096404820960", DECAPSULATION_KEY_BYTES);

  private MlKem768() {}
}
