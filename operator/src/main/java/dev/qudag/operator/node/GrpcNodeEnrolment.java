package dev.qudag.operator.node;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.ByteString;
import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.identity.EnrolmentStatement;
import dev.qudag.consensus.chain.identity.SignedGrant;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.NodeIdentity;
import dev.qudag.crypto.VerifyingKey;
import dev.qudag.proto.EnrolRequest;
import dev.qudag.proto.EnrolResponse;
import dev.qudag.proto.EnrolmentGrpc;
import dev.qudag.proto.JoinRequest;
import io.grpc.ManagedChannel;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Enrols nodes over gRPC: the token says which pod, the signature says which keys, the channel says
 * the same TLS key.
 */
public final class GrpcNodeEnrolment implements NodeEnrolment {
  private static final int TIMEOUT_SECONDS = 3;

  private final NodeIdentity identity;
  private final PinnedChannels channels;
  private final PodTokens tokens;
  private final SecureRandom random = new SecureRandom();

  public GrpcNodeEnrolment(NodeIdentity identity, PinnedChannels channels, PodTokens tokens) {
    this.identity = identity;
    this.channels = channels;
    this.tokens = tokens;
  }

  @Override
  public EnrolledNode enrol(NodeTarget target) {
    byte[] nonce = new byte[EnrolmentStatement.NONCE_SIZE];
    random.nextBytes(nonce);
    AtomicReference<Digest> proven = new AtomicReference<>(Digest.ZERO);
    ManagedChannel channel =
        channels.dial(
            target.host(),
            Ports.GRPC,
            fingerprint -> {
              proven.set(fingerprint);
              return true;
            });
    try {
      EnrolResponse response =
          EnrolmentGrpc.newBlockingStub(channel)
              .withDeadlineAfter(TIMEOUT_SECONDS, TimeUnit.SECONDS)
              .enrol(
                  EnrolRequest.newBuilder()
                      .setSwarmUid(target.swarmUid())
                      .setNonce(ByteString.copyFrom(nonce))
                      .build());
      tokens.require(response.getToken(), target);
      return checked(target, response, Bytes.of(nonce), requireNonNull(proven.get()));
    } finally {
      channel.shutdownNow();
    }
  }

  static EnrolledNode checked(
      NodeTarget target, EnrolResponse response, Bytes nonce, Digest proven) {
    require(
        response.getRole().equals(target.role().wireName()),
        target,
        "says it is a " + response.getRole());
    require(
        response.getName().equals(target.name()), target, "says its name is " + response.getName());
    try {
      VerifyingKey key = VerifyingKey.of(response.getSigningKey().toByteArray());
      Digest tls = Digest.of(response.getTlsFingerprint().toByteArray());
      var statement =
          new EnrolmentStatement(
              target.swarmUid(), target.podUid(), target.role(), target.name(), nonce, key, tls);
      require(tls.equals(proven), target, "names another TLS key than the one it spoke with");
      require(
          statement.isSigned(Bytes.of(response.getSignature().toByteArray())),
          target,
          "did not sign its statement with the key it names");
      Optional<Digest> genesis =
          response.getGenesisDigest().isEmpty()
              ? Optional.empty()
              : Optional.of(Digest.of(response.getGenesisDigest().toByteArray()));
      return new EnrolledNode(key, tls, response.getHead(), genesis);
    } catch (IllegalArgumentException malformed) {
      throw new EnrolmentRefusedException(
          "%s %s answered with a malformed key: %s"
              .formatted(target.role().wireName(), target.name(), malformed.getMessage()));
    }
  }

  private static void require(boolean holds, NodeTarget target, String otherwise) {
    if (!holds) {
      throw new EnrolmentRefusedException(
          "%s %s (pod %s) %s"
              .formatted(target.role().wireName(), target.name(), target.podName(), otherwise));
    }
  }

  @Override
  public void join(NodeTarget target, EnrolledNode node, Welcome welcome) {
    JoinRequest.Builder request =
        JoinRequest.newBuilder().setGenesis(ByteString.copyFrom(welcome.genesis().encode()));
    welcome.set().ifPresent(set -> request.setSet(ByteString.copyFrom(set.encode())));
    welcome.succession().ifPresent(signature -> request.setAdminSignature(signature.toText()));
    welcome.grant().ifPresent(signed -> request.setGrant(ByteString.copyFrom(signed.encode())));
    ManagedChannel channel =
        channels.dial(target.host(), Ports.GRPC, node.tlsFingerprint()::equals);
    try {
      var unused =
          EnrolmentGrpc.newBlockingStub(channel)
              .withDeadlineAfter(TIMEOUT_SECONDS, TimeUnit.SECONDS)
              .join(request.build());
    } finally {
      channel.shutdownNow();
    }
  }

  @Override
  public SignedGrant grant(
      Genesis genesis, String workspaceUid, String workspaceName, EnrolledNode node) {
    return node.grant(genesis, workspaceUid, workspaceName).sign(identity.signingKey());
  }
}
