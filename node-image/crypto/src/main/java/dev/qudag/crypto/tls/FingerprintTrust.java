package dev.qudag.crypto.tls;

import dev.qudag.crypto.Digest;
import dev.qudag.crypto.TlsFingerprint;
import dev.qudag.crypto.TlsIdentity;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.function.Predicate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts a peer by the fingerprint of its key, and by nothing else. Extended, so that the JDK adds
 * neither a host name check nor a certificate path check of its own.
 */
final class FingerprintTrust extends X509ExtendedTrustManager {
  private final Predicate<Digest> expected;

  FingerprintTrust(Predicate<Digest> expected) {
    this.expected = expected;
  }

  private void check(X509Certificate[] chain) throws CertificateException {
    if (chain.length == 0) {
      throw new CertificateException("the peer showed no certificate");
    }
    if (!TlsIdentity.isMlDsa87(chain[0])) {
      throw new CertificateException(
          "the peer's certificate has a key of "
              + chain[0].getPublicKey().getAlgorithm()
              + ", expected ML-DSA-87");
    }
    Digest actual = TlsFingerprint.of(chain[0]);
    if (!expected.test(actual)) {
      throw new CertificateException("the peer's key " + actual + " is not the pinned one");
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    check(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    check(chain);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
