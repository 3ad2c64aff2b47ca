package dev.qudag.transport;

import dev.qudag.crypto.Digest;
import dev.qudag.crypto.TlsIdentity;
import dev.qudag.crypto.tls.PinnedTls;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;

/**
 * {@link PinnedTls} as Netty takes it, with HTTP/2 by ALPN (RFC 7301).
 *
 * <p>Netty's own builder is not used: it parses a test key through Bouncy Castle and encrypts every
 * key in a PKCS #12 store, which costs a node half of its start (ADR 8).
 */
final class NettyTls {
  private static final ApplicationProtocolConfig HTTP2 =
      new ApplicationProtocolConfig(
          ApplicationProtocolConfig.Protocol.ALPN,
          ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
          ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
          ApplicationProtocolNames.HTTP_2);

  private NettyTls() {}

  /** Takes any client certificate or none: each service decides by the fingerprint. */
  static SslContext server(TlsIdentity own) {
    return http2(PinnedTls.context(Optional.of(own), any -> true), false, ClientAuth.OPTIONAL);
  }

  /**
   * Speaks only to a server whose key satisfies {@code expected}.
   *
   * @param own what is shown to it; empty: nothing
   */
  static SslContext client(Optional<TlsIdentity> own, Predicate<Digest> expected) {
    return http2(PinnedTls.context(own, expected), true, ClientAuth.NONE);
  }

  private static SslContext http2(SSLContext context, boolean isClient, ClientAuth clientAuth) {
    return new JdkSslContext(
        context,
        isClient,
        List.of(PinnedTls.CIPHER_SUITE),
        SupportedCipherSuiteFilter.INSTANCE,
        HTTP2,
        clientAuth,
        new String[] {PinnedTls.PROTOCOL},
        false);
  }
}
