package dev.qudag.node.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.qudag.crypto.NodeIdentity;
import dev.qudag.node.hub.repository.HubRepository;
import dev.qudag.node.main.CrashPoint;
import dev.qudag.node.net.PinnedChannels;
import dev.qudag.node.validator.Liar;
import dev.qudag.node.verify.CertificateFile;
import dev.qudag.node.verify.VerifyCommand;
import dev.qudag.proto.ChainGrpc;
import dev.qudag.proto.ChainStatusRequest;
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
 * A hub and three validators as processes of their own. The fourth lies, and each of the three is
 * killed at another step of its removal.
 */
class RemovalProcessIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final int LIAR = 3;

  @TempDir Path folder;
  private final NodeIdentity operator = NodeIdentity.generate();
  private final NodeIdentity liar = NodeIdentity.generate();
  private final List<TestingNodeProcess> validators = new ArrayList<>();
  private final List<NodeIdentity> identities = new ArrayList<>();
  private TestingNodeProcess hub;
  private TestingHubClient client;

  @BeforeEach
  void start() throws IOException {
    int hubPort = TestingNodeProcess.freePort();
    List<Integer> ports = new ArrayList<>();
    StringBuilder addresses = new StringBuilder("s-hub=localhost:" + hubPort);
    for (int i = 0; i <= LIAR; i++) {
      ports.add(TestingNodeProcess.freePort());
      addresses.append(",s-v").append(i).append("=localhost:").append(ports.get(i));
    }
    hub = process("s-hub", "hub", hubPort, addresses.toString());
    for (int i = 0; i < LIAR; i++) {
      validators.add(process("s-v" + i, "validator", ports.get(i), addresses.toString()));
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

  private TestingNodeProcess process(String name, String role, int port, String addresses)
      throws IOException {
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
    assertLeadsAcrossOneSeal(landed);
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

  /** Offline, from the genesis fingerprint. */
  private void assertLeadsAcrossOneSeal(Proposal landed) throws IOException {
    String digest = HexFormat.of().formatHex(landed.getCertificateDigest().toByteArray());
    Path certificate = hub.data().resolve("certificates").resolve(digest + ".json");
    CertificateFile file = CertificateFile.read(Files.readAllBytes(certificate));
    assertThat(file.seals())
        .singleElement()
        .satisfies(seal -> assertThat(seal.decision().change().out()).containsExactly(LIAR));
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
  }
}
