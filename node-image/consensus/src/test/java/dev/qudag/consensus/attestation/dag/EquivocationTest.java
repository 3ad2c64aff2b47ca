package dev.qudag.consensus.attestation.dag;

import static dev.qudag.consensus.attestation.TestingAuthors.approve;
import static dev.qudag.consensus.attestation.TestingAuthors.chain;
import static dev.qudag.consensus.attestation.TestingAuthors.digest;
import static dev.qudag.consensus.attestation.TestingAuthors.link;
import static dev.qudag.consensus.attestation.TestingAuthors.reject;
import static dev.qudag.consensus.attestation.TestingAuthors.vertex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.qudag.consensus.attestation.DagEquivocation;
import dev.qudag.consensus.attestation.DagMessage;
import dev.qudag.consensus.attestation.DagRecord;
import dev.qudag.consensus.attestation.TestingAuthors;
import dev.qudag.consensus.attestation.Vertex;
import dev.qudag.consensus.attestation.VertexFlaw;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.SigningKey;
import dev.qudag.crypto.VerifyingKey;
import java.util.List;
import org.junit.jupiter.api.Test;

class EquivocationTest {
  private final TestingDag dag = new TestingDag(4, 0);
  private final Vertex one = vertex(1, List.of(), approve("d"));
  private final Vertex other = vertex(1, List.of(), reject("d"));
  private final DagEquivocation evidence = DagEquivocation.of(one, other);

  @Test
  void twoVerticesForOneSequenceConvictTheirAuthor() {
    dag.receive(1, one);
    List<Effect> effects = dag.receive(2, other);
    assertThat(effects)
        .containsExactly(
            new Effect.Persist(new DagRecord.Convicted(evidence)),
            new Effect.Convicted(evidence),
            new Effect.Forgotten(digest("d")),
            new Effect.Broadcast(evidence));
    assertThat(dag.hasConvicted(1)).isTrue();
  }

  @Test
  void anOrphanConvictsAsWell() {
    List<Vertex> chain = chain(1, 3, "d");
    dag.receive(1, chain.get(2));
    Vertex rival = vertex(1, List.of(link(chain.get(1))), reject("x"));
    assertThat(dag.receive(1, rival))
        .contains(new Effect.Convicted(DagEquivocation.of(chain.get(2), rival)));
    assertThat(dag.core().orphans()).as("its orphans are gone").isZero();
  }

  @Test
  void aForkFurtherDownConvictsOnceItsParentComes() {
    List<Vertex> chain = chain(1, 2, "d");
    chain.forEach(vertex -> dag.receive(1, vertex));
    Vertex rival = vertex(1, List.of(), reject("x"));
    Vertex onRival = vertex(1, List.of(link(rival)), approve("y"));
    Vertex onOnRival = vertex(1, List.of(link(onRival)), approve("z"));
    dag.receive(1, onOnRival);
    assertThat(dag.hasConvicted(1)).isFalse();
    dag.receive(1, onRival);
    assertThat(dag.hasConvicted(1)).isTrue();
  }

  @Test
  void nothingMoreIsTakenOfAConvictedAuthor() {
    dag.receive(2, evidence);
    assertThat(dag.refusals(one, vertex(1, List.of(link(one)), approve("e"))))
        .containsExactly(VertexFlaw.CONVICTED_AUTHOR, VertexFlaw.CONVICTED_AUTHOR);
    dag.restart();
    assertThat(dag.refusals(one)).containsExactly(VertexFlaw.CONVICTED_AUTHOR);
    dag.restartFromCheckpoint();
    assertThat(dag.refusals(one)).containsExactly(VertexFlaw.CONVICTED_AUTHOR);
  }

  @Test
  void anEquivocatorCannotHoldUpTheHonestByShowingEachAnotherVertex() {
    Vertex third = vertex(1, List.of(), approve("third"));
    dag.receive(2, evidence);
    Vertex honest = vertex(2, List.of(link(third)), approve("x"));
    assertThat(TestingDag.heard(dag.receive(2, honest))).containsExactly(digest("x"));
  }

  @Test
  void whoBuildsOnAnotherBranchIsHeardAndAskedForIt() {
    Vertex honest = vertex(2, List.of(link(other)), approve("x"));
    dag.receive(1, one);
    List<Effect> effects = dag.receive(2, honest);
    assertThat(TestingDag.heard(effects)).containsExactly(digest("x"));
    assertThat(TestingDag.sentTo(2, effects)).containsExactly(dag.core().frontier());
  }

  @Test
  void peersThatHoldDifferentBranchesFindTheProofByComparing() {
    TestingDag peer = new TestingDag(4, 2);
    dag.receive(1, one);
    peer.receive(1, other);
    List<DagMessage> answer = TestingDag.sentTo(0, peer.receive(0, dag.core().frontier()));
    assertThat(answer).contains(other);
    dag.receive(2, other);
    assertThat(dag.hasConvicted(1)).isTrue();
    assertThat(TestingDag.sentTo(2, dag.receive(2, peer.core().frontier()))).contains(evidence);
  }

  @Test
  void evidenceThatProvesNothingIsRefused() {
    DagEquivocation forged =
        new DagEquivocation(
            evidence.chainId(),
            0,
            1,
            0,
            evidence.firstBody(),
            evidence.firstSignature(),
            evidence.secondBody(),
            TestingAuthors.sign(2, new byte[0]));
    assertRefused(forged);
    assertRefused(moved(digest("another chain"), 0, 1));
    assertRefused(moved(TestingAuthors.CHAIN, 1, 1));
    assertRefused(moved(TestingAuthors.CHAIN, 0, 4));
    assertRefused(moved(TestingAuthors.CHAIN, 0, 2));
  }

  private DagEquivocation moved(Digest chain, long epoch, int author) {
    return new DagEquivocation(
        chain,
        epoch,
        author,
        0,
        evidence.firstBody(),
        evidence.firstSignature(),
        evidence.secondBody(),
        evidence.secondSignature());
  }

  private void assertRefused(DagEquivocation claimed) {
    assertThat(dag.receive(3, claimed))
        .containsExactly(new Effect.Refused(3, VertexFlaw.BAD_EVIDENCE));
  }

  @Test
  void aPlaceThatNoVertexMayHaveIsNoEvidence() {
    assertThatThrownBy(
            () ->
                new DagEquivocation(
                    evidence.chainId(),
                    0,
                    1,
                    Long.MAX_VALUE,
                    evidence.firstBody(),
                    evidence.firstSignature(),
                    evidence.secondBody(),
                    evidence.secondSignature()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void oneVertexIsNoEquivocationNorAreTwoOfTwoPlaces() {
    assertThatThrownBy(() -> DagEquivocation.of(one, one))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> DagEquivocation.of(one, vertex(2, List.of(), reject("d"))))
        .hasMessageContaining("two places");
  }

  @Test
  void onePairHasOneEncodingWhicheverCameFirst() {
    List<Vertex> swapped = List.of(other, one);
    assertThat(DagEquivocation.of(swapped.get(0), swapped.get(1)).encode())
        .isEqualTo(evidence.encode());
    assertThat(DagEquivocation.decode(evidence.encode())).isEqualTo(evidence);
  }

  @Test
  void holdsBeforeAnybodyWithTheRealKeyAndNoOther() {
    SigningKey key = SigningKey.generate();
    DagEquivocation real = DagEquivocation.of(signed(one, key), signed(other, key));
    assertThat(real.isProvenBy(key.verifyingKey())).isTrue();
    assertThat(real.isProvenBy(SigningKey.generate().verifyingKey())).isFalse();
    assertThat(real.encode().length).isLessThan(2 * VerifyingKey.SIGNATURE_SIZE + 200);
  }

  private static Vertex signed(Vertex vertex, SigningKey key) {
    return new Vertex(vertex.header(), vertex.body(), key.sign(vertex.header().encode()));
  }

  @Test
  void aMemberThatIsConvictedItselfSpeaksNoMore() {
    Vertex own = dag.say(approve("a"));
    Vertex twin = vertex(0, List.of(), reject("a"));
    assertThat(dag.receive(1, twin)).contains(new Effect.Convicted(DagEquivocation.of(own, twin)));
    assertThat(dag.perform(new Event.Say(List.of(approve("b"))))).isEmpty();
  }
}
