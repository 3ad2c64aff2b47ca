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

  /** Where the secret vectors s1 and s2 stand in the expanded key: 15 polynomials of 96 bytes. */
  private static final int SECRETS_OFFSET = 128;

  private static final int SECRETS_END = SECRETS_OFFSET + 15 * 96;

  private MlDsa87() {}

  /**
   * Whether every coefficient of s1 and s2 is one of the five from -2 to 2 (FIPS 204, algorithm
   * 25). Three bits hold each, so there is room for three that are not; signing hides the key for
   * these five alone, and both providers sign with the others too.
   */
  static boolean hasShortSecrets(byte[] expanded) {
    for (int i = SECRETS_OFFSET; i < SECRETS_END; i += 3) {
      int eight =
          Byte.toUnsignedInt(expanded[i])
              | Byte.toUnsignedInt(expanded[i + 1]) << 8
              | Byte.toUnsignedInt(expanded[i + 2]) << 16;
      for (int bit = 0; bit < 24; bit += 3) {
        if ((eight >>> bit & 7) > 4) {
          return false;
        }
      }
    }
    return true;
  }
}
