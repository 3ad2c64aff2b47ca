package dev.qudag.crypto;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;

/**
 * The key of a node's TLS 1.3 connections: ML-DSA-87 (FIPS 204) under a certificate that it signs
 * itself (RFC 9881). Not the key that signs statements, which vouches for this one.
 *
 * <p>Peers trust the key's {@linkplain TlsFingerprint fingerprint}, never a name, a date or an
 * authority, so the certificate says nothing else: it has no end (RFC 5280, 4.1.2.5).
 */
public record TlsIdentity(SigningKey key, X509Certificate certificate) {
  private static final Date NOT_BEFORE = Date.from(Instant.parse("2025-01-01T00:00:00Z"));
  private static final Date NOT_AFTER = Date.from(Instant.parse("9999-12-31T23:59:59Z"));
  private static final AlgorithmIdentifier ML_DSA_87 =
      new AlgorithmIdentifier(NISTObjectIdentifiers.id_ml_dsa_87);
  private static final X500Name NAME = new X500Name("CN=qudag");
  private static final int SERIAL_BITS = 127;

  static TlsIdentity generate() {
    SigningKey key = SigningKey.generate();
    var certificate =
        new X509v3CertificateBuilder(
                NAME,
                new BigInteger(SERIAL_BITS, new SecureRandom()),
                NOT_BEFORE,
                NOT_AFTER,
                NAME,
                SubjectPublicKeyInfo.getInstance(MlDsa87.X509.wrap(key.verifyingKey().bytes())))
            .build(new CertificateSigner(ML_DSA_87, key));
    try {
      return new TlsIdentity(key, parseCertificate(certificate.getEncoded()));
    } catch (IOException | CertificateException e) {
      throw new IllegalStateException("this JDK cannot read an ML-DSA-87 certificate", e);
    }
  }

  /**
   * A stored identity.
   *
   * @param expanded the 4896 raw bytes of the private key
   * @param x509 the certificate, DER
   * @throws IllegalArgumentException when they are not an ML-DSA-87 key and its certificate
   */
  static TlsIdentity of(byte[] expanded, byte[] x509) {
    X509Certificate certificate;
    try {
      certificate = parseCertificate(x509);
    } catch (CertificateException e) {
      throw new IllegalArgumentException("not a certificate", e);
    }
    if (!isMlDsa87(certificate)) {
      throw new IllegalArgumentException(
          "the TLS certificate has a key of "
              + certificate.getPublicKey().getAlgorithm()
              + ", expected ML-DSA-87: an identity of an older version cannot be used");
    }
    byte[] publicKey = MlDsa87.X509.unwrap(certificate.getPublicKey().getEncoded());
    return new TlsIdentity(SigningKey.of(expanded, publicKey), certificate);
  }

  /** Whether the certificate's key is one of ML-DSA-87, by its encoding. */
  public static boolean isMlDsa87(X509Certificate certificate) {
    return MlDsa87.X509.isEncoding(certificate.getPublicKey().getEncoded());
  }

  /** What the handshake signs with. */
  public PrivateKey privateKey() {
    return key.privateKey();
  }

  public Digest fingerprint() {
    return TlsFingerprint.of(certificate);
  }

  private static X509Certificate parseCertificate(byte[] x509) throws CertificateException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(x509));
  }
}
