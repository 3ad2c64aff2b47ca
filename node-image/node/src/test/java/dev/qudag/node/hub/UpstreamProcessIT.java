package dev.qudag.node.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.qudag.consensus.chain.decision.AdoptDecision;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.NodeIdentity;
import dev.qudag.merge.ObjectId;
import dev.qudag.node.hub.repository.HubRepository;
import dev.qudag.node.hub.upstream.TestingGitServer;
import dev.qudag.node.main.CrashPoint;
import dev.qudag.proto.AdoptUpstreamRequest;
import dev.qudag.proto.ProposalState;
import dev.qudag.proto.UpstreamOffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A hub and the one validator of a chain as processes of their own, and a Git server that the hub
 * starts from and pushes to.
 */
class UpstreamProcessIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final List<String> POINTS =
      List.of("hub-before-push", "hub-after-push", "hub-after-update-ref", "hub-after-journal");

  @TempDir Path folder;
  private final NodeIdentity operator = NodeIdentity.generate();
  private TestingGitServer server;
  private TestingNodeProcess hub;
  private TestingNodeProcess validator;
  private TestingHubClient client;
  private TestingWorkspace workspace;

  @BeforeEach
  void start() throws IOException {
    server = new TestingGitServer(folder.resolve("server"));
    ObjectId start = server.commit("start");
    int hubPort = TestingNodeProcess.freePort();
    int validatorPort = TestingNodeProcess.freePort();
    String addresses = "s-hub=localhost:" + hubPort + ",s-v0=localhost:" + validatorPort;
    hub =
        new TestingNodeProcess(folder.resolve("hub"), "s-hub", "hub", hubPort, operator, addresses);
    Path secret = TestingGitServer.secret(folder.resolve("secret"), TestingGitServer.PASSWORD);
    hub.set("QUDAG_UPSTREAM_URL", server.url());
    hub.set("QUDAG_UPSTREAM_DIR", secret.toString());
    validator =
        new TestingNodeProcess(
            folder.resolve("v0"), "s-v0", "validator", validatorPort, operator, addresses);
    hub.start();
    validator.start();
    NodeIdentity hubKeys = hub.identity();
    await().atMost(PATIENCE).until(() -> hub.log().contains("upstream has no such branch"));
    server.move(start); // the hub waits for it
    Path branch = hub.data().resolve(HubRepository.FOLDER).resolve("refs/heads/main");
    await().atMost(PATIENCE).until(() -> Files.exists(branch));
    var chain =
        TestingChain.withUpstream(
            List.of(validator.identity()), operator, hubKeys, server.head().hex());
    client = new TestingHubClient(chain, hubPort);
    client.join();
    client.join(validatorPort, validator.identity());
    client.awaitService();
    workspace = new TestingWorkspace(client, folder.resolve("workspace"));
  }

  @AfterEach
  void stop() throws InterruptedException {
    client.close();
    hub.kill();
    validator.kill();
    server.close();
  }

  @Test
  void landsAtUpstreamThoughTheHubIsKilledAtEveryStep() throws Exception {
    for (String point : POINTS) {
      workspace.pull();
      hub.dieAt(point);
      String name = workspace.proposeAndDecide(point);
      assertThat(hub.exitValue()).as(point).isEqualTo(CrashPoint.EXIT_CODE);
      hub.start();
      String landed = client.awaitLanded(name).getMergedCommit();
      assertThat(server.head().hex()).as(point).isEqualTo(landed);
    }
    assertThat(hub.log()).doesNotContain(TestingGitServer.PASSWORD);
  }

  @Test
  void followsSomebodyWhoPushedWhileAChangeLanded() throws Exception {
    hub.dieAt("hub-before-push");
    String name = workspace.proposeAndDecide("late");
    assertThat(hub.exitValue()).isEqualTo(CrashPoint.EXIT_CODE);
    ObjectId other = server.commit("other", server.head());
    server.move(other);
    hub.start();

    adopt(
        await()
            .atMost(PATIENCE)
            .ignoreExceptions()
            .until(() -> client.state().getUpstream().getOffer(), UpstreamProcessIT::isThere));
    await().atMost(PATIENCE).until(() -> client.state().getHead().equals(other.hex()));
    assertThat(client.proposal(name).getState()).isEqualTo(ProposalState.STALE);

    await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .untilAsserted(() -> client.decide(name, client.analyse(name)));
    assertThat(server.repository().isAncestor(other, landed(name))).isTrue();
    assertThat(server.head()).isEqualTo(landed(name));
  }

  private ObjectId landed(String name) {
    return ObjectId.of(client.awaitLanded(name).getMergedCommit());
  }

  private static boolean isThere(UpstreamOffer offer) {
    return !offer.getCommit().isEmpty();
  }

  /** As the operator does. */
  private void adopt(UpstreamOffer offer) {
    String branch = client.chain.genesis.branch();
    byte[] said =
        AdoptDecision.signedBytes(
            client.chain.genesis.chainId(), branch, offer.getBase(), offer.getCommit());
    var decision =
        new AdoptDecision(
            client.chain.genesis.chainId(),
            branch,
            offer.getBase(),
            offer.getCommit(),
            Bytes.of(offer.getHubSignature().toByteArray()),
            operator.signingKey().sign(said));
    var answer =
        client
            .operator()
            .adoptUpstream(
                AdoptUpstreamRequest.newBuilder()
                    .setDecision(ByteString.copyFrom(decision.encode()))
                    .build());
    assertThat(answer.getDecisionDigest().toByteArray()).isEqualTo(decision.digest().bytes());
  }

  @Test
  void takesInProposalsWhileUpstreamIsDownAndLandsThemAfterwards() throws Exception {
    server.stop();
    String name = workspace.proposeAndDecide("patient");
    await()
        .atMost(PATIENCE)
        .until(() -> client.state().getUpstream().getReason().equals("UpstreamUnreachable"));
    assertThat(client.proposal(name).getState()).isEqualTo(ProposalState.DECIDING);

    server.start();
    ObjectId landed = landed(name);

    assertThat(server.head()).isEqualTo(landed);
    await().atMost(PATIENCE).until(() -> client.state().getUpstream().getReason().isEmpty());
  }
}
