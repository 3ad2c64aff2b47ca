package dev.qudag.node.validator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.qudag.consensus.chain.ChainState;
import dev.qudag.consensus.chain.decision.MergeDecision;
import dev.qudag.proto.DecisionState;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What validators say, over real gRPC, TLS, fsync and git. */
class AttestationIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;

  /**
   * Two of four hear of a decision and approve it; then one of them goes. Who comes later has its
   * word from the other, and what it was told from its own disk.
   */
  @Test
  void aValidatorThatWasDownGetsWhatItMissedFromAnyOther() throws Exception {
    try (TestingSwarm swarm = new TestingSwarm(folder, 4)) {
      swarm.start(0);
      swarm.start(1);
      MergeDecision decision = swarm.decide(swarm.genesisState(), "a");
      swarm.submitTo(0, decision);
      awaitApprovals(swarm, 1, 2);
      swarm.stop(0);
      swarm.start(2);
      awaitApprovals(swarm, 2, 3);
      swarm.stop(1);
      swarm.stop(2);
      swarm.start(2);
      awaitApprovals(swarm, 2, 3);
      assertThat(swarm.status(2).getHeight()).isZero();
      swarm.start(3);
      swarm.start(1);
      swarm.awaitFinal(3, swarm.genesisState(), decision);
    }
  }

  @Test
  void aQuorumOfRejectEndsADecisionAndItsReasonsOutliveARestart() throws Exception {
    try (TestingSwarm swarm = new TestingSwarm(folder, 4)) {
      swarm.startAll();
      MergeDecision denied = swarm.decide(swarm.genesisState(), "deep/.env.local");
      swarm.submit(denied);
      for (int validator = 0; validator < 4; validator++) {
        awaitRejection(swarm, validator);
      }
      swarm.stop(1);
      swarm.start(1);
      awaitRejection(swarm, 1);
      assertThat(swarm.status(1).getPending(0).getReasons(0)).startsWith("PathDenied: ");
      ChainState state = swarm.land(swarm.genesisState(), "good", 1);
      await().atMost(PATIENCE).until(() -> swarm.status(1).getPendingList().isEmpty());
      assertThat(state.height()).isEqualTo(1);
    }
  }

  private static void awaitApprovals(TestingSwarm swarm, int validator, int approvals) {
    await()
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(StatusRuntimeException.class)
        .until(
            () -> {
              List<DecisionState> pending = swarm.status(validator).getPendingList();
              return pending.size() == 1 && pending.getFirst().getApprovals() == approvals;
            });
  }

  private static void awaitRejection(TestingSwarm swarm, int validator) {
    await()
        .atMost(PATIENCE)
        .ignoreExceptionsInstanceOf(StatusRuntimeException.class)
        .until(
            () ->
                swarm.status(validator).getPendingList().stream()
                    .anyMatch(pending -> pending.getRejections() >= 3));
  }
}
