package dev.qudag.node.net;

import dev.qudag.crypto.Digest;
import dev.qudag.crypto.NodeIdentity;
import dev.qudag.crypto.TlsFingerprint;
import dev.qudag.crypto.TlsIdentity;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.function.Predicate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * The two TLS contexts of a node, both of the JDK. Both sides show their self-signed certificate; a
 * handshake proves the key behind it.
 *
 * <p>Netty's own builder is not used: it parses a test key through Bouncy Castle and encrypts every
 * key in a PKCS #12 store, which costs a node half of its start (ADR 8).
 */
final class Tls {
  private static final String PROTOCOL = "TLSv1.3";
  private static final ApplicationProtocolConfig HTTP2 =
      new ApplicationProtocolConfig(
          ApplicationProtocolConfig.Protocol.ALPN,
          ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
          ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
          ApplicationProtocolNames.HTTP_2);

  private Tls() {}

  /** Takes any client certificate or none: each service decides by the fingerprint. */
  static SslContext server(NodeIdentity identity) {
    return http2(context(keys(identity.tls()), any -> true), false, ClientAuth.OPTIONAL);
  }

  /**
   * Speaks only to a server whose key satisfies {@code expected}, and shows this node's
   * certificate.
   */
  static SslContext client(NodeIdentity identity, Predicate<Digest> expected) {
    return http2(context(keys(identity.tls()), expected), true, ClientAuth.NONE);
  }

  /** Speaks only to a server whose key satisfies {@code expected}, and shows no certificate. */
  static SslContext anonymousClient(Predicate<Digest> expected) {
    return http2(context(new KeyManager[0], expected), true, ClientAuth.NONE);
  }

  private static SslContext http2(SSLContext context, boolean isClient, ClientAuth clientAuth) {
    return new JdkSslContext(
        context,
        isClient,
        null,
        SupportedCipherSuiteFilter.INSTANCE,
        HTTP2,
        clientAuth,
        new String[] {PROTOCOL},
        false);
  }

  private static SSLContext context(KeyManager[] keys, Predicate<Digest> expected) {
    try {
      var context = SSLContext.getInstance(PROTOCOL);
      context.init(keys, new TrustManager[] {new ByFingerprint(expected)}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot make a TLS context", e);
    }
  }

  /**
   * By a store of type JKS: it never leaves the memory, and it is the one that encrypts nothing.
   */
  private static KeyManager[] keys(TlsIdentity identity) {
    try {
      var store = KeyStore.getInstance("JKS");
      store.load(null, null);
      store.setKeyEntry(
          "node", identity.privateKey(), new char[0], new Certificate[] {identity.certificate()});
      var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, new char[0]);
      return keys.getKeyManagers();
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("cannot use the TLS key", e);
    }
  }

  /**
   * Extended, so that the JDK adds neither a host name check nor a certificate path check of its
   * own.
   */
  private static final class ByFingerprint extends X509ExtendedTrustManager {
    private final Predicate<Digest> expected;

    private ByFingerprint(Predicate<Digest> expected) {
      this.expected = expected;
    }

    private void check(X509Certificate[] chain) throws CertificateException {
      if (chain.length == 0) {
        throw new CertificateException("the peer showed no certificate");
      }
      Digest actual = TlsFingerprint.of(chain[0]);
      if (!expected.test(actual)) {
        throw new CertificateException("the peer's key " + actual + " is not the pinned one");
      }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
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
    public void checkServerTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
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
}
