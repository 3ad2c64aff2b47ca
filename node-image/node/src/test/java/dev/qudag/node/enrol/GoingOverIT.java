package dev.qudag.node.enrol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.identity.AdminSignature;
import dev.qudag.consensus.chain.identity.HubMember;
import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.consensus.chain.identity.NodeRole;
import dev.qudag.consensus.chain.identity.OperatorIdentity;
import dev.qudag.consensus.chain.identity.Predecessor;
import dev.qudag.consensus.chain.policy.Policy;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.NodeIdentity;
import dev.qudag.crypto.SigningKey;
import dev.qudag.crypto.VerifyingKey;
import dev.qudag.node.identity.NodeStore;
import dev.qudag.node.net.NodeServer;
import dev.qudag.node.net.PinnedChannels;
import dev.qudag.proto.EnrolmentGrpc;
import dev.qudag.proto.JoinRequest;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node of a chain that cannot go on is told of the one that takes its place. */
class GoingOverIT {
  private static final NodeIdentity OPERATOR = NodeIdentity.generate();
  private static final SigningKey ADMIN = SigningKey.generate();

  @TempDir Path volume;
  private final CountDownLatch restarted = new CountDownLatch(1);
  private final List<AutoCloseable> open = new ArrayList<>();

  /** A node that has joined a genesis, and the operator's way to it. */
  private record Joined(
      NodeRole role, NodeStore store, Genesis genesis, EnrolmentGrpc.EnrolmentBlockingStub way) {
    /** What takes the place of its chain, with other nodes but for this one. */
    Genesis successor() {
      return GoingOverIT.genesis(role, store, genesis.adminKeys())
          .inPlaceOf(new Predecessor(genesis.digest(), genesis.chainId(), 7));
    }
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable part : open.reversed()) {
      part.close();
    }
  }

  private Joined joined(NodeRole role, VerifyingKey... administrators) throws IOException {
    Path token = volume.resolve("token");
    Files.writeString(token, "projected");
    NodeStore store = NodeStore.open(volume.resolve("data"));
    open.add(store);
    Genesis genesis = genesis(role, store, List.of(administrators));
    store.keepGenesis(genesis);
    var trust =
        new Enrolment.Trust(
            OPERATOR.tlsFingerprint(), OPERATOR.verifyingKey().fingerprint(), token);
    String name = role == NodeRole.HUB ? "s-hub" : "s-v0";
    var enrolment =
        new Enrolment(
            new Enrolment.Subject(role, name, "swarm", "pod"),
            trust,
            store,
            () -> "",
            restarted::countDown);
    NodeServer server = NodeServer.start(store.identity(), 0, enrolment::guarded);
    open.add(server);
    ManagedChannel channel =
        new PinnedChannels(OPERATOR)
            .to("localhost", server.port(), store.identity().tlsFingerprint());
    open.add(channel::shutdownNow);
    return new Joined(role, store, genesis, EnrolmentGrpc.newBlockingStub(channel));
  }

  private static Genesis genesis(
      NodeRole role, NodeStore store, List<VerifyingKey> administrators) {
    NodeIdentity other = NodeIdentity.generate();
    NodeIdentity hub = role == NodeRole.HUB ? store.identity() : other;
    NodeIdentity validator = role == NodeRole.HUB ? other : store.identity();
    return new Genesis(
        Bytes.of(new byte[Genesis.NONCE_SIZE]),
        "s",
        "refs/heads/main",
        "1".repeat(40),
        new OperatorIdentity(OPERATOR.verifyingKey(), OPERATOR.tlsFingerprint()),
        new HubMember("s-hub", hub.verifyingKey(), hub.tlsFingerprint()),
        List.of(new Member(0, "s-v0", validator.verifyingKey(), validator.tlsFingerprint(), 1)),
        new Policy(List.of(), List.of()),
        500,
        administrators);
  }

  private static JoinRequest.Builder join(Genesis genesis) {
    return JoinRequest.newBuilder().setGenesis(ByteString.copyFrom(genesis.encode()));
  }

  private static JoinRequest join(Genesis genesis, SigningKey administrator) {
    return join(genesis)
        .setAdminSignature(AdminSignature.sign(genesis.encode(), administrator).toText())
        .build();
  }

  @Test
  void theHubGoesOverToTheChainThatAnAdministratorSigned() throws Exception {
    Joined hub = joined(NodeRole.HUB, ADMIN.verifyingKey());
    Genesis successor = hub.successor();

    var unused = hub.way().join(join(successor, ADMIN));

    assertThat(restarted.await(10, TimeUnit.SECONDS)).isTrue();
    hub.store().close();
    try (NodeStore next = NodeStore.open(volume.resolve("data"))) {
      assertThat(next.genesis()).contains(successor);
    }
  }

  @Test
  void theHubGoesOverOnTheOperatorsWordWhereGenesisNamesNobodyElse() throws Exception {
    Joined hub = joined(NodeRole.HUB);
    var unused = hub.way().join(join(hub.successor()).build());
    assertThat(restarted.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void theHubStaysWithoutTheSignatureOfAnAdministrator() throws Exception {
    Joined hub = joined(NodeRole.HUB, ADMIN.verifyingKey());
    Genesis successor = hub.successor();
    assertThatThrownBy(() -> hub.way().join(join(successor).build()))
        .hasMessageContaining("another genesis")
        .hasMessageContaining("no administrator of the predecessor signed");
    assertThatThrownBy(() -> hub.way().join(join(successor, SigningKey.generate())))
        .hasMessageContaining("no administrator of the predecessor signed");
    assertThatThrownBy(
            () -> hub.way().join(join(successor).setAdminSignature("no signature").build()))
        .hasMessageContaining("not a signature");
    assertStays(hub);
  }

  @Test
  void theHubStaysWhereAnotherChainsPlaceIsTaken() throws Exception {
    Joined hub = joined(NodeRole.HUB);
    Genesis ofNone = genesis(NodeRole.HUB, hub.store(), List.of());
    Genesis ofAnother = ofNone.inPlaceOf(new Predecessor(hub.genesis().digest(), Digest.ZERO, 7));
    assertThatThrownBy(() -> hub.way().join(join(ofAnother).build()))
        .hasMessageContaining("takes the place of chain");
    assertThatThrownBy(() -> hub.way().join(join(ofNone).build()))
        .hasMessageContaining("another genesis");
    assertStays(hub);
  }

  /** What it signed on the old chain is on its volume: who joins the new one has an empty one. */
  @Test
  void aValidatorStays() throws Exception {
    Joined validator = joined(NodeRole.VALIDATOR, ADMIN.verifyingKey());
    assertThatThrownBy(() -> validator.way().join(join(validator.successor(), ADMIN)))
        .hasMessageContaining("another genesis");
    assertStays(validator);
  }

  private void assertStays(Joined node) {
    assertThat(restarted.getCount()).isOne();
    assertThat(node.store().data().resolve("successor")).doesNotExist();
  }
}
