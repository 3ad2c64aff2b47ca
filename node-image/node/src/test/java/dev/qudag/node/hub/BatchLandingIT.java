package dev.qudag.node.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.qudag.consensus.certificate.CertificateVerifier;
import dev.qudag.consensus.certificate.Verification;
import dev.qudag.consensus.chain.decision.BatchDecision;
import dev.qudag.consensus.chain.decision.MergeDecision;
import dev.qudag.consensus.simplex.block.Block;
import dev.qudag.merge.ObjectId;
import dev.qudag.node.hub.book.Standing;
import dev.qudag.node.main.TestingCrash;
import dev.qudag.node.verify.CertificateFile;
import dev.qudag.proto.DecisionState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several proposals land by one decision, on a real repository. */
class BatchLandingIT {
  @TempDir Path data;
  private TestingHub node;
  private ObjectId start;

  @BeforeEach
  void start() throws IOException {
    node = TestingHub.on(data, 4);
    start = node.repository.head();
  }

  @AfterEach
  void disarm() {
    TestingCrash.disarm();
  }

  private BatchDecision decideThree() {
    return node.decideTogether(node.commit("a", "1"), node.commit("b", "2"), node.commit("c", "3"));
  }

  private Block block(BatchDecision batch) {
    return node.chain.block(node.chain.start(), node.chain.approved(batch, 0, 1, 2));
  }

  @Test
  void eachLandsAsACommitOfItsOwnWithTheCertificateOfAll() {
    BatchDecision batch = decideThree();
    Block block = block(batch);

    assertThat(node.hub.apply(block, node.chain.finality(block, 1, 2, 3))).isTrue();

    assertLandedOnce(node, batch);
  }

  /** Whoever looks at the branch sees none of them, or all. */
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
  void landsAllOrNoneThoughItDiesOnTheWay(String point) throws IOException {
    BatchDecision batch = decideThree();
    Block block = block(batch);
    TestingCrash.at(data, point);

    assertThatThrownBy(() -> node.hub.apply(block, node.chain.finality(block, 0, 1, 2)))
        .isInstanceOf(TestingCrash.Died.class);
    TestingHub restarted = node.restarted();
    assertThat(restarted.repository.head()).isIn(start, ObjectId.of(batch.commit()));
    assertThat(restarted.hub.apply(block, node.chain.finality(block, 1, 2, 3))).isTrue();

    assertLandedOnce(restarted, batch);
    assertLandedOnce(restarted.restarted(), batch);
  }

  private static void assertLandedOnce(TestingHub hub, BatchDecision batch) {
    assertThat(hub.repository.head().hex()).isEqualTo(batch.commit());
    assertThat(hub.state().head("refs/heads/main")).contains(batch.commit());
    for (MergeDecision member : batch.members()) {
      var commit = ObjectId.of(member.commit());
      assertThat(hub.repository.git().firstParent(commit)).contains(ObjectId.of(member.base()));
      var note = hub.repository.certificates().read(commit).orElseThrow();
      assertThat(
              CertificateVerifier.of(hub.chain.genesis)
                  .verify(CertificateFile.read(note).certificate(), batch))
          .isInstanceOf(Verification.Proven.class);
      assertThat(hub.standing(member.proposal()))
          .isInstanceOfSatisfying(
              Standing.Landed.class,
              landed -> {
                assertThat(landed.was().commit()).isEqualTo(commit);
                assertThat(landed.was().base().hex()).isEqualTo(member.base());
                assertThat(landed.was().decision()).isEqualTo(batch.digest());
              });
    }
    assertThat(hub.hub.undecided()).isEmpty();
  }

  /** One of them may be to blame: each has its own decision next, and ends by that alone. */
  @Test
  void whatIsRejectedTogetherIsDecidedEachByItself() throws IOException {
    BatchDecision batch = decideThree();
    for (int validator = 0; validator < 3; validator++) {
      node.hub.report(validator, List.of(rejected(batch)));
    }

    assertThat(node.hub.undecided()).isEmpty();
    TestingHub restarted = node.restarted();
    for (String name : batch.proposals()) {
      assertThat(restarted.standing(name)).isInstanceOf(Standing.Stale.class);
      assertThat(restarted.hub.proposals().find(name).orElseThrow().isAlone()).isTrue();
    }
    assertThatThrownBy(
            () ->
                node.hub
                    .deciding(node.hub.analyses())
                    .land(batch.proposals(), start, ObjectId.of(batch.commit()), List.of()))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("decided by itself");
  }

  private static DecisionState rejected(BatchDecision batch) {
    return DecisionState.newBuilder()
        .setDigest(ByteString.copyFrom(batch.digest().bytes()))
        .setRejections(3)
        .setRequired(3)
        .addReasons("PathDenied: .env")
        .build();
  }

  @Test
  void anotherLastCommitThanTheMembersMakeIsRefused() {
    BatchDecision batch = decideThree();
    node.hub.proposals().markStale(_ -> false);

    assertThatThrownBy(
            () ->
                node.hub
                    .deciding(node.hub.analyses())
                    .land(
                        batch.proposals().subList(0, 2),
                        start,
                        ObjectId.of(batch.commit()),
                        List.of()))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("not " + batch.commit());
  }
}
