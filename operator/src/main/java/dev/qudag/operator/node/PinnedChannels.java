package dev.qudag.operator.node;

import dev.qudag.crypto.Digest;
import dev.qudag.crypto.NodeIdentity;
import dev.qudag.crypto.TlsFingerprint;
import io.grpc.ManagedChannel;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Channels that show the operator's certificate and talk to exactly one key each. Trust is the
 * fingerprint of the peer's key: no authority, no host name.
 */
public final class PinnedChannels implements AutoCloseable {
  private static final int MAX_MESSAGE_BYTES = 16 * 1024 * 1024;

  private record Peer(String host, int port, Digest fingerprint) {}

  private final NodeIdentity identity;
  private final Map<Peer, ManagedChannel> channels = new ConcurrentHashMap<>();

  public PinnedChannels(NodeIdentity identity) {
    this.identity = identity;
  }

  /** The channel to a node whose key is known. It is kept, and connects again by itself. */
  public ManagedChannel to(String host, int port, Digest fingerprint) {
    return channels.computeIfAbsent(
        new Peer(host, port, fingerprint), peer -> open(host, port, fingerprint::equals));
  }

  /** Closes the channel to a node that is gone. */
  public void forget(String host, int port, Digest fingerprint) {
    ManagedChannel channel = channels.remove(new Peer(host, port, fingerprint));
    if (channel != null) {
      channel.shutdownNow();
    }
  }

  /**
   * A channel for one enrolment, to a node whose key is not known yet. The caller closes it.
   *
   * @param accepts is asked with the fingerprint of the key that the node proved to have
   */
  ManagedChannel dial(String host, int port, Predicate<Digest> accepts) {
    return open(host, port, accepts);
  }

  private ManagedChannel open(String host, int port, Predicate<Digest> accepts) {
    try {
      var tls =
          GrpcSslContexts.configure(SslContextBuilder.forClient(), SslProvider.JDK)
              .protocols("TLSv1.3")
              .keyManager(identity.tls().privateKey(), identity.tls().certificate())
              .trustManager(new ByFingerprint(accepts))
              .build();
      return NettyChannelBuilder.forAddress(host, port)
          .sslContext(tls)
          .maxInboundMessageSize(MAX_MESSAGE_BYTES)
          .keepAliveTime(15, TimeUnit.SECONDS)
          .keepAliveTimeout(5, TimeUnit.SECONDS)
          .build();
    } catch (SSLException e) {
      throw new IllegalStateException("this JDK cannot speak TLS 1.3 with an EC key", e);
    }
  }

  @Override
  public void close() {
    channels.values().forEach(ManagedChannel::shutdownNow);
    channels.clear();
  }

  /** The extended type, so that the JDK adds no check of host names of its own. */
  private static final class ByFingerprint extends X509ExtendedTrustManager {
    private final Predicate<Digest> accepts;

    private ByFingerprint(Predicate<Digest> accepts) {
      this.accepts = accepts;
    }

    private void check(X509Certificate[] chain) throws CertificateException {
      Digest fingerprint = TlsFingerprint.of(chain[0]);
      if (!accepts.test(fingerprint)) {
        throw new CertificateException(
            "the peer's key has fingerprint " + fingerprint + ", which is not the pinned one");
      }
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
    public void checkClientTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      throw new CertificateException("the operator serves nobody");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      checkClientTrusted(chain, type);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      checkClientTrusted(chain, type);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
