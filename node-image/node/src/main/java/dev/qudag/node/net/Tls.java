package dev.qudag.node.net;

import dev.qudag.crypto.Digest;
import dev.qudag.crypto.NodeIdentity;
import dev.qudag.crypto.TlsFingerprint;
import io.grpc.netty.GrpcSslContexts;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.function.Predicate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * The two TLS contexts of a node. Both sides show their self-signed certificate; a handshake proves
 * the key behind it.
 */
final class Tls {
  private Tls() {}

  /** Takes any client certificate or none: each service decides by the fingerprint. */
  static SslContext server(NodeIdentity identity) {
    return build(
        GrpcSslContexts.configure(
                SslContextBuilder.forServer(
                    identity.tls().privateKey(), identity.tls().certificate()),
                SslProvider.JDK)
            .clientAuth(ClientAuth.OPTIONAL)
            .trustManager(new ByFingerprint(any -> true)));
  }

  /**
   * Speaks only to a server whose key satisfies {@code expected}, and shows this node's
   * certificate.
   */
  static SslContext client(NodeIdentity identity, Predicate<Digest> expected) {
    return build(
        clientBuilder(expected)
            .keyManager(identity.tls().privateKey(), identity.tls().certificate()));
  }

  /** Speaks only to a server whose key satisfies {@code expected}, and shows no certificate. */
  static SslContext anonymousClient(Predicate<Digest> expected) {
    return build(clientBuilder(expected));
  }

  private static SslContextBuilder clientBuilder(Predicate<Digest> expected) {
    return GrpcSslContexts.configure(SslContextBuilder.forClient(), SslProvider.JDK)
        .trustManager(new ByFingerprint(expected));
  }

  private static SslContext build(SslContextBuilder builder) {
    try {
      return builder.protocols("TLSv1.3").build();
    } catch (SSLException e) {
      throw new IllegalStateException("cannot make a TLS context", e);
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
