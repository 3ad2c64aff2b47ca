package dev.qudag.node.net;

import dev.qudag.crypto.Digest;
import dev.qudag.crypto.TlsFingerprint;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.function.Predicate;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * Who is calling: the fingerprint of the certificate that the caller proved to own in this
 * connection's handshake.
 */
public record PeerIdentity(Digest tls) {
  private static final Context.Key<PeerIdentity> KEY = Context.key("qudag-peer");

  /** The caller of the RPC that this thread serves; empty when it showed no certificate. */
  public static Optional<PeerIdentity> current() {
    return Optional.ofNullable(KEY.get());
  }

  /**
   * Refuses the call unless the caller's key satisfies {@code allowed}. {@code who} names those
   * that may call.
   */
  public static Digest require(String who, Predicate<Digest> allowed) {
    Digest caller =
        current()
            .map(PeerIdentity::tls)
            .orElseThrow(
                () ->
                    Status.UNAUTHENTICATED
                        .withDescription(
                            "only " + who + " may call this: no client certificate was shown")
                        .asRuntimeException());
    if (!allowed.test(caller)) {
      throw Status.PERMISSION_DENIED
          .withDescription("only " + who + " may call this: not the key " + caller)
          .asRuntimeException();
    }
    return caller;
  }

  /** Puts the identity of each call's peer into the call's context. */
  static final class Interceptor implements ServerInterceptor {
    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      Context context =
          peer(call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION))
              .map(peer -> Context.current().withValue(KEY, peer))
              .orElseGet(Context::current);
      return Contexts.interceptCall(context, call, headers, next);
    }

    private static Optional<PeerIdentity> peer(SSLSession session) {
      try {
        for (Certificate certificate : session.getPeerCertificates()) {
          if (certificate instanceof X509Certificate x509) {
            return Optional.of(new PeerIdentity(TlsFingerprint.of(x509)));
          }
        }
        return Optional.empty();
      } catch (SSLPeerUnverifiedException e) {
        return Optional.empty();
      }
    }
  }
}
