package dev.qudag.node.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.qudag.consensus.certificate.Seal;
import dev.qudag.consensus.chain.decision.Grounds;
import dev.qudag.consensus.chain.decision.SetChange;
import dev.qudag.consensus.chain.decision.SetDecision;
import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.consensus.chain.identity.MemberSet;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.NodeIdentity;
import dev.qudag.node.hub.repository.HubRepository;
import dev.qudag.node.main.CrashPoint;
import dev.qudag.node.net.PinnedChannels;
import dev.qudag.node.validator.Liar;
import dev.qudag.node.verify.CertificateFile;
import dev.qudag.node.verify.VerifyCommand;
import dev.qudag.proto.ChainGrpc;
import dev.qudag.proto.ChainStatusRequest;
import dev.qudag.proto.ChangeSetRequest;
import dev.qudag.proto.Proposal;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * A hub and three validators as processes of their own. The fourth lies and is removed; another one
 * takes its place.
 */
class RemovalProcessIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int LIAR = 3;
  private static final int NEWCOMER = 4;

  @TempDir Path folder;
  private final NodeIdentity operator = NodeIdentity.generate();
  private final NodeIdentity liar = NodeIdentity.generate();
  private final List<TestingNodeProcess> validators = new ArrayList<>();
  private final List<NodeIdentity> identities = new ArrayList<>();
  private final List<Integer> ports = new ArrayList<>();
  private String addresses = "";
  private TestingNodeProcess hub;
  private TestingHubClient client;

  @BeforeEach
  void start() throws IOException {
    int hubPort = TestingNodeProcess.freePort();
    StringBuilder all = new StringBuilder("s-hub=localhost:" + hubPort);
    for (int i = 0; i <= NEWCOMER; i++) {
      ports.add(TestingNodeProcess.freePort());
      all.append(",s-v").append(i).append("=localhost:").append(ports.get(i));
    }
    addresses = all.toString();
    hub = process("s-hub", "hub", hubPort);
    for (int i = 0; i < LIAR; i++) {
      validators.add(process("s-v" + i, "validator", ports.get(i)));
    }
    for (TestingNodeProcess validator : validators) {
      identities.add(validator.identity());
    }
    identities.add(liar);
    NodeIdentity hubKeys = hub.identity();
    Path data = hub.data();
    Path branch = data.resolve(HubRepository.FOLDER).resolve("refs/heads/main");
    await().atMost(PATIENCE).until(() -> Files.exists(branch));
    String head = HubRepository.open(data, "main").head().hex();
    client = new TestingHubClient(new TestingChain(identities, operator, hubKeys, head), hubPort);
    client.join();
    for (int i = 0; i < LIAR; i++) {
      client.join(ports.get(i), identities.get(i));
    }
    client.awaitService();
  }

  private TestingNodeProcess process(String name, String role, int port) throws IOException {
    var process =
        new TestingNodeProcess(folder.resolve(name), name, role, port, operator, addresses);
    process.start();
    return process;
  }

  @AfterEach
  void stop() throws InterruptedException {
    client.close();
    hub.kill();
    for (TestingNodeProcess validator : validators) {
      validator.kill();
    }
  }

  private ManagedChannel channelTo(int place) {
    return new PinnedChannels(liar)
        .to("localhost", validators.get(place).port, identities.get(place).tlsFingerprint());
  }

  @Test
  void theLiarIsRemovedOnceThoughEachOfTheOthersIsKilledOnTheWay() throws Exception {
    var workspace = new TestingWorkspace(client, folder.resolve("workspace"));
    client.awaitLanded(workspace.proposeAndDecide("before"));
    validators.get(0).dieAt("validator-after-seal-persisted");
    validators.get(1).dieAt("validator-after-evidence-kept");
    validators.get(2).dieAt("validator-after-epoch-logs-made");

    try (var lies = new Liar(client.chain.genesis.chainId(), LIAR, liar, this::channelTo)) {
      lies.votesTwice(1, viewOf(1) + 5);
      awaitDeathAndStart(1);
    }
    awaitDeathAndStart(0);
    awaitDeathAndStart(2);

    workspace.pull();
    Proposal landed = client.awaitLanded(workspace.proposeAndDecide("after"));
    List<Seal> seals = assertProvenFromGenesis(landed);
    assertThat(seals)
        .singleElement()
        .satisfies(seal -> assertThat(seal.decision().change().out()).containsExactly(LIAR));
  }

  @Test
  void anotherTakesItsPlaceAndTheHubLandsWithIt() throws Exception {
    var workspace = new TestingWorkspace(client, folder.resolve("workspace"));
    client.awaitLanded(workspace.proposeAndDecide("before"));
    TestingNodeProcess newcomer = process("s-v4", "validator", ports.get(NEWCOMER));
    validators.add(newcomer);
    NodeIdentity keys = newcomer.identity();
    client.join(ports.get(NEWCOMER), keys);
    try (var lies = new Liar(client.chain.genesis.chainId(), LIAR, liar, this::channelTo)) {
      lies.votesTwice(1, viewOf(1) + 5);
      await().atMost(PATIENCE).until(() -> client.state().getEpoch() == 1);
    }

    SetDecision join = join(keys);
    assertThatThrownBy(
            () ->
                changeSet(new SetDecision(join.change(), new Grounds.KeyRotation(signature(join)))))
        .hasMessageContaining("WrongGrounds");
    changeSet(join);
    await().atMost(PATIENCE).until(() -> client.state().getEpoch() == 2);
    validators.get(0).kill();

    workspace.pull();
    Proposal landed = client.awaitLanded(workspace.proposeAndDecide("after"));
    assertThat(assertProvenFromGenesis(landed))
        .extracting(seal -> seal.decision().change().in().size())
        .containsExactly(0, 1);
    assertThatThrownBy(() -> changeSet(join)).hasMessageContaining("SetChanged");
  }

  private SetDecision join(NodeIdentity keys) {
    var member = new Member(NEWCOMER, "s-v4", keys.verifyingKey(), keys.tlsFingerprint(), 1);
    MemberSet shrunk = client.chain.genesis.set().change(List.of(LIAR), List.of());
    Digest chainId = client.chain.genesis.chainId();
    return SetDecision.sign(
        SetChange.of(chainId, shrunk, List.of(), List.of(member)), operator.signingKey());
  }

  private static Bytes signature(SetDecision decision) {
    return ((Grounds.OperatorsWord) decision.grounds()).signature();
  }

  private void changeSet(SetDecision decision) {
    var ignored =
        client
            .operator()
            .changeSet(
                ChangeSetRequest.newBuilder()
                    .setDecision(ByteString.copyFrom(decision.encode()))
                    .build());
  }

  private long viewOf(int place) {
    ManagedChannel channel =
        new PinnedChannels(operator)
            .to("localhost", validators.get(place).port, identities.get(place).tlsFingerprint());
    try {
      return ChainGrpc.newBlockingStub(channel)
          .status(ChainStatusRequest.getDefaultInstance())
          .getView();
    } finally {
      channel.shutdownNow();
    }
  }

  private void awaitDeathAndStart(int validator) throws Exception {
    assertThat(validators.get(validator).exitValue())
        .as("validator %d", validator)
        .isEqualTo(CrashPoint.EXIT_CODE);
    validators.get(validator).start();
  }

  /** Offline, from the genesis fingerprint; the seals that lead there. */
  private List<Seal> assertProvenFromGenesis(Proposal landed) throws IOException {
    String digest = HexFormat.of().formatHex(landed.getCertificateDigest().toByteArray());
    Path certificate = hub.data().resolve("certificates").resolve(digest + ".json");
    CertificateFile file = CertificateFile.read(Files.readAllBytes(certificate));
    Path genesis = Files.write(folder.resolve("genesis"), client.chain.genesis.encode());
    int code =
        new CommandLine(new VerifyCommand())
            .execute(
                certificate.toString(),
                "--genesis-file",
                genesis.toString(),
                "--genesis",
                client.chain.genesis.digest().hex());
    assertThat(code).isZero();
    return file.seals();
  }
}
