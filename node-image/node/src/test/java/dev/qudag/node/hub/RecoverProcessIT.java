package dev.qudag.node.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.qudag.consensus.certificate.CertificateVerifier;
import dev.qudag.consensus.certificate.Recovery;
import dev.qudag.consensus.certificate.Verification;
import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.decision.LandingDecision;
import dev.qudag.crypto.NodeIdentity;
import dev.qudag.merge.ObjectId;
import dev.qudag.node.hub.repository.HubRepository;
import dev.qudag.node.verify.CertificateFile;
import dev.qudag.proto.Proposal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The one validator of a chain is lost with its volume; another one decides on the chain that takes
 * its place. Every node is a process of its own.
 */
class RecoverProcessIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir Path folder;
  private final NodeIdentity operator = NodeIdentity.generate();
  private final List<TestingNodeProcess> processes = new ArrayList<>();
  private final List<TestingHubClient> clients = new ArrayList<>();
  private TestingNodeProcess hub;
  private int hubPort;
  private int validatorPort;

  @BeforeEach
  void startTheHub() throws IOException {
    hubPort = TestingNodeProcess.freePort();
    validatorPort = TestingNodeProcess.freePort();
    hub = start("hub", "s-hub", "hub", hubPort);
  }

  @AfterEach
  void stop() throws InterruptedException {
    clients.forEach(TestingHubClient::close);
    for (TestingNodeProcess process : processes) {
      process.kill();
    }
  }

  private TestingNodeProcess start(String volume, String name, String role, int port)
      throws IOException {
    String addresses = "s-hub=localhost:" + hubPort + ",s-v0=localhost:" + validatorPort;
    var process =
        new TestingNodeProcess(folder.resolve(volume), name, role, port, operator, addresses);
    process.start();
    processes.add(process);
    return process;
  }

  private TestingHubClient client(TestingChain chain) {
    var client = new TestingHubClient(chain, hubPort);
    clients.add(client);
    return client;
  }

  private TestingChain firstChain(TestingNodeProcess validator) throws IOException {
    Path branch = hub.data().resolve(HubRepository.FOLDER).resolve("refs/heads/main");
    await().atMost(PATIENCE).until(() -> Files.exists(branch));
    return new TestingChain(
        List.of(validator.identity()), operator, hub.identity(), repository().head().hex());
  }

  /** Has a proposal decided by the chain's validator, from a clone of its own. */
  private Proposal land(TestingHubClient client, String file) throws Exception {
    client.awaitService();
    var workspace = new TestingWorkspace(client, folder.resolve("workspace of " + file));
    return client.awaitLanded(workspace.proposeAndDecide(file));
  }

  @Test
  void theBranchGoesOnAndEachChainProvesWhatLandedOnIt() throws Exception {
    TestingNodeProcess lost = start("lost", "s-v0", "validator", validatorPort);
    TestingChain before = firstChain(lost);
    TestingHubClient first = client(before);
    first.join();
    first.join(validatorPort, lost.identity());
    Proposal old = land(first, "before");
    lost.kill();

    Recovery recovery = recovery(before, old);
    assertThat(recovery.refusal()).isEmpty();
    TestingNodeProcess fresh = start("fresh", "s-v0", "validator", validatorPort);
    TestingHubClient next = client(before.successor(List.of(fresh.identity()), recovery));
    next.join();
    assertThat(hub.exitValue()).isZero();
    hub.start();
    next.join(validatorPort, fresh.identity());
    Proposal landed = land(next, "after");

    assertThat(repository().head().hex()).isEqualTo(landed.getMergedCommit());
    assertProven(old, before.genesis);
    assertProven(landed, next.chain.genesis);
    assertThat(next.state().getProposalsList()).as("of the new chain").hasSize(1);
    assertThat(next.state().getChainId().toByteArray())
        .isEqualTo(next.chain.genesis.chainId().bytes());
    Path ended = hub.data().resolve("ended").resolve(before.genesis.digest().hex());
    assertThat(ended.resolve("proposals").resolve(old.getName() + ".json")).exists();
  }

  /** It waits for the validator of the first chain still, which never answers. */
  @Test
  void aHubThatWasNeverInServiceGoesOverToo() throws Exception {
    TestingNodeProcess lost = start("lost", "s-v0", "validator", validatorPort);
    TestingChain before = firstChain(lost);
    lost.kill();
    client(before).join();

    var recovery = new Recovery(before.genesis, Optional.empty(), List.of());
    TestingNodeProcess fresh = start("fresh", "s-v0", "validator", validatorPort);
    TestingHubClient next = client(before.successor(List.of(fresh.identity()), recovery));
    next.join();
    assertThat(hub.exitValue()).isZero();
    hub.start();
    next.join(validatorPort, fresh.identity());

    assertProven(land(next, "after"), next.chain.genesis);
  }

  private Recovery recovery(TestingChain chain, Proposal last) {
    CertificateFile note = note(last);
    return new Recovery(
        chain.genesis,
        Optional.of(new Recovery.Landed(note.certificate(), (LandingDecision) note.decision())),
        note.seals());
  }

  private void assertProven(Proposal landed, Genesis genesis) {
    CertificateFile note = note(landed);
    assertThat(CertificateVerifier.of(genesis).verify(note.certificate(), note.decision()))
        .isInstanceOf(Verification.Proven.class);
    HubRepository repository = repository();
    var commit = ObjectId.of(landed.getMergedCommit());
    assertThat(repository.git().isAncestor(commit, repository.head())).isTrue();
  }

  private CertificateFile note(Proposal landed) {
    var commit = ObjectId.of(landed.getMergedCommit());
    return CertificateFile.read(repository().certificates().read(commit).orElseThrow());
  }

  private HubRepository repository() {
    return HubRepository.open(hub.data(), "main");
  }
}
