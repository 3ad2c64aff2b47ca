package dev.qudag.crypto;

/**
 * The sizes of ML-DSA-87 (FIPS 204, table 2) and its two ASN.1 wrappers (RFC 9881).
 *
 * <p>Keys are kept in their raw form and wrapped here, because the JDK cannot parse the private
 * keys that Bouncy Castle writes; the expanded form is one that both read.
 */
final class MlDsa87 {
  static final String KEY_ALGORITHM = "ML-DSA-87";
  static final String SIGNATURE_ALGORITHM = "ML-DSA";
  static final int PUBLIC_KEY_BYTES = 2592;
  static final int PRIVATE_KEY_BYTES = 4896;
  static final int SIGNATURE_BYTES = 4627;

  /** SubjectPublicKeyInfo. */
  static final RawKeyEncoding X509 =
      new RawKeyEncoding("30820a32300b060960864801650304031303820a2100", PUBLIC_KEY_BYTES);

  /** PrivateKeyInfo with the expanded key. */
  static final RawKeyEncoding PKCS8 =
      new RawKeyEncoding(
          "30821338020100300b06096086480165030403130482132404821320", PRIVATE_KEY_BYTES);

  private MlDsa87() {}
}
