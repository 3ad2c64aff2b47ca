package dev.qudag.node.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.qudag.consensus.certificate.CertificateVerifier;
import dev.qudag.consensus.certificate.Verification;
import dev.qudag.consensus.chain.decision.EngineDecision;
import dev.qudag.consensus.chain.decision.MergeDecision;
import dev.qudag.consensus.chain.decision.PolicyChange;
import dev.qudag.consensus.chain.decision.PolicyDecision;
import dev.qudag.consensus.chain.policy.Policy;
import dev.qudag.consensus.simplex.block.Block;
import dev.qudag.consensus.simplex.message.Finality;
import dev.qudag.crypto.Digest;
import dev.qudag.merge.ObjectId;
import dev.qudag.node.hub.book.Standing;
import dev.qudag.node.hub.book.WorkspaceBook;
import dev.qudag.node.main.TestingCrash;
import dev.qudag.node.verify.CertificateFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Landing on a real repository, by certificates with real signatures. */
class LandingIT {
  @TempDir Path data;
  private TestingHub node;

  @BeforeEach
  void start() throws IOException {
    node = TestingHub.on(data, 4);
  }

  @AfterEach
  void disarm() {
    TestingCrash.disarm();
  }

  @Test
  void landsTheExactCommitWithItsCertificate() {
    MergeDecision decision = node.decide(node.commit("a", "1"), "Add a");
    Block block = node.chain.block(node.chain.start(), node.chain.approved(decision, 0, 1, 2));

    assertThat(node.hub.apply(block, node.chain.finality(block, 1, 2, 3))).isTrue();

    assertLandedOnce(node, decision);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hub-before-verify",
        "hub-after-verify",
        "hub-after-commit-written",
        "hub-after-update-ref",
        "hub-after-note",
        "hub-after-journal"
      })
  void landsOnceThoughItDiesOnTheWay(String point) throws IOException {
    MergeDecision decision = node.decide(node.commit("a", "1"), "Add a");
    Block block = node.chain.block(node.chain.start(), node.chain.approved(decision, 0, 1, 2));
    Finality first = node.chain.finality(block, 0, 1, 2);
    TestingCrash.at(data, point);

    assertThatThrownBy(() -> node.hub.apply(block, first)).isInstanceOf(TestingCrash.Died.class);
    TestingHub restarted = node.restarted();
    assertThat(restarted.hub.apply(block, node.chain.finality(block, 1, 2, 3))).isTrue();

    assertLandedOnce(restarted, decision);
    assertLandedOnce(restarted.restarted(), decision);
  }

  private void assertLandedOnce(TestingHub hub, MergeDecision decision) {
    var commit = ObjectId.of(decision.commit());
    assertThat(hub.repository.head()).isEqualTo(commit);
    assertThat(hub.repository.git().countBetween(ObjectId.of(decision.base()), commit))
        .isEqualTo(2);
    assertThat(hub.state().height()).isEqualTo(1);
    assertThat(hub.state().head("refs/heads/main")).contains(decision.commit());
    var certificate =
        CertificateFile.read(hub.repository.certificates().read(commit).orElseThrow())
            .certificate();
    assertThat(CertificateVerifier.of(hub.chain.genesis).verify(certificate, decision))
        .isInstanceOf(Verification.Proven.class);
    assertThat(hub.standing(decision))
        .isInstanceOfSatisfying(
            Standing.Landed.class,
            landed -> assertThat(landed.certificate()).isEqualTo(certificate.digest()));
    assertThat(data.resolve("certificates").resolve(certificate.digest().hex() + ".json")).exists();
    assertThat(hub.hub.undecided()).isEmpty();
  }

  @Test
  void landsABlockOfTwoDecisionsAgainAfterACrashBetweenThem() throws IOException {
    MergeDecision one = node.decide(node.commit("a", "1"), "Add a");
    Block first = node.chain.block(node.chain.start(), node.chain.approved(one, 0, 1, 2));
    node.hub.apply(first, node.chain.finality(first, 0, 1, 2));
    MergeDecision two = node.decide(node.commit("b", "2"), "Add b");
    Block second = node.chain.block(first.header(), node.chain.approved(two, 0, 1, 2));
    TestingCrash.at(data, "hub-after-update-ref");

    assertThatThrownBy(() -> node.hub.apply(second, node.chain.finality(second, 0, 1, 2)))
        .isInstanceOf(TestingCrash.Died.class);
    TestingHub restarted = node.restarted();
    restarted.hub.apply(second, node.chain.finality(second, 0, 1, 2));

    assertThat(restarted.repository.head().hex()).isEqualTo(two.commit());
    assertThat(restarted.state().height()).isEqualTo(2);
  }

  @Test
  void aWorkspaceStandsWhereItsLastProposalIsUntilItSaysMore() {
    ObjectId commit = node.commit("a", "1");
    MergeDecision decision = node.decide(commit, "Add a");
    Block block = node.chain.block(node.chain.start(), node.chain.approved(decision, 0, 1, 2));
    assertThat(whereabouts(WorkspaceBook.Beat.NONE))
        .satisfies(last -> assertThat(last.revision()).isEqualTo(commit.hex()))
        .satisfies(last -> assertThat(last.ahead()).isEqualTo(1));

    node.hub.apply(block, node.chain.finality(block, 0, 1, 2));

    assertThat(whereabouts(WorkspaceBook.Beat.NONE).ahead()).isZero();
    var later = new WorkspaceBook.Beat("c0ffee", 3, 0, List.of(), List.of(), Long.MAX_VALUE);
    assertThat(whereabouts(later)).isEqualTo(new Whereabouts(Long.MAX_VALUE, "c0ffee", 3));
  }

  private Whereabouts whereabouts(WorkspaceBook.Beat beat) {
    return Whereabouts.of(
        beat, Optional.empty(), Optional.of(node.hub.proposals().all().getLast()));
  }

  @Test
  void marksADecisionStaleWhenAnotherLandsFirst() {
    ObjectId a = node.commit("a", "1");
    ObjectId b = node.commit("b", "2");
    MergeDecision one = node.decide(a, "Add a");
    MergeDecision two = node.decide(b, "Add b");
    Block block = node.chain.block(node.chain.start(), node.chain.approved(one, 0, 1, 2));

    node.hub.apply(block, node.chain.finality(block, 0, 1, 2));

    assertThat(node.standing(two)).isInstanceOf(Standing.Stale.class);
    MergeDecision again = node.decideAgain(two.author().statement());
    assertThat(again.base()).isEqualTo(one.commit());
    assertThat(node.standing(two)).isInstanceOf(Standing.Deciding.class);
  }

  @Test
  void putsAnotherPolicyInForce() {
    var next = new Policy(List.of(), List.of(".env*"));
    PolicyDecision decision =
        PolicyDecision.sign(
            new PolicyChange(
                node.state().chainId(),
                node.state().policyChanges(),
                node.state().policyDigest(),
                next),
            node.chain.operator.signingKey());
    Block block = node.chain.block(node.chain.start(), node.chain.approved(decision, 0, 1, 2));

    assertThat(node.hub.apply(block, node.chain.finality(block, 0, 1, 2))).isTrue();

    assertThat(node.state().policyDigest()).isEqualTo(next.digest());
    assertThat(node.hub.certificates().ofDecision(decision.digest())).isPresent();
  }

  /** The chain refuses it from then on, so it must not wait for ever. */
  @Test
  void marksADecisionStaleWhenAnotherEngineComesIntoForce() {
    MergeDecision merge = node.decide(node.commit("a", "1"), "Add a");
    EngineDecision same = engine(merge.engineDigest());
    Block first = node.chain.block(node.chain.start(), node.chain.approved(same, 0, 1, 2, 3));
    assertThat(node.hub.apply(first, node.chain.finality(first, 0, 1, 2))).isTrue();
    assertThat(node.standing(merge)).isInstanceOf(Standing.Deciding.class);

    EngineDecision other = engine(Digest.sha256(new byte[] {1}));
    Block second = node.chain.block(first.header(), node.chain.approved(other, 0, 1, 2, 3));
    assertThat(node.hub.apply(second, node.chain.finality(second, 0, 1, 2))).isTrue();
    assertThat(node.standing(merge)).isInstanceOf(Standing.Stale.class);
  }

  private EngineDecision engine(Digest next) {
    return EngineDecision.sign(
        node.state().chainId(),
        node.state().engineInForce().changes(),
        node.state().engine().orElse(Digest.ZERO),
        next,
        node.chain.operator.signingKey());
  }

  @Test
  void goesOnAfterAnEmptyBlock() {
    Block empty = node.chain.block(node.chain.start());
    assertThat(node.hub.apply(empty, node.chain.finality(empty, 0, 1, 2))).isTrue();
    MergeDecision decision = node.decide(node.commit("a", "1"), "Add a");
    Block block = node.chain.block(empty.header(), node.chain.approved(decision, 0, 1, 2));

    node.hub.apply(block, node.chain.finality(block, 0, 1, 2));

    assertThat(node.repository.head().hex()).isEqualTo(decision.commit());
  }

  @Test
  void stopsWhenSomebodyElseWroteTheBranch() {
    MergeDecision decision = node.decide(node.commit("a", "1"), "Add a");
    Block block = node.chain.block(node.chain.start(), node.chain.approved(decision, 0, 1, 2));
    ObjectId stranger = node.commit("evil", "1");
    node.repository.git().update(node.repository.branch(), stranger, node.repository.head());

    assertThat(node.hub.apply(block, node.chain.finality(block, 0, 1, 2))).isFalse();

    assertThat(node.hub.stall().reason()).isEqualTo("SafetyViolation");
    assertThat(node.repository.head()).isEqualTo(stranger);
  }
}
