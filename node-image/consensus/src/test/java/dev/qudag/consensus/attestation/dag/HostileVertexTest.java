package dev.qudag.consensus.attestation.dag;

import static dev.qudag.consensus.attestation.TestingAuthors.approve;
import static dev.qudag.consensus.attestation.TestingAuthors.attestation;
import static dev.qudag.consensus.attestation.TestingAuthors.chain;
import static dev.qudag.consensus.attestation.TestingAuthors.digest;
import static dev.qudag.consensus.attestation.TestingAuthors.link;
import static dev.qudag.consensus.attestation.TestingAuthors.reject;
import static dev.qudag.consensus.attestation.TestingAuthors.sign;
import static dev.qudag.consensus.attestation.TestingAuthors.vertex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.qudag.consensus.attestation.Entry;
import dev.qudag.consensus.attestation.Frontier;
import dev.qudag.consensus.attestation.ParentLink;
import dev.qudag.consensus.attestation.TestingAuthors;
import dev.qudag.consensus.attestation.Verdicts;
import dev.qudag.consensus.attestation.Vertex;
import dev.qudag.consensus.attestation.VertexBody;
import dev.qudag.consensus.attestation.VertexFlaw;
import dev.qudag.consensus.attestation.VertexHeader;
import dev.qudag.consensus.chain.Attestation;
import dev.qudag.consensus.chain.Verdict;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each check of a vertex that a hostile author or peer may send. */
class HostileVertexTest {
  private static final int MEMBERS = 4;

  private final TestingDag dag = new TestingDag(MEMBERS, 0);

  @Test
  void aGoodVertexIsAccepted() {
    assertThat(dag.refusals(vertex(1, List.of(), approve("d")))).isEmpty();
    assertThat(dag.next(1)).isEqualTo(1);
  }

  @Test
  void aVertexOfAnotherChainIsRefused() {
    VertexBody body = vertex(1, List.of(), approve("d")).body();
    VertexHeader header = new VertexHeader(digest("another chain"), 0, 1, 0, body.digest());
    assertRefused(new Vertex(header, body, sign(1, header.encode())), VertexFlaw.OTHER_CHAIN);
  }

  @Test
  void aVertexOfAnotherEpochIsRefused() {
    VertexBody body = vertex(1, List.of(), approve("d")).body();
    VertexHeader header = new VertexHeader(TestingAuthors.CHAIN, 1, 1, 0, body.digest());
    assertRefused(new Vertex(header, body, sign(1, header.encode())), VertexFlaw.OTHER_CHAIN);
  }

  @Test
  void anAuthorOutsideOfTheSetIsRefused() {
    assertRefused(vertex(MEMBERS, List.of(), approve("d")), VertexFlaw.UNKNOWN_AUTHOR);
  }

  @Test
  void aParentByNobodyInTheSetIsRefusedAndNotWaitedFor() {
    Vertex hostile =
        vertex(1, List.of(new ParentLink(MEMBERS, 0, digest("nothing"))), approve("d"));
    assertRefused(hostile, VertexFlaw.UNKNOWN_PARENT_AUTHOR);
    assertThat(dag.core().orphans()).isZero();
  }

  @Test
  void anAttestationByAnotherAuthorIsRefused() {
    assertRefused(
        holding(attestation(2, 0, Digest.ZERO, approve("d"))), VertexFlaw.MISPLACED_ENTRY);
  }

  @Test
  void anAttestationForAnotherSequenceIsRefused() {
    assertRefused(
        holding(attestation(1, 1, Digest.ZERO, approve("d"))), VertexFlaw.MISPLACED_ENTRY);
  }

  @Test
  void anAttestationOnAnotherPredecessorIsRefused() {
    assertRefused(
        holding(attestation(1, 0, digest("another"), approve("d"))), VertexFlaw.MISPLACED_ENTRY);
  }

  @Test
  void anAttestationOfAnotherChainOrEpochIsRefused() {
    Digest decision = digest("d");
    for (Attestation.Content foreign :
        List.of(
            new Attestation.Content(
                digest("x"), 0, 1, 0, Digest.ZERO, decision, Verdict.APPROVE, ""),
            new Attestation.Content(
                TestingAuthors.CHAIN, 1, 1, 0, Digest.ZERO, decision, Verdict.APPROVE, ""))) {
      assertRefused(
          holding(foreign.withSignature(sign(1, foreign.encode()))), VertexFlaw.MISPLACED_ENTRY);
    }
  }

  @Test
  void aVertexThatItsAuthorDidNotSignIsRefused() {
    Vertex good = vertex(1, List.of(), approve("d"));
    assertRefused(
        new Vertex(good.header(), good.body(), sign(2, good.header().encode())),
        VertexFlaw.BAD_SIGNATURE);
  }

  @Test
  void anAttestationThatItsAuthorDidNotSignIsRefused() {
    Attestation good = attestation(1, 0, Digest.ZERO, approve("d"));
    Bytes forged = sign(2, good.content().encode());
    assertRefused(holding(good.content().withSignature(forged)), VertexFlaw.BAD_ENTRY_SIGNATURE);
  }

  @Test
  void aForgeryInAnAuthorsPlaceIsNoEquivocation() {
    Vertex good = vertex(1, List.of(), approve("d"));
    Vertex other = vertex(1, List.of(), reject("d"));
    Vertex forged = new Vertex(other.header(), other.body(), sign(2, other.header().encode()));
    assertThat(dag.refusals(good, forged)).containsExactly(VertexFlaw.BAD_SIGNATURE);
    assertThat(dag.hasConvicted(1)).isFalse();
  }

  @Test
  void anAuthorWithTooMuchWaitingIsRefusedUntilDecisionsEnd() {
    List<Vertex> chain = chain(1, 3, "d");
    long room = 2L * chain.getLast().encode().length;
    TestingDag small =
        new TestingDag(TestingAuthors.config(MEMBERS, 0, new DagConfig.Limits(1, 1, room)));
    assertThat(small.refusals(chain.get(0), chain.get(1), chain.get(2)))
        .containsExactly(VertexFlaw.TOO_MUCH_HELD);
    small.end("d0");
    assertThat(small.refusals(chain.get(2))).isEmpty();
    assertThat(small.next(1)).isEqualTo(3);
  }

  @Test
  void anAuthorWithTooMuchWaitingCostsNoSignatureChecksButIsStillConvicted() {
    List<Vertex> chain = chain(1, 2, "d");
    Vertex next = chain.get(1);
    TestingDag full =
        new TestingDag(
            TestingAuthors.config(
                MEMBERS, 0, new DagConfig.Limits(1, 1, chain.getFirst().encode().length)));
    Vertex forged = new Vertex(next.header(), next.body(), sign(2, next.header().encode()));
    assertThat(full.refusals(chain.getFirst(), forged)).containsExactly(VertexFlaw.TOO_MUCH_HELD);
    assertThat(full.refusals(vertex(1, List.of(), reject("d0")))).isEmpty();
    assertThat(full.hasConvicted(1)).isTrue();
  }

  @Test
  void twoWordsAboutOneDecisionCountAsTheFirst() {
    Verdicts verdicts = new Verdicts(TestingAuthors.set(MEMBERS));
    Vertex first = vertex(1, List.of(), reject("d"));
    Vertex second = vertex(1, List.of(link(first)), approve("d"));
    for (Vertex vertex : List.of(second, first)) {
      dag.receive(1, vertex).stream()
          .filter(Effect.Heard.class::isInstance)
          .forEach(heard -> verdicts.add(((Effect.Heard) heard).attestation()));
    }
    assertThat(verdicts.of(Verdict.REJECT)).as("whatever came first").hasSize(1);
    assertThat(verdicts.of(Verdict.APPROVE)).isEmpty();
  }

  @Test
  void aBatchIsNeitherEmptyNorEndless() {
    assertThatThrownBy(() -> new VertexBody(List.of(), List.of()))
        .hasMessageContaining("0 entries, expected 1 to 16");
    Entry entry = new Entry.Attested(attestation(1, 0, Digest.ZERO, approve("d")));
    assertThatThrownBy(() -> new VertexBody(List.of(), Collections.nCopies(17, entry)))
        .hasMessageContaining("17 entries");
  }

  @Test
  void parentsStandInOneOrder() {
    Vertex own = vertex(1, List.of(), approve("d0"));
    ParentLink of0 = link(vertex(0, List.of(), approve("d")));
    ParentLink of2 = link(vertex(2, List.of(), approve("d")));
    assertThat(dag.refusals(vertex(1, List.of(link(own), of0, of2), approve("d")))).isEmpty();
    for (List<ParentLink> wrong :
        List.of(
            List.of(of0, link(own)),
            List.of(link(own), of2, of0),
            List.of(link(own), of0, of0),
            List.of(link(own), link(own)),
            List.<ParentLink>of())) {
      List<Entry> entries =
          List.of(new Entry.Attested(attestation(1, 1, own.digest(), approve("d"))));
      assertThatThrownBy(() -> sign(1, 1, new VertexBody(wrong, entries)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aHeaderHoldsForItsOwnBodyOnly() {
    Vertex good = vertex(1, List.of(), approve("d"));
    VertexBody other = vertex(1, List.of(), reject("d")).body();
    assertThatThrownBy(() -> new Vertex(good.header(), other, good.signature()))
        .hasMessageContaining("another body");
  }

  @Test
  void anAuthorsOrphansAreBoundedAndTheHighestGivesWay() {
    TestingDag small =
        new TestingDag(TestingAuthors.config(MEMBERS, 0, new DagConfig.Limits(3, 5, 16 << 20)));
    List<Vertex> chain = chain(1, 12, "d");
    for (Vertex vertex : chain.subList(1, 12).reversed()) {
      assertThat(small.refusals(vertex)).isEmpty();
      assertThat(small.core().orphans()).isLessThanOrEqualTo(3);
    }
    small.refusals(chain.getFirst());
    assertThat(small.next(1)).as("the three lowest were kept").isEqualTo(4);
    assertThat(small.core().orphans()).isZero();
  }

  @Test
  void allOrphansAreBoundedAndWhoHasMostGivesWay() {
    TestingDag small =
        new TestingDag(TestingAuthors.config(7, 0, new DagConfig.Limits(3, 5, 16 << 20)));
    List<Vertex> victims = chain(1, 2, "victim");
    small.refusals(victims.get(1));
    List<Vertex> flood = new ArrayList<>();
    for (int author = 2; author < 5; author++) {
      flood.addAll(chain(author, 40, "flood" + author).subList(1, 40));
    }
    for (Vertex vertex : flood) {
      small.refusals(vertex);
      assertThat(small.core().orphans()).isLessThanOrEqualTo(5);
    }
    small.refusals(victims.get(0));
    assertThat(small.next(1)).as("one that does not flood loses nothing").isEqualTo(2);
  }

  /** An author may say of itself that nothing below the highest number is needed. */
  @Test
  void anAuthorAtTheEndOfItsSequenceNumbersBreaksNothing() {
    List<Frontier.Extent> extents = new ArrayList<>(dag.core().frontier().extents());
    extents.set(1, new Frontier.Extent(Long.MAX_VALUE, Long.MAX_VALUE, Digest.ZERO, false));
    dag.receive(1, new Frontier(TestingAuthors.CHAIN, 0, extents));
    assertThat(dag.next(1)).isEqualTo(Long.MAX_VALUE);
    assertThat(dag.refusals(vertex(1, List.of(), approve("d")))).isEmpty();
    VertexBody body = vertex(1, List.of(), approve("d")).body();
    assertThatThrownBy(
            () -> new VertexHeader(TestingAuthors.CHAIN, 0, 1, Long.MAX_VALUE, body.digest()))
        .hasMessageContaining("a next sequence");
    assertThat(dag.perform(new Event.Tick())).hasSize(1);
  }

  @Test
  void aForgedOrphanTakesNoRoom() {
    Vertex good = chain(1, 2, "d").get(1);
    Vertex forged = new Vertex(good.header(), good.body(), sign(3, good.header().encode()));
    assertRefused(forged, VertexFlaw.BAD_SIGNATURE);
    assertThat(dag.core().orphans()).isZero();
  }

  private static Vertex holding(Attestation attestation) {
    return sign(1, 0, new VertexBody(List.of(), List.of(new Entry.Attested(attestation))));
  }

  private void assertRefused(Vertex vertex, VertexFlaw flaw) {
    assertThat(dag.refusals(vertex)).containsExactly(flaw);
    assertThat(dag.core().held()).isZero();
    assertThat(dag.log()).isEmpty();
  }
}
