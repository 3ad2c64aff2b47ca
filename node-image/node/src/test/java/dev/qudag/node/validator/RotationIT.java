package dev.qudag.node.validator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.qudag.consensus.certificate.CertificateVerifier;
import dev.qudag.consensus.certificate.DecisionCertificate;
import dev.qudag.consensus.certificate.Verification;
import dev.qudag.consensus.chain.ChainState;
import dev.qudag.consensus.chain.decision.Grounds;
import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.crypto.NodeIdentity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who signs with another key while the swarm runs, over real gRPC, TLS, fsync and git. */
class RotationIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir Path folder;

  @Test
  void aValidatorSignsWithAnotherKeyFromTheNextEpochOn() throws Exception {
    try (TestingSwarm swarm = new TestingSwarm(folder, 4)) {
      swarm.startAll();
      swarm.land(swarm.genesisState(), "before", 0);
      NodeIdentity old = swarm.identity(2);

      wantAnotherKey(swarm, 2);
      restartWhenItIsTime(swarm, 2);
      awaitEpoch(swarm, 1, 0, 1, 2, 3);

      NodeIdentity renewed = swarm.identity(2);
      assertThat(renewed.verifyingKey()).isNotEqualTo(old.verifyingKey());
      assertThat(renewed.tlsFingerprint()).isEqualTo(old.tlsFingerprint());
      ChainState rotated = swarm.validator(0).state();
      assertThat(rotated.set().members()).extracting(Member::index).containsExactly(0, 1, 2, 3);
      assertThat(rotated.set().withIndex(2).map(Member::signingKey))
          .contains(renewed.verifyingKey());
      swarm.stop(1);
      ChainState last = swarm.land(rotated, "with the new key", 2);
      assertProvenFromGenesis(swarm, last);
    }
  }

  @Test
  void aValidatorAloneDoesSoToo() throws Exception {
    try (TestingSwarm swarm = new TestingSwarm(folder, 1)) {
      swarm.start(0);
      wantAnotherKey(swarm, 0);
      restartWhenItIsTime(swarm, 0);
      awaitEpoch(swarm, 1, 0);
      swarm.land(swarm.validator(0).state(), "with the new key", 0);
    }
  }

  /** It ends before anybody heard of the wish, and again when the decision is final. */
  @Test
  void aRestartAtEachStepRotatesOnce() throws Exception {
    try (TestingSwarm swarm = new TestingSwarm(folder, 4)) {
      swarm.start(3);
      wantAnotherKey(swarm, 3);
      Path next = swarm.volume(3).resolve("identity.next");
      await().atMost(PATIENCE).until(() -> Files.exists(next));
      swarm.stop(3);
      for (int index = 0; index < 4; index++) {
        swarm.start(index);
      }
      restartWhenItIsTime(swarm, 3);
      awaitEpoch(swarm, 1, 0, 1, 2, 3);
      swarm.stop(3);
      swarm.start(3);
      awaitEpoch(swarm, 1, 3);
      ChainState state = swarm.validator(3).state();
      swarm.land(state, "after", 3);
      assertThat(swarm.seals(3)).hasSize(1);
      assertThat(next).doesNotExist();
    }
  }

  private static void wantAnotherKey(TestingSwarm swarm, int validator) throws Exception {
    Files.createFile(swarm.volume(validator).resolve("rotate-key"));
  }

  private static void restartWhenItIsTime(TestingSwarm swarm, int validator) throws Exception {
    await().atMost(PATIENCE).until(() -> swarm.isToRestart(validator));
    swarm.stop(validator);
    swarm.start(validator);
  }

  private static void awaitEpoch(TestingSwarm swarm, long epoch, int... validators) {
    for (int validator : validators) {
      await()
          .atMost(PATIENCE)
          .until(() -> swarm.validator(validator).state().set().epoch() == epoch);
    }
  }

  private static void assertProvenFromGenesis(TestingSwarm swarm, ChainState last) {
    assertThat(swarm.seals(2))
        .singleElement()
        .satisfies(
            seal -> assertThat(seal.decision().grounds()).isInstanceOf(Grounds.KeyRotation.class));
    FinalBlock block = swarm.follow(2, last.height());
    DecisionCertificate certificate =
        DecisionCertificate.of(last.set(), block.finality(), block.payload(), 0);
    assertThat(CertificateVerifier.of(swarm.genesis).verify(certificate, swarm.seals(2)))
        .isInstanceOf(Verification.Proven.class);
  }
}
