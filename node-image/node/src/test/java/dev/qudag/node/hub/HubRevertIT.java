package dev.qudag.node.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.qudag.consensus.certificate.CertificateVerifier;
import dev.qudag.consensus.certificate.Verification;
import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.consensus.chain.decision.MergeDecision;
import dev.qudag.consensus.chain.decision.RevertDecision;
import dev.qudag.consensus.chain.proposal.RevertOrder;
import dev.qudag.consensus.simplex.block.Block;
import dev.qudag.consensus.simplex.block.BlockHeader;
import dev.qudag.crypto.Bytes;
import dev.qudag.merge.ObjectId;
import dev.qudag.node.commit.DecidedCommits;
import dev.qudag.node.hub.analysis.Analyses;
import dev.qudag.node.hub.book.HubProposal;
import dev.qudag.node.hub.book.Standing;
import dev.qudag.node.main.TestingCrash;
import dev.qudag.node.verify.CertificateFile;
import dev.qudag.node.verify.TestingProofs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Orders to undo what has landed, on a real repository with real signatures. */
class HubRevertIT {
  @TempDir Path data;
  private TestingHub node;
  private BlockHeader tip;
  private MergeDecision bad;

  @BeforeEach
  void landOne() throws IOException {
    node = TestingHub.on(data, 4);
    tip = node.chain.start();
    bad = node.decide(node.commit("a", "1"), "Add a");
    land(node, bad);
  }

  @AfterEach
  void disarm() {
    TestingCrash.disarm();
  }

  @Test
  void theBranchIsAsItWasBeforeTheLandingWithACertificate() {
    RevertDecision revert = node.decide(order(bad.commit(), 0));

    land(node, revert);

    assertLandedOnce(node, revert);
    assertThat(revert.tree())
        .isEqualTo(
            node.repository.git().treeOf(ObjectId.of(bad.base())).map(ObjectId::hex).orElseThrow());
    assertThat(revert.meta().message())
        .startsWith("Revert " + bad.commit() + "\n\nIt broke the build\n\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hub-after-commit-written",
        "hub-after-update-ref",
        "hub-after-note",
        "hub-after-journal"
      })
  void landsOnceThoughTheHubDiesOnTheWay(String point) throws IOException {
    RevertDecision revert = node.decide(order(bad.commit(), 0));
    Block block = node.chain.block(tip, node.chain.approved(revert, 0, 1, 2));
    TestingCrash.at(data, point);

    assertThatThrownBy(() -> node.hub.apply(block, node.chain.finality(block, 0, 1, 2)))
        .isInstanceOf(TestingCrash.Died.class);
    TestingHub restarted = node.restarted();
    assertThat(restarted.hub.apply(block, node.chain.finality(block, 1, 2, 3))).isTrue();

    assertLandedOnce(restarted, revert);
  }

  @Test
  void whatWasBuiltUponIsAConflict() {
    land(node, node.decide(node.commit("a", "2"), "Change a"));
    accept(order(bad.commit(), 0));

    assertThat(node.hub.analyses().of(proposal().source(), node.repository.head()))
        .isInstanceOfSatisfying(
            Analyses.Analysed.Conflicted.class,
            conflicted -> assertThat(conflicted.conflict().paths()).isEqualTo(List.of("a")));
  }

  @Test
  void onlyWhatADecisionLandedIsUndone() {
    assertThat(take(order(bad.head(), 0))).isEqualTo("NotLanded");
    assertThat(take(order(bad.base(), 0))).isEqualTo("NotLanded");
    assertThat(take(order(bad.commit(), 0))).isEmpty();
  }

  /** Its notes are still there, and the validators of this chain know of none of its landings. */
  @Test
  void whatLandedOnTheChainBeforeIsNotUndone() {
    var before = new TestingProofs();
    MergeDecision landed =
        before.decision(
            TestingProofs.BRANCH,
            TestingProofs.id("a"),
            TestingProofs.id("b"),
            TestingProofs.id("e"));
    node.repository
        .certificates()
        .write(
            ObjectId.of(bad.base()),
            before.file(before.certificate(landed), landed),
            DecidedCommits.meta(bad.meta()));

    assertThat(take(order(bad.base(), 0))).isEqualTo("NotLanded");
  }

  @Test
  void whatIsUndoneIsNotUndoneAgain() {
    land(node, node.decide(order(bad.commit(), 0)));

    assertThat(take(order(bad.commit(), 1))).isEqualTo("AlreadyUndone");
    assertThat(node.hub.undecided()).isEmpty();
  }

  @Test
  void onlyTheOperatorsOrderForTheBranchAsItStandsIsTaken() {
    RevertOrder order = node.chain.order(bad.commit(), 0);
    RevertOrder ofTheFuture = node.chain.order(bad.commit(), 1);

    assertThatThrownBy(() -> take(order.sign(node.chain.workspace.signingKey())))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("not signed by the operator");
    assertThatThrownBy(() -> take(ofTheFuture.sign(node.chain.operator.signingKey())))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("had 0 reverts");
  }

  /** The order that was signed for the branch before is void; the person need not ask again. */
  @Test
  void anOrderIsSignedAnewWhenAnotherRevertLandsFirst() {
    MergeDecision other = node.decide(node.commit("b", "2"), "Add b");
    land(node, other);
    RevertDecision one = node.decide(order(bad.commit(), 0));
    RevertDecision two = node.decide(order(other.commit(), 0));

    land(node, one);

    assertThat(node.standing(two)).isInstanceOf(Standing.Stale.class);
    assertThatThrownBy(() -> node.decide(two.order()))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("had 1 reverts");
    RevertDecision again = node.decide(order(other.commit(), 1));
    assertThat(again.meta()).isEqualTo(two.meta());
    land(node, again);
    assertThat(node.state().reverts("refs/heads/main")).isEqualTo(2);
  }

  @Test
  void whatHasEndedIsOpenAgainOnlyWhenAPersonAsksAnew() {
    RevertOrder first = node.chain.order(bad.commit(), 0);
    RevertOrder later =
        new RevertOrder(
            first.chainId(),
            first.commit(),
            first.branch(),
            first.sequence(),
            first.person(),
            "Still broken",
            first.timeMillis() + 1);
    accept(order(bad.commit(), 0));
    close();

    accept(order(bad.commit(), 0));
    assertThat(proposal().standing()).isInstanceOf(Standing.Closed.class);

    accept(later.sign(node.chain.operator.signingKey()));
    assertThat(proposal().standing()).isInstanceOf(Standing.Open.class);
    land(node, node.decide(later.sign(node.chain.operator.signingKey())));
    accept(order(bad.commit(), 1));
    assertThat(proposal().standing()).isInstanceOf(Standing.Landed.class);
  }

  private void close() {
    var unused =
        node.hub
            .proposals()
            .close(proposal().name(), "", new Standing.Closed("CheckFailed", "", Bytes.EMPTY));
  }

  @Test
  void anOpenOrderOutlivesARestart() throws IOException {
    accept(order(bad.commit(), 0));

    TestingHub restarted = node.restarted();

    assertThat(restarted.hub.proposals().find(proposal().name())).contains(proposal());
  }

  private HubProposal proposal() {
    String name = node.chain.order(bad.commit(), 0).proposal();
    return node.hub.proposals().find(name).orElseThrow();
  }

  private void accept(RevertOrder.Signed order) {
    var unused = node.hub.proposals().accept(order);
  }

  private RevertOrder.Signed order(String commit, long sequence) {
    return node.chain.order(commit, sequence).sign(node.chain.operator.signingKey());
  }

  /** The reason of a refusal for good; empty when the order is taken. */
  private String take(RevertOrder.Signed order) {
    return node.hub.reverts().take(order).map(Reverts.Refused::reason).orElse("");
  }

  private void land(TestingHub hub, Decision decision) {
    Block block = hub.chain.block(tip, hub.chain.approved(decision, 0, 1, 2));
    tip = block.header();
    assertThat(hub.hub.apply(block, hub.chain.finality(block, 0, 1, 2))).isTrue();
  }

  private static void assertLandedOnce(TestingHub hub, RevertDecision revert) {
    var commit = ObjectId.of(revert.commit());
    assertThat(hub.repository.head()).isEqualTo(commit);
    assertThat(hub.repository.git().countBetween(ObjectId.of(revert.base()), commit)).isEqualTo(1);
    assertThat(hub.state().reverts("refs/heads/main")).isEqualTo(1);
    var certificate =
        CertificateFile.read(hub.repository.certificates().read(commit).orElseThrow())
            .certificate();
    assertThat(CertificateVerifier.of(hub.chain.genesis).verify(certificate, revert))
        .isInstanceOf(Verification.Proven.class);
    assertThat(hub.standing(revert)).isInstanceOf(Standing.Landed.class);
    assertThat(hub.hub.undecided()).isEmpty();
  }
}
