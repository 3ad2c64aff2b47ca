package dev.qudag.node.validator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.qudag.consensus.chain.ChainState;
import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.consensus.chain.decision.LandedAs;
import dev.qudag.consensus.chain.decision.MergeDecision;
import dev.qudag.consensus.chain.policy.CommitKey;
import dev.qudag.consensus.chain.policy.LandingPolicy;
import dev.qudag.consensus.chain.policy.LandingPolicy.Method;
import dev.qudag.consensus.chain.policy.Policy;
import dev.qudag.crypto.Bytes;
import dev.qudag.merge.ObjectId;
import dev.qudag.merge.git.GitRepository;
import dev.qudag.merge.landing.CommitSigner;
import dev.qudag.merge.signature.SshSigningKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Four validators that make squashed, rebased and signed commits again with their own git. */
class LandingMethodsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;

  @Test
  void squashedAndRebasedCommitsLandSignedAndEveryValidatorHasThem() throws Exception {
    try (TestingSwarm swarm = new TestingSwarm(folder, 4)) {
      swarm.startAll();
      SshSigningKey key = key("key");
      ChainState state = swarm.genesisState();
      for (Method method : List.of(Method.SQUASH, Method.REBASE)) {
        LandingPolicy policy = signedBy(key, method);
        state = land(swarm, state, swarm.policy(state, with(policy)));
        ObjectId one = swarm.hub.change(ObjectId.of(swarm.genesis.head()), "one-" + method);
        ObjectId two = swarm.hub.change(one, "two-" + method);
        MergeDecision decision =
            swarm.hub.decide(swarm.genesis, state, two, policy, CommitSigner.with(key));

        state = land(swarm, state, decision);

        assertThat(state.head(swarm.genesis.branch())).contains(decision.commit());
        for (int i = 0; i < 4; i++) {
          GitRepository objects =
              GitRepository.openOrInit(
                  swarm.volume(i).resolve("objects.git"), TestingHubRepository.BRANCH);
          await().atMost(PATIENCE).until(() -> objects.hasCommit(ObjectId.of(decision.commit())));
        }
      }
    }
  }

  @Test
  void whatIsNotMadeAsThePolicySaysIsRejected() throws Exception {
    try (TestingSwarm swarm = new TestingSwarm(folder, 4)) {
      swarm.startAll();
      SshSigningKey key = key("key");
      SshSigningKey thief = key("thief");
      LandingPolicy policy = signedBy(key, Method.SQUASH);
      ChainState state = swarm.genesisState();
      state = land(swarm, state, swarm.policy(state, with(policy)));
      ObjectId head = swarm.hub.change(ObjectId.of(swarm.genesis.head()), "a");
      MergeDecision good =
          swarm.hub.decide(swarm.genesis, state, head, policy, CommitSigner.with(key));

      assertThat(rejection(swarm, swarm.hub.decide(swarm.genesis, state, head)))
          .startsWith("LandingMismatch: ");
      assertThat(
              rejection(
                  swarm,
                  swarm.hub.decide(
                      swarm.genesis,
                      state,
                      head,
                      signedBy(key, Method.MERGE),
                      CommitSigner.with(key))))
          .startsWith("LandingMismatch: ");
      Bytes foreign = Bytes.of(thief.sign(new byte[] {1}));
      assertThat(
              rejection(
                  swarm,
                  TestingHubRepository.landedAs(
                      good, ObjectId.of(good.commit()), new LandedAs(policy, List.of(foreign)))))
          .startsWith("BadSignature: ");
      Bytes right = good.landedAs().signatures().getFirst();
      assertThat(
              rejection(
                  swarm,
                  TestingHubRepository.landedAs(
                      good,
                      ObjectId.of(good.commit()),
                      new LandedAs(policy, List.of(right, right)))))
          .startsWith("BadSignature: ");
      assertThat(rejection(swarm, TestingHubRepository.landedAs(good, head, good.landedAs())))
          .startsWith("NothingToMerge: ");

      assertThat(land(swarm, state, good).head(swarm.genesis.branch())).contains(good.commit());
    }
  }

  private static LandingPolicy signedBy(SshSigningKey key, Method method) {
    return new LandingPolicy(
        method, true, Optional.of(new CommitKey(Bytes.of(key.publicKey().raw()))));
  }

  private static Policy with(LandingPolicy landing) {
    return new Policy(List.of(), List.of(), Policy.AUTO_RESOLVE, landing);
  }

  private SshSigningKey key(String name) throws Exception {
    Path file = folder.resolve(name);
    int exit =
        new ProcessBuilder(
                "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", file.toString())
            .start()
            .waitFor();
    assertThat(exit).isZero();
    return SshSigningKey.parse(Files.readString(file));
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
        .until(
            () ->
                swarm.status(1).getPendingList().stream()
                    .filter(open -> open.getDigest().equals(digest) && open.getRejections() >= 3)
                    .findFirst(),
            Optional::isPresent)
        .orElseThrow()
        .getReasons(0);
  }
}
