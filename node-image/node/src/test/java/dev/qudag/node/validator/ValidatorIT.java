package dev.qudag.node.validator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.qudag.consensus.certificate.CertificateVerifier;
import dev.qudag.consensus.certificate.DecisionCertificate;
import dev.qudag.consensus.certificate.Verification;
import dev.qudag.consensus.chain.ChainState;
import dev.qudag.consensus.chain.decision.MergeDecision;
import dev.qudag.crypto.NodeIdentity;
import dev.qudag.merge.ObjectId;
import dev.qudag.merge.git.GitRepository;
import dev.qudag.proto.DecisionState;
import dev.qudag.proto.FetchRequest;
import dev.qudag.proto.ObjectStoreGrpc;
import io.grpc.ManagedChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Validators over real gRPC, TLS, fsync and git, all in this process. */
class ValidatorIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;

  @Test
  void fourValidatorsFinalizeDecisionsWithCertificatesThatVerify() throws Exception {
    try (TestingSwarm swarm = new TestingSwarm(folder, 4)) {
      swarm.startAll();
      ChainState state = swarm.genesisState();
      List<Long> millis = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        MergeDecision decision = swarm.decide(state, "file" + i);
        long from = System.nanoTime();
        swarm.submit(decision);
        state = swarm.awaitFinal(0, state, decision);
        millis.add((System.nanoTime() - from) / 1_000_000);
        assertThat(state.head(swarm.genesis.branch())).contains(decision.commit());
      }
      millis.sort(null);
      System.out.println(
          "n = 4, submit to followed: p50 "
              + millis.get(millis.size() / 2)
              + " ms, in view "
              + swarm.status(0).getView()
              + ", all "
              + millis);
      FinalBlock first = swarm.follow(2, 1);
      DecisionCertificate certificate =
          DecisionCertificate.of(swarm.genesis, first.finality(), first.payload(), 0);
      assertThat(CertificateVerifier.of(swarm.genesis).verify(certificate))
          .isInstanceOf(Verification.Proven.class);
    }
  }

  @Test
  void oneValidatorAloneFinalizes() throws Exception {
    try (TestingSwarm swarm = new TestingSwarm(folder, 1)) {
      swarm.startAll();
      ChainState state = swarm.land(swarm.genesisState(), "a", 0);
      state = swarm.land(state, "b", 0);
      assertThat(state.height()).isEqualTo(2);
    }
  }

  @Test
  void threeOfFourGoOnAndTheFourthCatchesUp() throws Exception {
    try (TestingSwarm swarm = new TestingSwarm(folder, 4)) {
      swarm.startAll();
      ChainState state = swarm.land(swarm.genesisState(), "before", 0);
      swarm.stop(2);
      for (int i = 0; i < 5; i++) {
        state = swarm.land(state, "without" + i, 0);
      }
      assertThat(swarm.status(0).getView())
          .as("the dead leader's view was nullified")
          .isGreaterThan(swarm.status(0).getHeight() + 1);
      swarm.start(2);
      long height = state.height();
      await().atMost(PATIENCE).until(() -> swarm.validator(2).height() >= height);
      MergeDecision decision = swarm.decide(state, "after");
      swarm.submit(decision);
      swarm.awaitFinal(2, state, decision);
    }
  }

  /** So that f + 1 validators can rebuild a hub: what it did not judge it gets from the others. */
  @Test
  void oneThatWasAwayHoldsWhatLandedThoughTheHubIsGone() throws Exception {
    try (TestingSwarm swarm = new TestingSwarm(folder, 4)) {
      swarm.startAll();
      ChainState state = swarm.land(swarm.genesisState(), "before", 0);
      swarm.stop(2);
      state = swarm.land(state, "without", 0);
      swarm.loseHub();
      swarm.start(2);
      ObjectId head = ObjectId.of(state.head(swarm.genesis.branch()).orElseThrow());
      GitRepository objects =
          GitRepository.openOrInit(
              swarm.volume(2).resolve("objects.git"), TestingHubRepository.BRANCH);
      await().atMost(PATIENCE).until(() -> objects.hasCommit(head));
    }
  }

  @Test
  void oneThatLostItsObjectsGetsAllOfThemBack() throws Exception {
    try (TestingSwarm swarm = new TestingSwarm(folder, 4)) {
      swarm.startAll();
      ChainState state = swarm.land(swarm.genesisState(), "one", 0);
      state = swarm.land(state, "two", 2);
      swarm.stop(2);
      Path objects = swarm.volume(2).resolve("objects.git");
      Files.move(objects, folder.resolve("lost.git"));
      swarm.start(2);
      ObjectId head = ObjectId.of(state.head(swarm.genesis.branch()).orElseThrow());
      GitRepository repository = GitRepository.openOrInit(objects, TestingHubRepository.BRANCH);
      await().atMost(PATIENCE).until(() -> repository.hasCommit(head));
      assertThat(repository.isAncestor(ObjectId.of(swarm.genesis.head()), head)).isTrue();
    }
  }

  @Test
  void givesNoObjectsToAStranger() throws Exception {
    try (TestingSwarm swarm = new TestingSwarm(folder, 1)) {
      swarm.startAll();
      FetchRequest seed = FetchRequest.newBuilder().addWants(swarm.genesis.head()).build();
      ManagedChannel stranger = swarm.channel(NodeIdentity.generate(), 0);
      try {
        assertThatThrownBy(
                () ->
                    ObjectStoreGrpc.newBlockingStub(stranger).withWaitForReady().fetch(seed).next())
            .hasMessageContaining("PERMISSION_DENIED");
      } finally {
        stranger.shutdownNow();
      }
    }
  }

  @Test
  void allRestartAndGoOn() throws Exception {
    try (TestingSwarm swarm = new TestingSwarm(folder, 4)) {
      swarm.startAll();
      ChainState state = swarm.land(swarm.genesisState(), "before", 0);
      MergeDecision decision = swarm.decide(state, "during");
      swarm.submit(decision);
      for (int i = 0; i < 4; i++) {
        swarm.stop(i);
      }
      swarm.startAll();
      state = swarm.awaitFinal(1, state, decision);
      swarm.land(state, "after", 3);
    }
  }

  @Test
  void aDecisionThatClaimsAnotherMergeIsRejectedWithItsReason() throws Exception {
    try (TestingSwarm swarm = new TestingSwarm(folder, 4)) {
      swarm.startAll();
      MergeDecision denied = swarm.decide(swarm.genesisState(), "deep/.env.local");
      swarm.submit(denied);
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  swarm.status(1).getPendingList().stream()
                      .map(DecisionState::getRejections)
                      .anyMatch(rejections -> rejections >= 3));
      assertThat(swarm.status(1).getPending(0).getReasons(0)).startsWith("PathDenied: ");
      swarm.land(swarm.genesisState(), "good", 1);
    }
  }

  @Test
  void aKeyWithoutItsLogRefusesToStart() throws Exception {
    try (TestingSwarm swarm = new TestingSwarm(folder, 1)) {
      Files.delete(swarm.volume(0).resolve("sign.log"));
      assertThatThrownBy(() -> swarm.start(0)).hasMessageContaining("sign.log is gone");
    }
  }
}
