package dev.qudag.crypto;

import java.security.cert.X509Certificate;

/**
 * How nodes know each other's TLS keys: SHA-256 of the certificate's SubjectPublicKeyInfo (as in
 * RFC 7469).
 */
public final class TlsFingerprint {
  private TlsFingerprint() {}

  public static Digest of(X509Certificate certificate) {
    return Digest.sha256(certificate.getPublicKey().getEncoded());
  }
}
