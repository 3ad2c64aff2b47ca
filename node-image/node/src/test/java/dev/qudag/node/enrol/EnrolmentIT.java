package dev.qudag.node.enrol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.identity.EnrolmentStatement;
import dev.qudag.consensus.chain.identity.HubMember;
import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.consensus.chain.identity.MemberSet;
import dev.qudag.consensus.chain.identity.NodeRole;
import dev.qudag.consensus.chain.identity.OperatorIdentity;
import dev.qudag.consensus.chain.policy.Policy;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.NodeIdentity;
import dev.qudag.crypto.VerifyingKey;
import dev.qudag.node.identity.NodeStore;
import dev.qudag.node.net.NodeServer;
import dev.qudag.node.net.PinnedChannels;
import dev.qudag.proto.EnrolRequest;
import dev.qudag.proto.EnrolResponse;
import dev.qudag.proto.EnrolmentGrpc;
import dev.qudag.proto.JoinRequest;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The operator's calls over real TLS. */
class EnrolmentIT {
  private static final NodeIdentity OPERATOR = NodeIdentity.generate();
  private static final NodeIdentity STRANGER = NodeIdentity.generate();
  private static final Bytes NONCE = Bytes.of(new byte[32]);

  @TempDir Path volume;
  private final List<AutoCloseable> open = new ArrayList<>();
  private NodeStore store;
  private Enrolment enrolment;
  private NodeServer server;

  @BeforeEach
  void start() throws IOException {
    Path token = volume.resolve("token");
    Files.writeString(token, "projected\n");
    store = NodeStore.open(volume.resolve("data"));
    var trust =
        new Enrolment.Trust(
            OPERATOR.tlsFingerprint(), OPERATOR.verifyingKey().fingerprint(), token);
    var subject = new Enrolment.Subject(NodeRole.VALIDATOR, "s-v0", "swarm", "pod");
    enrolment = new Enrolment(subject, trust, store, () -> "", () -> {});
    server = NodeServer.start(store.identity(), 0, enrolment::guarded);
    open.add(store);
    open.add(server);
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable part : open.reversed()) {
      part.close();
    }
  }

  @Test
  void provesItsKeyToTheOperator() {
    EnrolResponse response = as(OPERATOR).enrol(request());

    var statement =
        new EnrolmentStatement(
            "swarm",
            "pod",
            NodeRole.VALIDATOR,
            "s-v0",
            NONCE,
            VerifyingKey.of(response.getSigningKey().toByteArray()),
            Digest.of(response.getTlsFingerprint().toByteArray()));
    assertThat(statement.isSigned(Bytes.of(response.getSignature().toByteArray()))).isTrue();
    assertThat(response.getToken()).isEqualTo("projected");
    assertThat(response.getGenesisDigest()).isEmpty();
  }

  @Test
  void answersNobodyButTheOperator() {
    assertThatThrownBy(() -> as(STRANGER).enrol(request()))
        .hasMessageContaining("only the operator");
    assertThatThrownBy(() -> as(STRANGER).join(join(genesis(store.identity(), 1))))
        .hasMessageContaining("PERMISSION_DENIED");
  }

  @Test
  void keepsTheFirstGenesisAndRefusesAnother() throws Exception {
    Genesis first = genesis(store.identity(), 1);
    as(OPERATOR).join(join(first));
    as(OPERATOR).join(join(first));

    assertThat(enrolment.awaitGenesis()).isEqualTo(first);
    assertThat(store.genesis()).contains(first);
    assertThat(as(OPERATOR).enrol(request()).getGenesisDigest().toByteArray())
        .isEqualTo(first.digest().bytes());
    assertThatThrownBy(() -> as(OPERATOR).join(join(genesis(store.identity(), 2))))
        .hasMessageContaining("another genesis");
  }

  /** A decision may name it later. */
  @Test
  void keepsAGenesisThatNamesOthersAlone() throws Exception {
    Genesis ofOthers = genesis(STRANGER, "s-v1", 1);
    ByteString set = ByteString.copyFrom(ofOthers.set().encode());
    as(OPERATOR).join(join(ofOthers).toBuilder().setSet(set).build());

    assertThat(enrolment.awaitGenesis()).isEqualTo(ofOthers);
    assertThat(store.setAtJoin()).contains(ofOthers.set());
  }

  @Test
  void refusesAGenesisWithAnotherInItsPlace() {
    assertThatThrownBy(() -> as(OPERATOR).join(join(genesis(STRANGER, 1))))
        .hasMessageContaining("no member s-v0 with this node's keys");
    assertThatThrownBy(() -> as(OPERATOR).join(join(genesis(store.identity(), "s-v1", 1))))
        .hasMessageContaining("no member s-v0 with this node's keys");
  }

  /** The core draws a committee for so many; no node runs one yet. */
  @Test
  void refusesASetForWhichACommitteeVotes() {
    List<Member> members = new ArrayList<>(List.of(member(0, store.identity())));
    for (int index = 1; index <= MemberSet.LARGEST_WITHOUT_COMMITTEE; index++) {
      members.add(member(index, NodeIdentity.generate()));
    }
    assertThatThrownBy(() -> as(OPERATOR).join(join(genesis(members, 1))))
        .hasMessageContaining("101 validators, for whom a committee votes")
        .hasMessageContaining("at most 100");
  }

  @Test
  void speaksOnlyToThePinnedServer() {
    ManagedChannel channel =
        new PinnedChannels(OPERATOR).to("localhost", server.port(), STRANGER.tlsFingerprint());
    open.add(channel::shutdownNow);

    assertThatThrownBy(() -> EnrolmentGrpc.newBlockingStub(channel).enrol(request()))
        .hasMessageContaining("UNAVAILABLE");
  }

  private EnrolmentGrpc.EnrolmentBlockingStub as(NodeIdentity caller) {
    ManagedChannel channel =
        new PinnedChannels(caller)
            .to("localhost", server.port(), store.identity().tlsFingerprint());
    open.add(channel::shutdownNow);
    return EnrolmentGrpc.newBlockingStub(channel);
  }

  private static EnrolRequest request() {
    return EnrolRequest.newBuilder()
        .setSwarmUid("swarm")
        .setNonce(ByteString.copyFrom(NONCE.toArray()))
        .build();
  }

  private static JoinRequest join(Genesis genesis) {
    return JoinRequest.newBuilder().setGenesis(ByteString.copyFrom(genesis.encode())).build();
  }

  private static Genesis genesis(NodeIdentity validator, int nonce) {
    return genesis(validator, "s-v0", nonce);
  }

  private static Genesis genesis(NodeIdentity validator, String name, int nonce) {
    return genesis(
        List.of(new Member(0, name, validator.verifyingKey(), validator.tlsFingerprint(), 1)),
        nonce);
  }

  private static Member member(int index, NodeIdentity validator) {
    return new Member(
        index, "s-v" + index, validator.verifyingKey(), validator.tlsFingerprint(), 1);
  }

  private static Genesis genesis(List<Member> members, int nonce) {
    byte[] bytes = new byte[Genesis.NONCE_SIZE];
    bytes[0] = (byte) nonce;
    var hub = NodeIdentity.generate();
    return new Genesis(
        Bytes.of(bytes),
        "s",
        "refs/heads/main",
        "1".repeat(40),
        new OperatorIdentity(OPERATOR.verifyingKey(), OPERATOR.tlsFingerprint()),
        new HubMember("s-hub", hub.verifyingKey(), hub.tlsFingerprint()),
        members,
        new Policy(List.of(), List.of()),
        500);
  }
}
