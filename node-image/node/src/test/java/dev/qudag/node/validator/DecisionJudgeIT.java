package dev.qudag.node.validator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.consensus.chain.decision.Grounds;
import dev.qudag.consensus.chain.decision.SetChange;
import dev.qudag.consensus.chain.decision.SetDecision;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.NodeIdentity;
import dev.qudag.crypto.VerifyingKey;
import dev.qudag.merge.git.GitRepository;
import dev.qudag.node.objects.ObjectFetcher;
import dev.qudag.node.validator.judge.DecisionJudge;
import dev.qudag.node.validator.judge.Opinion;
import io.grpc.ManagedChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a validator thinks of decisions that it cannot judge yet, on a real repository. */
class DecisionJudgeIT {
  @TempDir Path folder;

  /** A Reject is for good: whoever is behind must not say it of what the others have reached. */
  @Test
  void aSetChangeOfALaterEpochIsJudgedLater() throws Exception {
    Path data = Files.createDirectories(folder.resolve("data"));
    try (TestingSwarm swarm = new TestingSwarm(folder, 1);
        BlockStore blocks = BlockStore.open(data, swarm.genesis)) {
      ManagedChannel hub = swarm.channel(NodeIdentity.generate(), 0);
      GitRepository repository =
          GitRepository.openOrInit(data.resolve("objects.git"), TestingHubRepository.BRANCH);
      var judge =
          new DecisionJudge(
              blocks, repository, new ObjectFetcher(hub, repository), any -> new Opinion.Approve());
      Digest other = Digest.sha256(new byte[] {1});

      assertThat(judge.judge(change(swarm, 1, other))).isInstanceOf(Opinion.NotYet.class);
      assertThat(judge.judge(change(swarm, 0, other)))
          .isInstanceOfSatisfying(
              Opinion.Reject.class,
              reject -> assertThat(reject.reason()).startsWith("SetChanged: "));
      hub.shutdownNow();
    }
  }

  private static SetDecision change(TestingSwarm swarm, long epoch, Digest root) {
    return new SetDecision(
        new SetChange(swarm.genesis.chainId(), epoch, root, List.of(0), List.of()),
        new Grounds.OperatorsWord(Bytes.of(new byte[VerifyingKey.SIGNATURE_SIZE])));
  }
}
