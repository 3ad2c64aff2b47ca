package dev.qudag.node.hub;

import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.identity.SignedGrant;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.VerifyingKey;
import dev.qudag.node.net.PeerIdentity;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.Optional;

/**
 * Lets a workspace in by its grant: signed by the operator of genesis, for this chain and for the
 * key of the channel.
 */
final class WorkspaceGrants implements ServerInterceptor {
  static final Metadata.Key<byte[]> HEADER =
      Metadata.Key.of("qudag-grant-bin", Metadata.BINARY_BYTE_MARSHALLER);

  private static final Context.Key<SignedGrant> GRANT = Context.key("qudag-grant");

  private final Digest chainId;
  private final VerifyingKey operator;

  WorkspaceGrants(Genesis genesis) {
    this.chainId = genesis.chainId();
    this.operator = genesis.operator().signingKey();
  }

  /** The grant of the workspace that calls. */
  static SignedGrant current() {
    return GRANT.get();
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    Optional<SignedGrant> grant = grant(headers.get(HEADER));
    if (grant.isEmpty()) {
      call.close(
          Status.PERMISSION_DENIED.withDescription(
              "only a workspace may call this, with the grant that the operator signed for its key"),
          new Metadata());
      return new ServerCall.Listener<>() {};
    }
    return Contexts.interceptCall(
        Context.current().withValue(GRANT, grant.get()), call, headers, next);
  }

  private Optional<SignedGrant> grant(byte @org.jspecify.annotations.Nullable [] header) {
    if (header == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(SignedGrant.decode(header)).filter(this::isValid);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private boolean isValid(SignedGrant signed) {
    return signed.grant().chainId().equals(chainId)
        && PeerIdentity.current()
            .filter(peer -> peer.tls().equals(signed.grant().tlsFingerprint()))
            .isPresent()
        && signed.isSignedBy(operator);
  }
}
