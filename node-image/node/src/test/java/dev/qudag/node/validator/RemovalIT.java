package dev.qudag.node.validator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.qudag.consensus.certificate.CertificateVerifier;
import dev.qudag.consensus.certificate.DecisionCertificate;
import dev.qudag.consensus.certificate.Seal;
import dev.qudag.consensus.certificate.Verification;
import dev.qudag.consensus.chain.ChainState;
import dev.qudag.consensus.chain.decision.Grounds;
import dev.qudag.consensus.chain.decision.MergeDecision;
import dev.qudag.consensus.chain.decision.SetDecision;
import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.consensus.chain.identity.Offence;
import dev.qudag.consensus.evidence.Evidence;
import dev.qudag.crypto.NodeIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a lie to a set without the liar, over real gRPC, TLS, fsync and git. */
class RemovalIT {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir Path folder;

  @Test
  void whoVotesTwiceIsRemovedAndLandingGoesOnWithCertificatesAcrossTheSeal() throws Exception {
    try (TestingSwarm swarm = new TestingSwarm(folder, 5);
        Liar liar = liar(swarm, 4)) {
      startAllBut(swarm, 5, 4);
      ChainState state = swarm.land(swarm.genesisState(), "before", 0);
      MergeDecision during = swarm.decide(state, "during");
      Evidence lie = liar.votesTwice(0, swarm.status(0).getView() + 5);
      swarm.submit(during);
      swarm.awaitFinal(2, state, during);
      awaitEpoch(swarm, 1, 0, 1, 2, 3);

      ChainState after = swarm.validator(3).state();
      assertThat(after.set().members()).extracting(Member::index).containsExactly(0, 1, 2, 3);
      assertThat(after.membership().slashed()).extracting(Offence::validator).containsExactly(4);
      List<SetDecision> changes = changes(swarm, 1);
      assertThat(changes)
          .singleElement()
          .extracting(change -> ((Grounds.Misbehaviour) change.grounds()).evidence())
          .isEqualTo(lie.digest());

      ChainState last = swarm.land(after, "after", 1);
      FinalBlock block = swarm.follow(1, last.height());
      DecisionCertificate certificate =
          DecisionCertificate.of(last.set(), block.finality(), block.payload(), 0);
      CertificateVerifier verifier = CertificateVerifier.of(swarm.genesis);
      assertThat(verifier.verify(certificate, swarm.seals(1)))
          .isInstanceOf(Verification.Proven.class);
      assertThat(verifier.verify(certificate, List.of()))
          .isInstanceOf(Verification.NotProven.class);
    }
  }

  @Test
  void whoAttestsTwiceIsRemovedThoughEachOfTheTwoWasToldToAnother() throws Exception {
    try (TestingSwarm swarm = new TestingSwarm(folder, 5);
        Liar liar = liar(swarm, 2)) {
      startAllBut(swarm, 5, 2);
      liar.attestsTwice(0, 4);
      awaitEpoch(swarm, 1, 0, 1, 3, 4);
      ChainState after = swarm.validator(4).state();
      assertThat(after.membership().slashed())
          .extracting(Offence::step)
          .containsExactly(Offence.Step.ATTEST);
      swarm.land(after, "after", 4);
    }
  }

  /** Evidence is found by two, decided by three, and the chain goes on with these three. */
  @Test
  void aRestartAtEachStepRemovesOnce() throws Exception {
    try (TestingSwarm swarm = new TestingSwarm(folder, 4)) {
      swarm.start(0);
      swarm.start(1);
      try (Liar liar = liar(swarm, 3)) {
        liar.votesTwice(0, 5);
        await().atMost(PATIENCE).until(() -> evidence(swarm, 0) == 1 && evidence(swarm, 1) == 1);
      }
      restart(swarm, 0, 1);
      swarm.start(2);
      awaitEpoch(swarm, 1, 0, 1, 2);
      restart(swarm, 0, 1, 2);
      awaitEpoch(swarm, 1, 0, 1, 2);
      ChainState after = swarm.land(swarm.validator(0).state(), "after", 1);
      restart(swarm, 0, 1, 2);
      after = swarm.land(after, "after the restart", 2);
      assertThat(after.set().members()).extracting(Member::index).containsExactly(0, 1, 2);
      assertThat(changes(swarm, 0)).hasSize(1);
    }
  }

  @Test
  void whoWasAwayFindsTheEpochThatRuns() throws Exception {
    try (TestingSwarm swarm = new TestingSwarm(folder, 7);
        Liar liar = liar(swarm, 6)) {
      startAllBut(swarm, 6, 5);
      liar.votesTwice(1, 5);
      awaitEpoch(swarm, 1, 0, 1, 2, 3, 4);
      ChainState state = swarm.land(swarm.validator(0).state(), "without the sixth", 0);
      swarm.start(5);
      awaitEpoch(swarm, 1, 5);
      MergeDecision decision = swarm.decide(state, "with the sixth");
      swarm.submit(decision);
      swarm.awaitFinal(5, state, decision);
    }
  }

  private static Liar liar(TestingSwarm swarm, int place) throws IOException {
    NodeIdentity identity = swarm.identity(place);
    return new Liar(swarm.genesis.chainId(), place, identity, to -> swarm.channel(identity, to));
  }

  private static void startAllBut(TestingSwarm swarm, int size, int absent) throws Exception {
    for (int i = 0; i < size; i++) {
      if (i != absent) {
        swarm.start(i);
      }
    }
  }

  private static void restart(TestingSwarm swarm, int... validators) throws Exception {
    for (int validator : validators) {
      swarm.stop(validator);
    }
    for (int validator : validators) {
      swarm.start(validator);
    }
  }

  private static void awaitEpoch(TestingSwarm swarm, long epoch, int... validators) {
    for (int validator : validators) {
      await()
          .atMost(PATIENCE)
          .until(() -> swarm.validator(validator).state().set().epoch() == epoch);
    }
  }

  private static long evidence(TestingSwarm swarm, int validator) throws IOException {
    try (Stream<Path> files = Files.list(swarm.volume(validator).resolve("evidence"))) {
      return files.filter(file -> file.toString().endsWith(".evidence")).count();
    }
  }

  private static List<SetDecision> changes(TestingSwarm swarm, int validator) {
    return swarm.seals(validator).stream().map(Seal::decision).toList();
  }
}
