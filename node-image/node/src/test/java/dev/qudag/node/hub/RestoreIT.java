package dev.qudag.node.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.consensus.chain.custody.CustodyRecord;
import dev.qudag.consensus.chain.decision.BatchDecision;
import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.consensus.chain.decision.MergeDecision;
import dev.qudag.consensus.chain.decision.RevertDecision;
import dev.qudag.consensus.chain.proposal.RevertOrder;
import dev.qudag.consensus.chain.proposal.SignedStatement;
import dev.qudag.consensus.simplex.block.Block;
import dev.qudag.consensus.simplex.block.BlockHeader;
import dev.qudag.crypto.SigningKey;
import dev.qudag.merge.ObjectId;
import dev.qudag.merge.RefName;
import dev.qudag.merge.git.BundleImporter;
import dev.qudag.merge.git.BundleWriter;
import dev.qudag.node.hub.analysis.SigningSecret;
import dev.qudag.node.hub.book.HubProposal;
import dev.qudag.node.hub.book.Standing;
import dev.qudag.node.hub.repository.HubRepository;
import dev.qudag.node.hub.repository.Seed;
import dev.qudag.node.hub.restore.Restore;
import dev.qudag.node.hub.restore.Validator;
import dev.qudag.node.objects.MissingObjects;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hub on an empty volume and four validators that say what the test wants, over real TLS. */
class RestoreIT {
  @TempDir Path folder;
  private TestingHub lost;
  private TestingValidators validators;
  private List<Validator> links;
  private MergeDecision first;
  private MergeDecision second;
  private Block secondBlock;
  private BlockHeader tip;

  /** The volume that is lost later saw two landings. */
  @BeforeEach
  void landTwo() throws IOException {
    lost = TestingHub.on(folder.resolve("lost"), 4);
    validators = new TestingValidators(lost.chain);
    links = validators.links();
    tip = lost.chain.start();
    first = landNext(lost.commit("a", "1"), "Add a");
    BlockHeader before = tip;
    second = landNext(lost.commit("b", "2"), "Add b");
    secondBlock = lost.chain.block(before, lost.chain.approved(second, 0, 1, 2));
  }

  @AfterEach
  void stop() {
    links.forEach(validator -> validator.channel().shutdownNow());
    validators.close();
  }

  @Test
  void getsBackEverythingThatLanded() throws Exception {
    HubRepository repository = emptyVolume();
    Hub hub = hub(repository, from(repository));

    assertThat(hub.restore(members -> links, Optional.empty()).attempt())
        .isEqualTo(new Restore.Result.Complete(2, 0, 0, true));

    assertThat(repository.head().hex()).isEqualTo(second.commit());
    assertThat(hub.chain().state().encode()).isEqualTo(lost.state().encode());
    for (MergeDecision landed : List.of(first, second)) {
      assertThat(repository.certificates().read(ObjectId.of(landed.commit()))).isPresent();
      assertThat(hub.certificates().ofDecision(landed.digest())).isPresent();
      assertThat(hub.proposals().find(landed.proposal()).map(HubProposal::standing))
          .containsInstanceOf(Standing.Landed.class);
    }
    assertThat(hub.restore(members -> links, Optional.empty()).attempt())
        .isEqualTo(new Restore.Result.Complete(2, 0, 0, true));
  }

  /** The tree is there from the first landing, what it came from is not. */
  @Test
  void getsBackALandingThatRestoresAnEarlierTree() throws Exception {
    MergeDecision change = landNext(lost.commit("a", "2"), "Change a");
    MergeDecision undo = landNext(lost.commit("a", "1"), "Change a back");
    HubRepository repository = emptyVolume();
    Hub hub = hub(repository, from(repository));

    assertThat(hub.restore(members -> links, Optional.empty()).attempt())
        .isEqualTo(new Restore.Result.Complete(4, 0, 0, true));

    assertThat(undo.tree()).isEqualTo(second.tree());
    for (MergeDecision landed : List.of(change, undo)) {
      assertThat(repository.git().hasCommit(ObjectId.of(landed.head()))).isTrue();
    }
  }

  @Test
  void landsNothingThatNobodyCertified() throws Exception {
    validators.show(secondBlock, lost.chain.finality(secondBlock, 1, 2));
    HubRepository repository = emptyVolume();

    assertThat(why(hub(repository, from(repository))))
        .startsWith("of 2 blocks 1 are here: s-v0 hands out what nobody certified: ")
        .contains("s-v3 hands out what nobody certified: no quorum of epoch 0 finalized");
    assertThat(repository.head().hex()).isEqualTo(first.commit());
  }

  @Test
  void refusesWhenNobodyAnswers() throws Exception {
    validators.close();
    HubRepository repository = emptyVolume();
    ObjectId seed = repository.head();

    assertThat(why(hub(repository, from(repository))))
        .startsWith("validators of weight 0 answer for this chain, 2 are needed to believe them")
        .contains("s-v3 does not answer: UNAVAILABLE");
    assertThat(repository.head()).isEqualTo(seed);
  }

  @Test
  void refusesWhenNobodyHasTheFirstCommit() throws Exception {
    assertThat(why(hub(emptyVolume(), RestoreIT::nobody)))
        .isEqualTo("the first commit is missing: nobody brings " + lost.chain.genesis.head());
  }

  @Test
  void refusesWhenNobodyHasWhatLanded() throws Exception {
    HubRepository repository = emptyVolume();
    MissingObjects others = from(repository);
    MissingObjects onlyTheFirst =
        (commit, haves) -> {
          boolean isFirst = commit.hex().equals(lost.chain.genesis.head());
          MissingObjects asked = isFirst ? others : RestoreIT::nobody;
          asked.require(commit, haves);
        };

    assertThat(why(hub(repository, onlyTheFirst)))
        .startsWith("of 2 blocks 0 are here: s-v0: nobody brings " + first.commit());
    assertThat(repository.head().hex()).isEqualTo(lost.chain.genesis.head());
  }

  @Test
  void takesBackWhatIsOpen() throws Exception {
    MergeDecision open = lost.decide(lost.commit("c", "3"), "Add c");
    validators.hold(open);
    HubRepository repository = emptyVolume();
    Hub hub = hub(repository, from(repository));

    assertThat(hub.restore(members -> links, Optional.empty()).attempt())
        .isEqualTo(new Restore.Result.Complete(2, 0, 1, true));

    assertThat(hub.undecided()).extracting(Decision::digest).containsExactly(open.digest());
    assertThat(repository.git().hasCommit(ObjectId.of(open.head()))).isTrue();
    assertThat(repository.git().ref(RefName.of("refs/qudag/proposals/" + open.proposal())))
        .contains(ObjectId.of(open.head()));
  }

  @Test
  void getsBackABatchThatLandedAndOneThatIsOpen() throws Exception {
    BatchDecision landed = lost.decideTogether(lost.commit("c", "3"), lost.commit("d", "4"));
    land(landed);
    BatchDecision open = lost.decideTogether(lost.commit("e", "5"), lost.commit("f", "6"));
    validators.hold(open);
    HubRepository repository = emptyVolume();
    Hub hub = hub(repository, from(repository));

    assertThat(hub.restore(members -> links, Optional.empty()).attempt())
        .isEqualTo(new Restore.Result.Complete(3, 0, 1, true));

    assertThat(repository.head().hex()).isEqualTo(landed.commit());
    for (String name : landed.proposals()) {
      assertThat(hub.proposals().find(name).map(HubProposal::standing))
          .containsInstanceOf(Standing.Landed.class);
    }
    assertThat(hub.undecided()).extracting(Decision::digest).containsExactly(open.digest());
    for (String name : open.proposals()) {
      assertThat(hub.proposals().find(name).map(HubProposal::standing))
          .containsInstanceOf(Standing.Deciding.class);
    }
  }

  @Test
  void getsBackARevertThatLandedAndOneThatIsOpen() throws Exception {
    RevertDecision landed = lost.decide(order(first.commit(), 0));
    land(landed);
    RevertDecision open = lost.decide(order(landed.commit(), 1));
    validators.hold(open);
    HubRepository repository = emptyVolume();
    Hub hub = hub(repository, from(repository));

    assertThat(hub.restore(members -> links, Optional.empty()).attempt())
        .isEqualTo(new Restore.Result.Complete(3, 0, 1, true));

    assertThat(repository.head().hex()).isEqualTo(landed.commit());
    assertThat(hub.proposals().find(landed.proposal()).map(HubProposal::standing))
        .containsInstanceOf(Standing.Landed.class);
    assertThat(hub.undecided()).extracting(Decision::digest).containsExactly(open.digest());
  }

  private RevertOrder.Signed order(String commit, long sequence) {
    return lost.chain.order(commit, sequence).sign(lost.chain.operator.signingKey());
  }

  @Test
  void aDecisionThatCanNoLongerLandIsAnOpenProposal() throws Exception {
    MergeDecision stale = lost.decide(lost.commit("c", "3"), "Add c");
    landNext(lost.commit("d", "4"), "Add d");
    validators.hold(stale);
    HubRepository repository = emptyVolume();
    Hub hub = hub(repository, from(repository));

    assertThat(hub.restore(members -> links, Optional.empty()).attempt())
        .isEqualTo(new Restore.Result.Complete(3, 0, 1, true));

    assertThat(hub.undecided()).isEmpty();
    assertThat(hub.proposals().find(stale.proposal()).map(HubProposal::standing))
        .contains(new Standing.Open());
  }

  @Test
  void takesNothingThatItsAuthorDidNotSign() throws Exception {
    MergeDecision open = lost.decide(lost.commit("c", "3"), "Add c");
    var statement = open.author().statement();
    var forged = new SignedStatement(statement, SigningKey.generate().sign(statement.encode()));
    validators.hold(with(open, open.proposal(), forged));
    HubRepository repository = emptyVolume();
    Hub hub = hub(repository, from(repository));

    assertThat(hub.restore(members -> links, Optional.empty()).attempt())
        .isEqualTo(new Restore.Result.Complete(2, 0, 0, true));

    assertThat(hub.proposals().find(open.proposal())).isEmpty();
  }

  @Test
  void takesBackAProposalThatWasNeverDecidedFromTheOneValidatorThatKeptIt() throws Exception {
    CustodyRecord.Kept kept = kept(lost.commit("c", "3"), "Add c");
    validators.custody(2).hold(kept.sign(lost.chain.hub.signingKey()));
    HubRepository repository = emptyVolume();
    Hub hub = hub(repository, from(repository));

    assertThat(hub.restore(members -> links, Optional.empty()).attempt())
        .isEqualTo(new Restore.Result.Complete(2, 1, 0, true));

    HubProposal back = hub.proposals().find(kept.proposal()).orElseThrow();
    assertThat(back.standing()).isEqualTo(new Standing.Open());
    assertThat(back.dependsOn()).containsExactly("mp-below");
    assertThat(back.priority()).isEqualTo(7);
    assertThat(back.acceptedAtMillis()).isEqualTo(kept.acceptedAtMillis());
    assertThat(repository.git().ref(RefName.of("refs/qudag/proposals/" + kept.proposal())))
        .contains(back.commit());
  }

  @Test
  void takesBackNoProposalThatItDidNotSignItself() throws Exception {
    CustodyRecord.Kept kept = kept(lost.commit("c", "3"), "Add c");
    validators.custody(2).hold(kept.sign(SigningKey.generate()));
    HubRepository repository = emptyVolume();
    Hub hub = hub(repository, from(repository));

    assertThat(hub.restore(members -> links, Optional.empty()).attempt())
        .isEqualTo(new Restore.Result.Complete(2, 0, 0, true));
  }

  @Test
  void whatWasWithdrawnStaysSoWhoeverHoldsTheProposalOrADecisionOfIt() throws Exception {
    ObjectId commit = lost.commit("c", "3");
    CustodyRecord.Kept kept = kept(commit, "Add c");
    validators.custody(0).hold(kept.sign(lost.chain.hub.signingKey()));
    MergeDecision decided = lost.decide(commit, "Add c");
    validators.hold(decided);
    validators.hold(with(decided, "mp-another-name", decided.author()));
    var withdrawn =
        new CustodyRecord.Ended(
            lost.chain.genesis.chainId(),
            kept.proposal(),
            TestingChain.WORKSPACE_UID,
            "Withdrawn",
            "its MergeProposal was deleted",
            0);
    validators.custody(3).hold(withdrawn.sign(lost.chain.hub.signingKey()));
    HubRepository repository = emptyVolume();
    Hub hub = hub(repository, from(repository));

    assertThat(hub.restore(members -> links, Optional.empty()).attempt())
        .isEqualTo(new Restore.Result.Complete(2, 0, 0, true));

    assertThat(hub.proposals().find(kept.proposal())).isEmpty();
    assertThat(hub.proposals().isWithdrawn(kept.proposal())).isTrue();
    assertThat(hub.undecided()).isEmpty();
  }

  @Test
  void saysWhenAValidatorDidNotSayWhatItKeeps() throws Exception {
    validators.custody(1).is(TestingCustody.Mood.AWAY);
    HubRepository repository = emptyVolume();
    Hub hub = hub(repository, from(repository));

    assertThat(hub.restore(members -> links, Optional.empty()).attempt())
        .isEqualTo(new Restore.Result.Complete(2, 0, 0, false));
  }

  private static MergeDecision with(MergeDecision of, String proposal, SignedStatement author) {
    return new MergeDecision(
        of.chainId(),
        of.branch(),
        of.voids(),
        proposal,
        of.merge(),
        of.meta(),
        of.engineDigest(),
        of.policyDigest(),
        of.checks(),
        author,
        of.grant());
  }

  private CustodyRecord.Kept kept(ObjectId commit, String title) {
    HubProposal.Submission proposed = lost.chain.submission(commit.hex(), title);
    return new CustodyRecord.Kept(
        new SignedStatement(proposed.statement(), proposed.signature()),
        proposed.grant(),
        List.of("mp-below"),
        7,
        1_770_000_000_000L);
  }

  private MergeDecision landNext(ObjectId commit, String title) {
    MergeDecision decision = lost.decide(commit, title);
    land(decision);
    return decision;
  }

  private void land(Decision decision) {
    Block block = lost.chain.block(tip, lost.chain.approved(decision, 0, 1, 2));
    tip = block.header();
    lost.hub.apply(block, lost.chain.finality(block, 0, 1, 2));
    validators.show(block, lost.chain.finality(block, 0, 1, 2));
  }

  private static void nobody(ObjectId commit, List<ObjectId> haves) throws IOException {
    throw new IOException("nobody brings " + commit);
  }

  private String why(Hub hub) throws InterruptedException {
    return ((Restore.Result.Refused) hub.restore(members -> links, Optional.empty()).attempt())
        .why();
  }

  /** With another seed than the one that the swarm began with. */
  private HubRepository emptyVolume() throws IOException {
    HubRepository repository = HubRepository.open(folder.resolve("empty"), "main");
    Seed.plant(repository, folder.resolve("no-seed"), "another");
    return repository;
  }

  private Hub hub(HubRepository repository, MissingObjects objects) throws IOException {
    return new Hub(
        lost.chain.genesis,
        repository,
        folder.resolve("empty"),
        InstantSource.system(),
        lost.chain.hub.signingKey(),
        objects,
        Optional.empty(),
        new SigningSecret(folder.resolve("signing")));
  }

  /** What the validators hold is what the lost volume held. */
  private MissingObjects from(HubRepository to) {
    return (commit, haves) -> {
      Path bundle = Files.createTempFile(to.git().directory(), "lost-", ".bundle");
      try (OutputStream out = Files.newOutputStream(bundle)) {
        List<ObjectId> here = haves.stream().filter(to.git()::hasCommit).toList();
        new BundleWriter(lost.repository.git())
            .write(Map.of(RefName.of("refs/heads/lost"), commit), here, out);
      }
      assertThat(new BundleImporter(to.git()).importBundle(bundle, commit))
          .isInstanceOf(BundleImporter.Result.Imported.class);
    };
  }
}
