package dev.qudag.transport;

import dev.qudag.crypto.TlsIdentity;
import dev.qudag.crypto.tls.PinnedTls;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.ssl.SslHandler;
import java.net.SocketAddress;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * Stands between the socket and TLS of one connection. Reads what the two sides say in clear, tells
 * the tally what came of the handshake, and writes the one line of the log about a peer that is
 * refused. Changes nothing.
 *
 * <p>The wire is read, because neither the JDK's API nor Bouncy Castle's tells the group.
 */
final class ConnectionWatch extends ChannelDuplexHandler {
  private final LinkSide side;
  private final TlsConnections connections;
  private final RefusalLog log;
  private final Runnable onEstablished;
  private final HelloReader received = new HelloReader();
  private final HelloReader sent = new HelloReader();
  private @Nullable SocketAddress peer;
  private boolean heard;
  private boolean following;

  /**
   * @param onEstablished told when the handshake has succeeded
   */
  ConnectionWatch(
      LinkSide side, TlsConnections connections, RefusalLog log, Runnable onEstablished) {
    this.side = side;
    this.connections = connections;
    this.log = log;
    this.onEstablished = onEstablished;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
    follow(context);
    if (message instanceof ByteBuf bytes) {
      heard = true;
      received.take(bytes.nioBuffer());
    }
    super.channelRead(context, message);
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise)
      throws Exception {
    follow(context);
    if (message instanceof ByteBuf bytes) {
      sent.take(bytes.nioBuffer());
    }
    super.write(context, message, promise);
  }

  private void follow(ChannelHandlerContext context) {
    SslHandler tls = context.pipeline().get(SslHandler.class);
    if (following || tls == null) {
      return;
    }
    following = true;
    peer = context.channel().remoteAddress();
    tls.handshakeFuture()
        .addListener(
            handshake -> {
              if (handshake.isSuccess()) {
                onEstablished.run();
                opened(context.channel(), tls.engine().getSession());
              } else if (heard) {
                refused(handshake.cause());
              }
            });
  }

  private void opened(Channel channel, SSLSession session) {
    HelloReader server = side == LinkSide.SERVER ? sent : received;
    if (server.hello().orElse(null) instanceof Hello.Server hello) {
      var negotiated =
          new NegotiatedTls(
              side,
              TlsNames.version(hello.version()),
              TlsNames.group(hello.group()),
              scheme(session),
              TlsNames.cipherSuite(hello.cipherSuite()),
              server.retried());
      connections.opened(negotiated);
      channel.closeFuture().addListener(closed -> connections.closed(negotiated));
    }
  }

  /** A key has one scheme in TLS 1.3, so the certificate says what the peer signed with. */
  private static String scheme(SSLSession session) {
    try {
      return session.getPeerCertificates()[0] instanceof X509Certificate certificate
              && TlsIdentity.isMlDsa87(certificate)
          ? PinnedTls.SIGNATURE_SCHEME
          : session.getPeerCertificates()[0].getPublicKey().getAlgorithm();
    } catch (SSLPeerUnverifiedException e) {
      return "none";
    }
  }

  private void refused(Throwable cause) {
    Optional<Hello> hello = received.hello();
    Refusal refusal = Refusal.of(cause, hello);
    connections.refused(refusal.reason());
    log.refused(side, String.valueOf(peer), refusal);
  }
}
