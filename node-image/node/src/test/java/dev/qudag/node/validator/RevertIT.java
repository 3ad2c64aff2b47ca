package dev.qudag.node.validator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.qudag.consensus.chain.ChainState;
import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.consensus.chain.decision.ExactRevert;
import dev.qudag.consensus.chain.decision.MergeDecision;
import dev.qudag.consensus.chain.decision.RevertDecision;
import dev.qudag.consensus.chain.policy.Policy;
import dev.qudag.consensus.chain.proposal.CommitMeta;
import dev.qudag.consensus.chain.proposal.RevertOrder;
import dev.qudag.merge.ObjectId;
import dev.qudag.merge.git.GitRepository;
import dev.qudag.proto.DecisionState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Four validators that judge reverts with their own git, over real gRPC and TLS. */
class RevertIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;

  @Test
  void aLandedCommitIsUndoneAndWhatLandedSinceStays() throws Exception {
    try (TestingSwarm swarm = new TestingSwarm(folder, 4)) {
      swarm.startAll();
      MergeDecision bad = swarm.decide(swarm.genesisState(), "bad");
      ChainState state = land(swarm, swarm.genesisState(), bad);
      state = swarm.land(state, "good", 0);

      RevertDecision revert = revert(swarm, state, bad.commit());
      state = land(swarm, state, revert);

      assertThat(state.head(swarm.genesis.branch())).contains(revert.commit());
      MergeDecision goodAlone = swarm.decide(swarm.genesisState(), "good");
      assertThat(revert.tree()).isEqualTo(goodAlone.tree());
      for (int i = 0; i < 4; i++) {
        GitRepository objects =
            GitRepository.openOrInit(
                swarm.volume(i).resolve("objects.git"), TestingHubRepository.BRANCH);
        await().atMost(PATIENCE).until(() -> objects.hasCommit(ObjectId.of(revert.commit())));
      }
    }
  }

  /** By another order, about the revert's own commit; the first one is used up. */
  @Test
  void aRevertIsUndoneAndItsOrderIsCarriedOutOnce() throws Exception {
    try (TestingSwarm swarm = new TestingSwarm(folder, 4)) {
      swarm.startAll();
      MergeDecision landed = swarm.decide(swarm.genesisState(), "a");
      ChainState state = land(swarm, swarm.genesisState(), landed);
      RevertDecision undone = revert(swarm, state, landed.commit());
      state = land(swarm, state, undone);
      RevertDecision again = revert(swarm, state, undone.commit());
      state = land(swarm, state, again);

      assertThat(again.tree()).isEqualTo(landed.tree());
      assertThat(state.reverts(swarm.genesis.branch())).isEqualTo(2);
      assertThat(rejection(swarm, swarm.hub.revert(swarm.genesis, state, undone.order())))
          .startsWith("StaleOrder: ");
    }
  }

  @Test
  void aRevertThatClaimsAnotherTreeIsRejected() throws Exception {
    try (TestingSwarm swarm = new TestingSwarm(folder, 4)) {
      swarm.startAll();
      ChainState state = swarm.land(swarm.genesisState(), "a", 0);
      MergeDecision bad = swarm.decide(state, "bad");
      state = land(swarm, state, bad);
      RevertDecision honest = revert(swarm, state, bad.commit());
      ExactRevert exact = honest.revert();
      ObjectId seedTree = swarm.hub.treeOf(ObjectId.of(swarm.genesis.head()));

      RevertDecision forged =
          with(
              honest,
              new ExactRevert(
                  exact.base(),
                  exact.reverted(),
                  exact.mainline(),
                  seedTree.hex(),
                  exact.treeDigest(),
                  exact.commit()));

      assertThat(rejection(swarm, forged)).startsWith("RevertMismatch: ");
      assertThat(land(swarm, state, honest).head(swarm.genesis.branch())).contains(honest.commit());
    }
  }

  /** It is on the branch as a second parent; its own parent says nothing about the branch. */
  @Test
  void anAgentsCommitThatNoDecisionNamesIsNotReverted() throws Exception {
    try (TestingSwarm swarm = new TestingSwarm(folder, 4)) {
      swarm.startAll();
      MergeDecision landed = swarm.decide(swarm.genesisState(), "a");
      ChainState state = land(swarm, swarm.genesisState(), landed);

      assertThat(rejection(swarm, revert(swarm, state, landed.head()))).startsWith("NotLanded: ");
    }
  }

  /** It may have a parent, where a chain began on a branch that was there. */
  @Test
  void theCommitOnWhichTheChainBeganIsNotReverted() throws Exception {
    try (TestingSwarm swarm = new TestingSwarm(folder, 4)) {
      swarm.startAll();
      MergeDecision landed = swarm.decide(swarm.genesisState(), "a");
      ChainState state = land(swarm, swarm.genesisState(), landed);
      RevertDecision other = revert(swarm, state, landed.commit());
      ExactRevert exact = other.revert();
      RevertOrder.Signed order =
          swarm.hub.order(swarm.genesis, state, ObjectId.of(swarm.genesis.head()));

      RevertDecision ofGenesis =
          new RevertDecision(
              other.chainId(),
              other.branch(),
              other.voids(),
              new ExactRevert(
                  exact.base(),
                  swarm.genesis.head(),
                  exact.reverted(),
                  exact.tree(),
                  exact.treeDigest(),
                  exact.commit()),
              CommitMeta.of(order.order(), swarm.genesis.swarm()),
              other.engineDigest(),
              other.policyDigest(),
              other.checks(),
              order);

      assertThat(rejection(swarm, ofGenesis)).startsWith("NotLanded: ");
    }
  }

  @Test
  void aRevertIsJudgedByThePathsThatThePolicyDeniesNow() throws Exception {
    try (TestingSwarm swarm = new TestingSwarm(folder, 4)) {
      swarm.startAll();
      MergeDecision landed = swarm.decide(swarm.genesisState(), "locked");
      ChainState state = land(swarm, swarm.genesisState(), landed);
      state = land(swarm, state, swarm.policy(state, new Policy(List.of(), List.of("locked"))));

      assertThat(rejection(swarm, revert(swarm, state, landed.commit())))
          .startsWith("PathDenied: ");
    }
  }

  private static RevertDecision revert(TestingSwarm swarm, ChainState state, String commit) {
    RevertOrder.Signed order = swarm.hub.order(swarm.genesis, state, ObjectId.of(commit));
    return swarm.hub.revert(swarm.genesis, state, order);
  }

  private static ChainState land(TestingSwarm swarm, ChainState state, Decision decision) {
    swarm.submit(decision);
    return swarm.awaitFinal(0, state, decision);
  }

  private static String rejection(TestingSwarm swarm, Decision decision) {
    swarm.submit(decision);
    ByteString digest = ByteString.copyFrom(decision.digest().bytes());
    return await()
        .atMost(PATIENCE)
        .until(() -> rejected(swarm, digest), Optional::isPresent)
        .orElseThrow()
        .getReasons(0);
  }

  private static Optional<DecisionState> rejected(TestingSwarm swarm, ByteString digest) {
    return swarm.status(1).getPendingList().stream()
        .filter(state -> state.getDigest().equals(digest) && state.getRejections() >= 3)
        .findFirst();
  }

  private static RevertDecision with(RevertDecision r, ExactRevert revert) {
    return new RevertDecision(
        r.chainId(),
        r.branch(),
        r.voids(),
        revert,
        r.meta(),
        r.engineDigest(),
        r.policyDigest(),
        r.checks(),
        r.order());
  }
}
