package dev.qudag.node.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.qudag.consensus.certificate.CertificateVerifier;
import dev.qudag.consensus.certificate.Verification;
import dev.qudag.consensus.chain.proposal.RevertOrder;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.NodeIdentity;
import dev.qudag.merge.ObjectId;
import dev.qudag.node.hub.repository.HubRepository;
import dev.qudag.node.main.CrashPoint;
import dev.qudag.node.verify.CertificateFile;
import dev.qudag.proto.Proposal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A hub and the one validator of a chain as processes of their own; the hub is killed at every step
 * of landing.
 */
class SwarmProcessIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final List<String> POINTS =
      List.of(
          "hub-before-verify",
          "hub-after-verify",
          "hub-after-commit-written",
          "hub-after-update-ref",
          "hub-after-note",
          "hub-after-journal");

  @TempDir Path folder;
  private final NodeIdentity operator = NodeIdentity.generate();
  private TestingNodeProcess hub;
  private TestingNodeProcess validator;
  private TestingHubClient client;

  @BeforeEach
  void start() throws IOException {
    int hubPort = TestingNodeProcess.freePort();
    int validatorPort = TestingNodeProcess.freePort();
    String addresses = "s-hub=localhost:" + hubPort + ",s-v0=localhost:" + validatorPort;
    hub =
        new TestingNodeProcess(folder.resolve("hub"), "s-hub", "hub", hubPort, operator, addresses);
    validator =
        new TestingNodeProcess(
            folder.resolve("v0"), "s-v0", "validator", validatorPort, operator, addresses);
    hub.start();
    validator.start();
    NodeIdentity hubKeys = hub.identity();
    Path branch = hub.data().resolve(HubRepository.FOLDER).resolve("refs/heads/main");
    await().atMost(PATIENCE).until(() -> Files.exists(branch));
    HubRepository repository = HubRepository.open(hub.data(), "main");
    var chain =
        new TestingChain(List.of(validator.identity()), operator, hubKeys, repository.head().hex());
    client = new TestingHubClient(chain, hubPort);
    client.join();
    client.join(validatorPort, validator.identity());
    client.awaitService();
  }

  @AfterEach
  void stop() throws InterruptedException {
    client.close();
    hub.kill();
    validator.kill();
  }

  @Test
  void landsByCertificateThoughTheHubIsKilledAtEveryStep() throws Exception {
    var workspace = new TestingWorkspace(client, folder.resolve("workspace"));
    land(workspace, "plain");
    for (String point : POINTS) {
      workspace.pull();
      hub.dieAt(point);
      String name = workspace.proposeAndDecide(point);
      assertThat(hub.exitValue()).as(point).isEqualTo(CrashPoint.EXIT_CODE);
      hub.start();
      assertLanded(client.awaitLanded(name));
    }
    assertThat(commitsOnTheBranch()).isEqualTo(1 + 2 * (1 + POINTS.size()));
  }

  /**
   * Three proposals, one set of checks, one decision: the branch is before all of them or after.
   */
  @Test
  void landsABatchWholeThoughTheHubIsKilledAtEveryStep() throws Exception {
    var workspace = new TestingWorkspace(client, folder.resolve("workspace"));
    for (String point : POINTS) {
      String before = client.state().getHead();
      List<String> names = workspace.proposeStack(point + "-a", point + "-b", point + "-c");
      hub.dieAt(point);
      String after = client.decideTogether(names);
      assertThat(hub.exitValue()).as(point).isEqualTo(CrashPoint.EXIT_CODE);
      assertThat(HubRepository.open(hub.data(), "main").head().hex()).isIn(before, after);
      hub.start();
      assertLanded(client.awaitLanded(names.getLast()));
      assertThat(client.state().getHead()).isEqualTo(after);
      for (String name : names) {
        assertThat(client.awaitLanded(name).getDecisionDigest())
            .isEqualTo(client.proposal(names.getLast()).getDecisionDigest());
      }
      workspace.pull();
    }
    assertThat(commitsOnTheBranch()).isEqualTo(1 + 2 * 3 * POINTS.size());
  }

  @Test
  void undoesALandingOnAPersonsOrderThoughTheHubIsKilledOnTheWay() throws Exception {
    var workspace = new TestingWorkspace(client, folder.resolve("workspace"));
    String bad = client.awaitLanded(workspace.proposeAndDecide("bad")).getMergedCommit();
    workspace.pull();
    land(workspace, "good");
    RevertOrder order = client.chain.order(bad, client.state().getReverts());

    assertThat(client.orderRevert(order).getRefusedReason()).isEmpty();
    hub.dieAt("hub-after-update-ref");
    client.decide(order.proposal(), client.analyse(order.proposal()));
    assertThat(hub.exitValue()).isEqualTo(CrashPoint.EXIT_CODE);
    hub.start();

    assertLanded(client.awaitLanded(order.proposal()));
    assertThat(filesOnTheBranch()).containsExactlyInAnyOrder("README.md", "good");
  }

  private List<String> filesOnTheBranch() {
    HubRepository repository = HubRepository.open(hub.data(), "main");
    return repository.git().entries(repository.head()).stream()
        .map(entry -> new String(entry.path(), StandardCharsets.UTF_8))
        .toList();
  }

  @Test
  void endsWhenItIsToldAndComesBackAsItWas() throws Exception {
    hub.terminate();
    validator.terminate();
    assertThat(hub.exitValue()).isEqualTo(143);
    assertThat(validator.exitValue()).isEqualTo(143);

    hub.start();
    validator.start();
    client.awaitService();

    land(new TestingWorkspace(client, folder.resolve("workspace")), "after");
  }

  private void land(TestingWorkspace workspace, String file) throws Exception {
    assertLanded(client.awaitLanded(workspace.proposeAndDecide(file)));
  }

  /** Branch, note and journal say the same, and the certificate proves it. */
  private void assertLanded(Proposal landed) {
    HubRepository repository = HubRepository.open(hub.data(), "main");
    var commit = ObjectId.of(landed.getMergedCommit());
    assertThat(repository.head()).isEqualTo(commit);
    var certificate =
        CertificateFile.read(repository.certificates().read(commit).orElseThrow()).certificate();
    assertThat(certificate.digest())
        .isEqualTo(Digest.of(landed.getCertificateDigest().toByteArray()));
    assertThat(certificate.decisionDigest())
        .isEqualTo(Digest.of(landed.getDecisionDigest().toByteArray()));
    assertThat(CertificateVerifier.of(client.chain.genesis).verify(certificate))
        .isInstanceOf(Verification.Proven.class);
  }

  private int commitsOnTheBranch() {
    HubRepository repository = HubRepository.open(hub.data(), "main");
    return 1
        + repository
            .git()
            .countBetween(ObjectId.of(client.chain.genesis.head()), repository.head());
  }
}
