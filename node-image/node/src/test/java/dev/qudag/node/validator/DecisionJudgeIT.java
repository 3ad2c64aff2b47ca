package dev.qudag.node.validator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.qudag.consensus.chain.Branch;
import dev.qudag.consensus.chain.ChainState;
import dev.qudag.consensus.chain.decision.Grounds;
import dev.qudag.consensus.chain.decision.MergeDecision;
import dev.qudag.consensus.chain.decision.SetChange;
import dev.qudag.consensus.chain.decision.SetDecision;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.NodeIdentity;
import dev.qudag.crypto.VerifyingKey;
import dev.qudag.merge.Analysis;
import dev.qudag.merge.Category;
import dev.qudag.merge.ObjectId;
import dev.qudag.merge.git.GitRepository;
import dev.qudag.merge.git.process.GitSettings;
import dev.qudag.merge.git.structure.MergirafSettings;
import dev.qudag.merge.parser.SymbolProgram;
import dev.qudag.merge.symbol.SymbolReport;
import dev.qudag.merge.tree.TreeLimits;
import dev.qudag.node.disk.TestingSpace;
import dev.qudag.node.disk.VolumeFullException;
import dev.qudag.node.objects.ObjectFetcher;
import dev.qudag.node.validator.judge.DecisionJudge;
import dev.qudag.node.validator.judge.KnownChain;
import dev.qudag.node.validator.judge.Opinion;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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

  /** What another engine made is as right as it was: this validator cannot tell, and others can. */
  @Test
  void whatOneEngineMadeIsNotRejectedByAnother() throws Exception {
    try (TestingSwarm swarm = new TestingSwarm(folder, 1)) {
      ChainState genesis = swarm.genesisState();
      MergeDecision decision = swarm.decide(genesis, "a");

      assertThat(judgedByAnotherEngine(swarm, withEngine(genesis, decision), decision))
          .isInstanceOf(Opinion.NotYet.class);
      assertThat(judgedByAnotherEngine(swarm, genesis, decision))
          .as("where the chain names none")
          .isInstanceOf(Opinion.NotYet.class);
    }
  }

  /** The hub's program may have come to its end where this validator's did not. */
  @Test
  void aMergeThatIsKilledHereIsNotRejected() throws Exception {
    Path asleep =
        Files.writeString(
            folder.resolve("mergiraf"),
            "#!/bin/sh\n[ \"$1\" != --version ] || { echo asleep; exit; }\nexec /bin/sleep 600\n");
    assertThat(asleep.toFile().setExecutable(true)).isTrue();
    try (TestingSwarm swarm = new TestingSwarm(folder, 1)) {
      GitRepository repository =
          GitRepository.openOrInit(
              folder.resolve("hub.git"),
              TestingHubRepository.BRANCH,
              GitSettings.DEFAULT,
              TreeLimits.DEFAULT,
              SymbolProgram.onPath(),
              MergirafSettings.of(Optional.of(asleep)).withLimit(Duration.ofMillis(100)));
      ObjectId root = ObjectId.of(swarm.genesis.head());
      ObjectId first = swarm.hub.change(root, "A.java", "class A {\n}\n");
      ObjectId ours = swarm.hub.change(first, "A.java", "class A {\n  int a;\n}\n");
      ObjectId theirs = swarm.hub.change(first, "A.java", "class A {\n  int b;\n}\n");
      ChainState genesis = swarm.genesisState();
      MergeDecision decision =
          swarm.hub.decide(
              swarm.genesis,
              ours,
              genesis.policyDigest(),
              theirs,
              new Analysis.Clean(
                  Category.Syntactic,
                  first,
                  swarm.hub.treeOf(theirs),
                  List.of("A.java"),
                  List.of(),
                  SymbolReport.NONE),
              Digest.ofHex(repository.engine().hex()));
      ManagedChannel hub = swarm.channel(NodeIdentity.generate(), 0);

      assertThat(
              new DecisionJudge(
                      new At(standingAt(genesis, swarm.genesis.branch(), ours)),
                      repository,
                      new ObjectFetcher(hub, repository),
                      any -> new Opinion.Approve())
                  .judge(decision))
          .isInstanceOf(Opinion.NotYet.class);
      hub.shutdownNow();
    }
  }

  /** No opinion is not a Reject: it is judged again, until there is room. */
  @Test
  void aValidatorWhoseVolumeIsFullAbstainsUntilThereIsRoom() throws Exception {
    var space = new TestingSpace(/* total= */ 1000 << 20, /* free= */ 10 << 20);
    try (TestingSwarm swarm = new TestingSwarm(folder, 1)) {
      ChainState genesis = swarm.genesisState();
      MergeDecision decision = swarm.decide(genesis, "a");
      GitRepository repository =
          GitRepository.openOrInit(folder.resolve("full.git"), TestingHubRepository.BRANCH);
      ManagedChannel hub = swarm.channel(NodeIdentity.generate(), 0);
      var objects = new ObjectFetcher(hub, repository, Optional.of(space.reserve()));
      var judge =
          new DecisionJudge(new At(genesis), repository, objects, any -> new Opinion.Approve());

      assertThatThrownBy(() -> judge.judge(decision))
          .isInstanceOf(VolumeFullException.class)
          .hasMessageContaining("10485760 bytes free");
      space.free(500 << 20);
      assertThatThrownBy(() -> judge.judge(decision))
          .as("then the source is asked, which has no port here")
          .isInstanceOf(StatusRuntimeException.class);
      hub.shutdownNow();
    }
  }

  private Opinion judgedByAnotherEngine(
      TestingSwarm swarm, ChainState state, MergeDecision decision) throws Exception {
    GitRepository repository =
        GitRepository.openOrInit(
            folder.resolve("other.git"),
            TestingHubRepository.BRANCH,
            GitSettings.DEFAULT,
            new TreeLimits(1000, 1000, 1000, 100, 1000, 1000, 1000));
    ManagedChannel hub = swarm.channel(NodeIdentity.generate(), 0);
    try {
      return new DecisionJudge(
              new At(state),
              repository,
              new ObjectFetcher(hub, repository),
              any -> new Opinion.Approve())
          .judge(decision);
    } finally {
      hub.shutdownNow();
    }
  }

  private static ChainState withEngine(ChainState state, MergeDecision madeByIt) {
    return new ChainState(
        state.chain(),
        state.branches(),
        state.policyInForce(),
        new ChainState.InForce<>(Optional.of(madeByIt.engineDigest()), 1),
        state.membership(),
        state.height());
  }

  private static ChainState standingAt(ChainState state, String branch, ObjectId head) {
    return new ChainState(
        state.chain(),
        new TreeMap<>(Map.of(branch, new Branch(head.hex(), List.of(), 0, 0))),
        state.policyInForce(),
        state.engineInForce(),
        state.membership(),
        state.height());
  }

  /** A chain whose last block leaves that. */
  private record At(ChainState state) implements KnownChain {
    @Override
    public boolean hasLanded(String commit) {
      return commit.equals(state.genesis().head());
    }

    @Override
    public boolean hadPolicy(Digest policy) {
      return policy.equals(state.policyDigest());
    }
  }

  private static SetDecision change(TestingSwarm swarm, long epoch, Digest root) {
    return new SetDecision(
        new SetChange(swarm.genesis.chainId(), epoch, root, List.of(0), List.of()),
        new Grounds.OperatorsWord(Bytes.of(new byte[VerifyingKey.SIGNATURE_SIZE])));
  }
}
