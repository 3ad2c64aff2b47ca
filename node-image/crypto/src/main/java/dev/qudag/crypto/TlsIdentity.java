package dev.qudag.crypto;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * The key of a node's TLS 1.3 connections: EC P-256 under a certificate that it signs itself.
 *
 * <p>Peers trust the key's {@linkplain TlsFingerprint fingerprint}, never a name, a date or an
 * authority, so the certificate says nothing else: it has no end (RFC 5280, 4.1.2.5).
 */
public record TlsIdentity(PrivateKey privateKey, X509Certificate certificate) {
  private static final Date NOT_BEFORE = Date.from(Instant.parse("2025-01-01T00:00:00Z"));
  private static final Date NOT_AFTER = Date.from(Instant.parse("9999-12-31T23:59:59Z"));
  private static final String SIGNATURE_ALGORITHM = "SHA256withECDSA";
  private static final X500Name NAME = new X500Name("CN=qudag");

  static TlsIdentity generate() {
    try {
      SecureRandom random = new SecureRandom();
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"), random);
      KeyPair pair = generator.generateKeyPair();
      var certificate =
          new JcaX509v3CertificateBuilder(
                  NAME, new BigInteger(127, random), NOT_BEFORE, NOT_AFTER, NAME, pair.getPublic())
              .build(new JcaContentSignerBuilder(SIGNATURE_ALGORITHM).build(pair.getPrivate()));
      return new TlsIdentity(
          pair.getPrivate(), new JcaX509CertificateConverter().getCertificate(certificate));
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException("this JDK cannot make an EC P-256 certificate", e);
    }
  }

  /**
   * A stored identity.
   *
   * @param pkcs8 the private key, DER
   * @param x509 the certificate, DER
   */
  static TlsIdentity of(byte[] pkcs8, byte[] x509) {
    try {
      PrivateKey privateKey =
          KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      TlsIdentity identity = new TlsIdentity(privateKey, parseCertificate(x509));
      if (!identity.belongsTogether()) {
        throw new IllegalArgumentException("the TLS key does not belong to its certificate");
      }
      return identity;
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("not an EC key and its certificate", e);
    }
  }

  private boolean belongsTogether() throws GeneralSecurityException {
    Signature signer = Signature.getInstance(SIGNATURE_ALGORITHM);
    signer.initSign(privateKey);
    byte[] signature = signer.sign();
    Signature verifier = Signature.getInstance(SIGNATURE_ALGORITHM);
    verifier.initVerify(certificate);
    return verifier.verify(signature);
  }

  public Digest fingerprint() {
    return TlsFingerprint.of(certificate);
  }

  private static X509Certificate parseCertificate(byte[] x509) throws CertificateException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(x509));
  }
}
