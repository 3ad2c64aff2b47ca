package dev.qudag.node.net;

import dev.qudag.crypto.Digest;
import dev.qudag.crypto.NodeIdentity;
import dev.qudag.crypto.PinnedTls;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.util.Optional;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;

/**
 * The two TLS contexts of a node, both of the JDK. Both sides show their self-signed certificate; a
 * handshake proves the key behind it.
 *
 * <p>Netty's own builder is not used: it parses a test key through Bouncy Castle and encrypts every
 * key in a PKCS #12 store, which costs a node half of its start (ADR 8).
 */
final class Tls {
  private static final ApplicationProtocolConfig HTTP2 =
      new ApplicationProtocolConfig(
          ApplicationProtocolConfig.Protocol.ALPN,
          ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
          ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
          ApplicationProtocolNames.HTTP_2);

  private Tls() {}

  /** Takes any client certificate or none: each service decides by the fingerprint. */
  static SslContext server(NodeIdentity identity) {
    return http2(
        PinnedTls.context(Optional.of(identity.tls()), any -> true), false, ClientAuth.OPTIONAL);
  }

  /**
   * Speaks only to a server whose key satisfies {@code expected}, and shows this node's
   * certificate.
   */
  static SslContext client(NodeIdentity identity, Predicate<Digest> expected) {
    return http2(PinnedTls.context(Optional.of(identity.tls()), expected), true, ClientAuth.NONE);
  }

  private static SslContext http2(SSLContext context, boolean isClient, ClientAuth clientAuth) {
    return new JdkSslContext(
        context,
        isClient,
        null,
        SupportedCipherSuiteFilter.INSTANCE,
        HTTP2,
        clientAuth,
        new String[] {PinnedTls.PROTOCOL},
        false);
  }
}
