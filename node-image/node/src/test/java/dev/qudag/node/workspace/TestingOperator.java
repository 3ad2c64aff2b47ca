package dev.qudag.node.workspace;

import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.identity.HubMember;
import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.consensus.chain.identity.OperatorIdentity;
import dev.qudag.consensus.chain.identity.WorkspaceGrant;
import dev.qudag.consensus.chain.policy.Policy;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.NodeIdentity;
import dev.qudag.crypto.VerifyingKey;
import dev.qudag.node.net.PinnedChannels;
import dev.qudag.proto.EnrolRequest;
import dev.qudag.proto.EnrolResponse;
import dev.qudag.proto.EnrolmentGrpc;
import dev.qudag.proto.HubControlGrpc;
import dev.qudag.proto.HubControlGrpc.HubControlBlockingStub;
import dev.qudag.proto.HubState;
import dev.qudag.proto.JoinRequest;
import dev.qudag.proto.WatchRequest;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What the operator does with nodes, over real TLS: asks who they are, hands over genesis and
 * grant, watches the hub.
 */
final class TestingOperator implements AutoCloseable {

  private static final Duration START = Duration.ofMinutes(3);

  final NodeIdentity identity = NodeIdentity.generate();
  private final List<ManagedChannel> channels = new ArrayList<>();

  /** Asks the node on that volume and port until it answers. */
  EnrolResponse enrol(Path data, int port) {
    return await()
        .atMost(START)
        .until(() -> tryEnrol(data, port), Optional::isPresent)
        .orElseThrow();
  }

  private Optional<EnrolResponse> tryEnrol(Path data, int port) throws IOException {
    Path keys = data.resolve("identity");
    if (!Files.exists(keys)) {
      return Optional.empty();
    }
    Digest tls = NodeIdentity.loadOrCreate(keys).tlsFingerprint();
    ManagedChannel channel = new PinnedChannels(identity).to("localhost", port, tls);
    try {
      var request =
          EnrolRequest.newBuilder()
              .setSwarmUid("swarm-uid")
              .setNonce(ByteString.copyFrom(new byte[32]));
      return Optional.of(EnrolmentGrpc.newBlockingStub(channel).enrol(request.build()));
    } catch (StatusRuntimeException e) {
      return Optional.empty();
    } finally {
      channel.shutdownNow();
    }
  }

  /** A genesis of this hub and this one validator. */
  Genesis genesis(EnrolResponse hub, EnrolResponse validator) {
    return new Genesis(
        Bytes.of(new byte[Genesis.NONCE_SIZE]),
        "s",
        "refs/heads/main",
        hub.getHead(),
        new OperatorIdentity(identity.verifyingKey(), identity.tlsFingerprint()),
        new HubMember("s-hub", key(hub), tls(hub)),
        List.of(new Member(0, "s-v0", key(validator), tls(validator), 1)),
        new Policy(List.of(), List.of(".env*")),
        500);
  }

  void join(EnrolResponse node, int port, Genesis genesis) {
    var request = JoinRequest.newBuilder().setGenesis(ByteString.copyFrom(genesis.encode()));
    if (node.getRole().equals("workspace")) {
      var grant =
          new WorkspaceGrant(genesis.chainId(), node.getName(), "agent-0", key(node), tls(node))
              .sign(identity.signingKey());
      request.setGrant(ByteString.copyFrom(grant.encode()));
    }
    EnrolmentGrpc.newBlockingStub(open(port, tls(node))).join(request.build());
  }

  HubControlBlockingStub hub(EnrolResponse hub, int port) {
    return HubControlGrpc.newBlockingStub(open(port, tls(hub))).withWaitForReady();
  }

  HubState state(HubControlBlockingStub hub) {
    return hub.withDeadlineAfter(30, TimeUnit.SECONDS)
        .watch(WatchRequest.getDefaultInstance())
        .next();
  }

  private ManagedChannel open(int port, Digest tls) {
    ManagedChannel channel = new PinnedChannels(identity).to("localhost", port, tls);
    channels.add(channel);
    return channel;
  }

  private static VerifyingKey key(EnrolResponse node) {
    return VerifyingKey.of(node.getSigningKey().toByteArray());
  }

  private static Digest tls(EnrolResponse node) {
    return Digest.of(node.getTlsFingerprint().toByteArray());
  }

  @Override
  public void close() {
    channels.forEach(ManagedChannel::shutdownNow);
  }
}
