package dev.qudag.crypto;

import java.util.Arrays;
import java.util.HexFormat;

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

  private static final byte[] X509_PREFIX =
      HexFormat.of().parseHex("30820a32300b060960864801650304031303820a2100");
  private static final byte[] PKCS8_PREFIX =
      HexFormat.of().parseHex("30821338020100300b06096086480165030403130482132404821320");

  private MlDsa87() {}

  /** SubjectPublicKeyInfo around a raw public key. */
  static byte[] toX509(byte[] raw) {
    return concat(X509_PREFIX, raw);
  }

  /** PrivateKeyInfo with the expanded key around a raw private key. */
  static byte[] toPkcs8(byte[] raw) {
    return concat(PKCS8_PREFIX, raw);
  }

  /** The raw public key, which is the end of its SubjectPublicKeyInfo. */
  static byte[] rawPublic(byte[] x509) {
    return lastBytes(x509, PUBLIC_KEY_BYTES);
  }

  /**
   * The raw expanded private key, which is the end of the JDK's and of Bouncy Castle's
   * PrivateKeyInfo.
   */
  static byte[] rawPrivate(byte[] pkcs8) {
    return lastBytes(pkcs8, PRIVATE_KEY_BYTES);
  }

  private static byte[] lastBytes(byte[] encoded, int size) {
    if (encoded.length <= size) {
      throw new IllegalStateException(
          "an encoded key of " + encoded.length + " bytes holds no raw key of " + size);
    }
    return Arrays.copyOfRange(encoded, encoded.length - size, encoded.length);
  }

  private static byte[] concat(byte[] prefix, byte[] raw) {
    byte[] encoded = Arrays.copyOf(prefix, prefix.length + raw.length);
    System.arraycopy(raw, 0, encoded, prefix.length, raw.length);
    return encoded;
  }
}
