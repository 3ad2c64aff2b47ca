package dev.qudag.node.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.qudag.consensus.certificate.CertificateVerifier;
import dev.qudag.consensus.certificate.Verification;
import dev.qudag.crypto.NodeIdentity;
import dev.qudag.merge.ObjectId;
import dev.qudag.merge.RefName;
import dev.qudag.merge.git.GitRepository;
import dev.qudag.node.hub.repository.HubRepository;
import dev.qudag.node.main.CrashPoint;
import dev.qudag.node.verify.CertificateFile;
import dev.qudag.proto.CloseRequest;
import dev.qudag.proto.Proposal;
import dev.qudag.proto.ProposalState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A hub that lost all of its volume but its keys comes back from its four validators; every node is
 * a process of its own.
 */
class HubRestoreIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir Path folder;
  private final NodeIdentity operator = NodeIdentity.generate();
  private final List<TestingNodeProcess> validators = new ArrayList<>();
  private TestingNodeProcess hub;
  private TestingHubClient client;
  private TestingWorkspace workspace;

  @BeforeEach
  void start() throws Exception {
    int hubPort = TestingNodeProcess.freePort();
    List<Integer> ports = new ArrayList<>();
    StringBuilder addresses = new StringBuilder("s-hub=localhost:" + hubPort);
    for (int i = 0; i < 4; i++) {
      ports.add(TestingNodeProcess.freePort());
      addresses.append(",s-v").append(i).append("=localhost:").append(ports.get(i));
    }
    hub =
        new TestingNodeProcess(
            folder.resolve("hub"), "s-hub", "hub", hubPort, operator, addresses.toString());
    hub.start();
    for (int i = 0; i < 4; i++) {
      validators.add(
          new TestingNodeProcess(
              folder.resolve("v" + i),
              "s-v" + i,
              "validator",
              ports.get(i),
              operator,
              addresses.toString()));
      validators.get(i).start();
    }
    List<NodeIdentity> keys = new ArrayList<>();
    for (TestingNodeProcess validator : validators) {
      keys.add(validator.identity());
    }
    NodeIdentity hubKeys = hub.identity();
    Path branch = hub.data().resolve(HubRepository.FOLDER).resolve("refs/heads/main");
    await().atMost(PATIENCE).until(() -> Files.exists(branch));
    var chain = new TestingChain(keys, operator, hubKeys, repository().head().hex());
    client = new TestingHubClient(chain, hubPort);
    client.join();
    for (int i = 0; i < 4; i++) {
      client.join(ports.get(i), keys.get(i));
    }
    client.awaitService();
    workspace = new TestingWorkspace(client, folder.resolve("workspace"));
  }

  @AfterEach
  void stop() throws InterruptedException {
    client.close();
    hub.kill();
    for (TestingNodeProcess validator : validators) {
      validator.kill();
    }
  }

  @Test
  void comesBackWithBranchCertificatesAndWhatWasOpen() throws Exception {
    List<Proposal> landed = new ArrayList<>(List.of(land("one"), land("two")));
    validators.get(3).kill();
    landed.add(land("three"));
    validators.get(3).start();
    awaitObjects(3, landed.getLast().getMergedCommit());
    validators.get(0).kill();
    validators.get(1).kill();
    workspace.pull();
    String open = workspace.proposeAndDecide("open");
    awaitProposal(open, proposal -> proposal.getApprovals() >= 2);

    loseTheVolume();
    validators.get(2).kill();
    hub.start();
    client.join();
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                hub.log()
                    .contains(
                        "not in service: validators of weight 1 answer for this chain, 2 are"));
    validators.get(2).start();

    awaitProposal(open, proposal -> proposal.getState() == ProposalState.DECIDING);
    assertThat(repository().head().hex()).isEqualTo(landed.getLast().getMergedCommit());
    landed.forEach(this::assertProven);

    validators.get(0).start();
    assertProven(client.awaitLanded(open));
    land("after");
  }

  @Test
  void bringsBackAProposalThatWasAnsweredAndNotDecidedAndNoneThatWasWithdrawn() throws Exception {
    land("one");
    workspace.pull();
    String withdrawn = workspace.propose(workspace.commit("b", "b"), "Add b").getProposal();
    client
        .operator()
        .close(CloseRequest.newBuilder().setProposal(withdrawn).setReason("Withdrawn").build());
    ObjectId again = workspace.commit("b", "b");
    String open = workspace.propose(workspace.commit("c", "c"), "Add c").getProposal();

    loseTheVolume();
    hub.start();
    client.join();

    Proposal back = awaitProposal(open, proposal -> true);
    assertThat(back.getState()).isEqualTo(ProposalState.OPEN);
    assertThat(client.state().getProposalsList())
        .extracting(Proposal::getName)
        .doesNotContain(withdrawn);
    assertThat(workspace.propose(again, "Add b").getRefusedReason()).isEqualTo("Withdrawn");
    client.decide(open, client.analyse(open));
    assertProven(client.awaitLanded(open));
  }

  @Test
  void losesNoAnsweredProposalWithItsVolumeWhereverAValidatorDiesThatKeepsIt() throws Exception {
    land("one");
    workspace.pull();
    validators.get(0).dieAt("validator-after-objects-kept");
    validators.get(1).dieAt("validator-after-record-kept");
    String open = workspace.propose(workspace.commit("c", "c"), "Add c").getProposal();
    loseTheVolume();
    for (TestingNodeProcess died : validators.subList(0, 2)) {
      assertThat(died.exitValue()).isEqualTo(CrashPoint.EXIT_CODE);
      died.start();
    }
    hub.start();
    client.join();

    awaitProposal(open, proposal -> proposal.getState() == ProposalState.OPEN);
    client.decide(open, client.analyse(open));
    assertProven(client.awaitLanded(open));
  }

  @Test
  void goesOnWhereItDiedOnTheWayBack() throws Exception {
    List<Proposal> landed = List.of(land("one"), land("two"));

    loseTheVolume();
    for (String point :
        List.of(
            "hub-after-commit-written",
            "hub-after-update-ref",
            "hub-after-note",
            "hub-after-journal")) {
      hub.dieAt(point);
      hub.start();
      if (!Files.exists(hub.data().resolve("genesis"))) {
        client.join();
      }
      assertThat(hub.exitValue()).as(point).isEqualTo(CrashPoint.EXIT_CODE);
    }
    hub.start();

    landed.forEach(this::assertProven);
    assertThat(commitsOnTheBranch()).isEqualTo(5);
    land("after");
  }

  /** All but the keys, which a person had put aside. The seed is another one by now, too. */
  private void loseTheVolume() throws Exception {
    hub.kill();
    Path keys = hub.data().resolve("identity");
    try (Stream<Path> files = Files.walk(hub.data())) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        if (!file.startsWith(keys) && !keys.startsWith(file)) {
          Files.delete(file);
        }
      }
    }
    Path seed = Files.createDirectories(folder.resolve("another-seed"));
    Files.writeString(seed.resolve("files.yaml"), "README.md: \"another repository\\n\"\n");
    hub.set("QUDAG_SEED_DIR", seed.toString());
  }

  private Proposal land(String file) throws Exception {
    workspace.pull();
    return client.awaitLanded(workspace.proposeAndDecide(file));
  }

  private Proposal awaitProposal(String name, Predicate<Proposal> condition) {
    return await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> client.proposal(name), condition::test);
  }

  private void awaitObjects(int validator, String commit) {
    Path objects = validators.get(validator).data().resolve("objects.git");
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                GitRepository.openOrInit(objects, RefName.branch("main"))
                    .hasCommit(ObjectId.of(commit)));
  }

  /** The hub says that it landed, and the note on the branch proves it. */
  private void assertProven(Proposal landed) {
    assertThat(client.awaitLanded(landed.getName()).getMergedCommit())
        .isEqualTo(landed.getMergedCommit());
    var commit = ObjectId.of(landed.getMergedCommit());
    HubRepository repository = repository();
    assertThat(repository.git().isAncestor(commit, repository.head())).isTrue();
    CertificateFile note =
        CertificateFile.read(repository.certificates().read(commit).orElseThrow());
    assertThat(
            CertificateVerifier.of(client.chain.genesis)
                .verify(note.certificate(), note.decision()))
        .isInstanceOf(Verification.Proven.class);
  }

  private int commitsOnTheBranch() {
    HubRepository repository = repository();
    return 1
        + repository
            .git()
            .countBetween(ObjectId.of(client.chain.genesis.head()), repository.head());
  }

  private HubRepository repository() {
    return HubRepository.open(hub.data(), "main");
  }
}
