package dev.qudag.node.validator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.qudag.consensus.certificate.CertificateVerifier;
import dev.qudag.consensus.certificate.DecisionCertificate;
import dev.qudag.consensus.certificate.Seal;
import dev.qudag.consensus.certificate.Verification;
import dev.qudag.consensus.chain.ChainState;
import dev.qudag.consensus.chain.decision.SetDecision;
import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.crypto.NodeIdentity;
import dev.qudag.merge.ObjectId;
import dev.qudag.merge.git.GitRepository;
import dev.qudag.node.net.NodeServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who joins a swarm that runs, over real gRPC, TLS, fsync and git. */
class ReplacementIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir Path folder;

  @Test
  void aFifthTakesThePlaceOfALiarAndDecidesWithTheOthers() throws Exception {
    try (TestingSwarm swarm = new TestingSwarm(folder, 4)) {
      start(swarm, 0, 1, 2);
      ChainState landed = swarm.land(swarm.genesisState(), "before", 0);
      int fifth = swarm.newcomer();
      swarm.start(fifth);
      removeTheFourth(swarm);
      ChainState shrunk = swarm.validator(0).state();
      assertThat(swarm.validator(fifth).height())
          .as("nobody is served whom the chain does not name")
          .isZero();
      assertThat(swarm.validator(fifth).wanting()).isEmpty();

      submit(swarm, swarm.join(shrunk, fifth), 0, 1, 2);
      awaitEpoch(swarm, 2, 0, 1, 2, fifth);

      ChainState grown = swarm.validator(fifth).state();
      assertThat(grown.set().members()).extracting(Member::index).containsExactly(0, 1, 2, fifth);
      assertThat(grown.set().nextIndex()).isEqualTo(5);
      swarm.stop(1);
      ChainState last = swarm.land(grown, "with the fifth in place of another", fifth);
      assertProvenFromGenesis(swarm, fifth, last);
      awaitObjects(swarm, fifth, landed.head(swarm.genesis.branch()).orElseThrow());
    }
  }

  @Test
  void aRestartAtEachStepLetsItJoinOnce() throws Exception {
    try (TestingSwarm swarm = new TestingSwarm(folder, 4)) {
      start(swarm, 0, 1, 2);
      removeTheFourth(swarm);
      int fifth = swarm.newcomer();
      restart(swarm, fifth);
      restart(swarm, fifth);
      SetDecision join = swarm.join(swarm.validator(0).state(), fifth);
      swarm.stop(fifth);
      submit(swarm, join, 0, 1, 2);
      awaitEpoch(swarm, 2, 0, 1, 2);
      ChainState state = swarm.land(swarm.validator(0).state(), "while the fifth is away", 1);
      swarm.start(fifth);
      awaitEpoch(swarm, 2, fifth);
      restart(swarm, 0, 1, 2, fifth);
      awaitEpoch(swarm, 2, 0, 1, 2, fifth);
      swarm.stop(0);
      swarm.land(state, "with it", fifth);
      assertThat(swarm.seals(fifth)).extracting(Seal::decision).hasSize(2).contains(join);
    }
  }

  /** The next epoch begins only with newcomers: two of them are needed for its quorum. */
  @Test
  void oneValidatorAloneGrowsToFour() throws Exception {
    try (TestingSwarm swarm = new TestingSwarm(folder, 1)) {
      swarm.start(0);
      ChainState state = swarm.land(swarm.genesisState(), "alone", 0);
      int[] newcomers = {swarm.newcomer(), swarm.newcomer(), swarm.newcomer()};
      submit(swarm, swarm.join(state, newcomers), 0);
      start(swarm, newcomers);
      awaitEpoch(swarm, 1, 0, 1, 2, 3);
      ChainState grown = swarm.validator(3).state();
      swarm.stop(0);
      swarm.land(grown, "without the first", 3);
    }
  }

  /** It asks those whom the operator names, and believes them no more than the chain proves. */
  @Test
  void aNewcomerFindsTheChainThoughNobodyOfGenesisIsLeft() throws Exception {
    try (TestingSwarm swarm = new TestingSwarm(folder, 1)) {
      swarm.start(0);
      int[] newcomers = {swarm.newcomer(), swarm.newcomer(), swarm.newcomer()};
      submit(swarm, swarm.join(swarm.genesisState(), newcomers), 0);
      start(swarm, newcomers);
      awaitEpoch(swarm, 1, 0, 1, 2, 3);
      ChainState grown = swarm.validator(0).state();
      swarm.stop(0);
      int last = swarm.newcomer();
      swarm.introduce(last, grown.set());
      swarm.start(last);
      submit(swarm, swarm.change(grown, List.of(0), last), 1, 2, 3);
      awaitEpoch(swarm, 2, 1, 2, 3, last);
      swarm.stop(1);
      swarm.land(swarm.validator(last).state(), "by those whom genesis does not name", last);
    }
  }

  /** Of five, four decide: the newcomer is one of them. */
  @Test
  void aMemberThatHandsOutWhatNobodyDecidedHoldsNoNewcomerUp() throws Exception {
    try (TestingSwarm swarm = new TestingSwarm(folder, 4);
        NodeServer forger = swarm.serveInPlaceOf(0, new Forger(swarm.genesis))) {
      start(swarm, 1, 2, 3);
      int fifth = swarm.newcomer();
      swarm.start(fifth);
      submit(swarm, swarm.join(swarm.genesisState(), fifth), 1, 2, 3);
      awaitEpoch(swarm, 1, 1, 2, 3, fifth);
      swarm.land(swarm.validator(fifth).state(), "by four of five", fifth);
    }
  }

  private static void removeTheFourth(TestingSwarm swarm) throws Exception {
    NodeIdentity identity = swarm.identity(3);
    try (Liar liar =
        new Liar(swarm.genesis.chainId(), 3, identity, to -> swarm.channel(identity, to))) {
      liar.votesTwice(0, swarm.status(0).getView() + 5);
      awaitEpoch(swarm, 1, 0, 1, 2);
    }
  }

  private static void start(TestingSwarm swarm, int... validators) throws Exception {
    for (int validator : validators) {
      swarm.start(validator);
    }
  }

  /** Also one that does not run yet. */
  private static void restart(TestingSwarm swarm, int... validators) throws Exception {
    for (int validator : validators) {
      if (swarm.isRunning(validator)) {
        swarm.stop(validator);
      }
    }
    start(swarm, validators);
  }

  private static void submit(TestingSwarm swarm, SetDecision change, int... validators) {
    for (int validator : validators) {
      swarm.submitTo(validator, change);
    }
  }

  private static void awaitEpoch(TestingSwarm swarm, long epoch, int... validators) {
    for (int validator : validators) {
      await()
          .atMost(PATIENCE)
          .until(() -> swarm.validator(validator).state().set().epoch() == epoch);
    }
  }

  private static void assertProvenFromGenesis(TestingSwarm swarm, int validator, ChainState last) {
    FinalBlock block = swarm.follow(validator, last.height());
    DecisionCertificate certificate =
        DecisionCertificate.of(last.set(), block.finality(), block.payload(), 0);
    CertificateVerifier verifier = CertificateVerifier.of(swarm.genesis);
    List<Seal> seals = swarm.seals(validator);
    assertThat(seals).hasSize(2);
    assertThat(verifier.verify(certificate, seals)).isInstanceOf(Verification.Proven.class);
    assertThat(verifier.verify(certificate, seals.subList(0, 1)))
        .isInstanceOf(Verification.NotProven.class);
  }

  private static void awaitObjects(TestingSwarm swarm, int validator, String commit) {
    Path objects = swarm.volume(validator).resolve("objects.git");
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                GitRepository.openOrInit(objects, TestingHubRepository.BRANCH)
                    .hasCommit(ObjectId.of(commit)));
  }
}
