package dev.qudag.consensus.attestation.dag;

import static dev.qudag.consensus.attestation.TestingAuthors.approve;
import static dev.qudag.consensus.attestation.TestingAuthors.chain;
import static dev.qudag.consensus.attestation.TestingAuthors.digest;
import static dev.qudag.consensus.attestation.TestingAuthors.link;
import static dev.qudag.consensus.attestation.TestingAuthors.reject;
import static dev.qudag.consensus.attestation.TestingAuthors.vertex;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.qudag.consensus.attestation.DagMessage;
import dev.qudag.consensus.attestation.Frontier;
import dev.qudag.consensus.attestation.TestingAuthors;
import dev.qudag.consensus.attestation.Vertex;
import dev.qudag.consensus.attestation.VertexFlaw;
import dev.qudag.consensus.attestation.Word;
import dev.qudag.consensus.chain.Attestation;
import dev.qudag.consensus.chain.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DagTest {
  private final TestingDag dag = new TestingDag(4, 0);

  @Test
  void aWordIsPersistedBeforeItIsSent() {
    List<Effect> effects = dag.perform(new Event.Say(List.of(approve("d"))));
    assertThat(effects)
        .extracting(effect -> effect.getClass().getSimpleName())
        .containsExactly("Persist", "Heard", "Broadcast");
  }

  @Test
  void wordsThatWaitTogetherTravelTogether() {
    Word[] words = IntStream.range(0, 20).mapToObj(i -> approve("d" + i)).toArray(Word[]::new);
    List<Effect> effects = dag.perform(new Event.Say(List.of(words)));
    assertThat(TestingDag.heard(effects)).hasSize(20);
    assertThat(dag.next(0)).as("batches of at most 16").isEqualTo(2);
  }

  @Test
  void aVertexHangsOnTheOwnOneBeforeAndOnTheLastOfOthers() {
    Vertex first = dag.say(approve("a"));
    Vertex other = vertex(2, List.of(), approve("a"));
    dag.receive(2, other);
    Vertex second = dag.say(approve("b"));
    assertThat(first.body().parents()).isEmpty();
    assertThat(second.body().parents()).containsExactly(link(first), link(other));
    Attestation said = second.attestations().getFirst();
    assertThat(said.sequence()).isEqualTo(1);
    assertThat(said.previousDigest()).isEqualTo(first.digest());
  }

  @Test
  void neverSignsTwoWordsAboutOneDecision() {
    dag.say(approve("d"));
    assertThat(dag.perform(new Event.Say(List.of(reject("d"))))).isEmpty();
    dag.restart();
    assertThat(dag.perform(new Event.Say(List.of(reject("d"))))).isEmpty();
    dag.restartFromCheckpoint();
    assertThat(dag.perform(new Event.Say(List.of(reject("d"))))).isEmpty();
    dag.end("d");
    assertThat(dag.perform(new Event.Say(List.of(reject("d"))))).isEmpty();
    dag.restartFromCheckpoint();
    assertThat(dag.perform(new Event.Say(List.of(reject("d"))))).isEmpty();
  }

  @Test
  void oneBatchHoldsOneWordForADecision() {
    Vertex vertex = dag.say(approve("d"), reject("d"));
    assertThat(vertex.attestations())
        .extracting(Attestation::verdict)
        .containsExactly(Verdict.APPROVE);
  }

  @Test
  void aRestartBringsBackEverythingAndTheNextSequence() {
    dag.say(approve("a"));
    chain(1, 3, "d").forEach(vertex -> dag.receive(1, vertex));
    dag.end("d0");
    Frontier before = dag.core().frontier();
    List<Effect> replay = dag.restart();
    assertThat(dag.core().frontier()).isEqualTo(before);
    assertThat(TestingDag.heard(replay)).contains(digest("a"), digest("d1"), digest("d2"));
    assertThat(replay).noneMatch(e -> e instanceof Effect.Persist || e instanceof Effect.Broadcast);
    dag.restartFromCheckpoint();
    assertThat(dag.core().frontier()).isEqualTo(before);
    assertThat(dag.say(approve("b")).sequence()).isEqualTo(1);
  }

  @Test
  void aVertexWaitsForItsAuthorsVertexBefore() {
    List<Vertex> chain = chain(1, 3, "d");
    assertThat(TestingDag.heard(dag.receive(1, chain.get(2)))).isEmpty();
    assertThat(TestingDag.heard(dag.receive(1, chain.get(1)))).isEmpty();
    assertThat(TestingDag.heard(dag.receive(1, chain.get(0))))
        .containsExactly(digest("d0"), digest("d1"), digest("d2"));
    assertThat(dag.core().orphans()).isZero();
  }

  @Test
  void aParentByAnotherAuthorIsAskedForAndNotWaitedFor() {
    Vertex parent = vertex(3, List.of(), approve("x"));
    Vertex onParent = vertex(2, List.of(link(parent)), approve("y"));
    List<Effect> effects = dag.receive(2, onParent);
    assertThat(TestingDag.heard(effects)).containsExactly(digest("y"));
    assertThat(TestingDag.sentTo(2, effects)).containsExactly(dag.core().frontier());
    assertThat(dag.core().orphans()).isZero();
    Vertex next = vertex(2, List.of(link(onParent), link(parent)), approve("later"));
    assertThat(TestingDag.sentTo(2, dag.receive(2, next))).as("once a tick").isEmpty();
    dag.receive(3, parent);
    Vertex onBoth = vertex(1, List.of(link(parent)), approve("z"));
    assertThat(TestingDag.sentTo(1, dag.receive(1, onBoth))).as("nothing is missing").isEmpty();
  }

  /**
   * The author 1 shows two vertices to member 0 alone. The first is pruned there; so the second,
   * which member 0 names as a parent from then on, can never be appended anywhere else.
   */
  @Test
  void whatOneMemberWasShownAndPrunedCutsItOffFromNobody() {
    TestingDag listener = dag;
    Vertex first = vertex(1, List.of(), approve("d"));
    Vertex second = vertex(1, List.of(link(first)), approve("nobody knows it"));
    List<Vertex> said = new ArrayList<>(List.of(listener.say(approve("d"))));
    listener.receive(1, first);
    listener.receive(1, second);
    listener.end("d");
    said.add(listener.say(approve("e")));
    said.add(listener.say(approve("f")));
    assertThat(said.getLast().seen()).containsExactly(link(second));
    for (int self : new int[] {2, 3}) {
      TestingDag other = new TestingDag(4, self);
      said.forEach(vertex -> other.receive(0, vertex));
      other.receive(0, second);
      other.receive(0, listener.core().frontier());
      assertThat(other.next(0)).isEqualTo(3);
      assertThat(other.next(1)).as("one member does not vouch for a gap").isZero();
    }
  }

  @Test
  void whoBringsAnOrphanIsAskedOnceForWhatIsMissing() {
    List<Vertex> chain = chain(1, 3, "d");
    assertThat(TestingDag.sentTo(2, dag.receive(2, chain.get(2))))
        .containsExactly(dag.core().frontier());
    assertThat(TestingDag.sentTo(2, dag.receive(2, chain.get(1)))).isEmpty();
  }

  @Test
  void aDuplicateChangesNothing() {
    Vertex vertex = vertex(1, List.of(), approve("d"));
    dag.receive(1, vertex);
    assertThat(dag.receive(2, vertex)).isEmpty();
  }

  @Test
  void whatHasEndedIsPrunedFromTheOldestOnAndTheTipIsKept() {
    List<Vertex> chain = chain(1, 3, "d");
    chain.forEach(vertex -> dag.receive(1, vertex));
    assertThat(dag.end("d1")).as("d0 is open").noneMatch(Effect.Forgotten.class::isInstance);
    assertThat(dag.end("d0"))
        .contains(new Effect.Forgotten(digest("d0")), new Effect.Forgotten(digest("d1")));
    assertThat(dag.end("d2")).contains(new Effect.Forgotten(digest("d2")));
    assertThat(dag.core().held()).isZero();
    assertThat(dag.core().frontier().of(1))
        .isEqualTo(new Frontier.Extent(3, 3, chain.get(2).digest(), false));
    dag.restartFromCheckpoint();
    Vertex next = vertex(1, List.of(link(chain.get(2))), approve("later"));
    assertThat(TestingDag.heard(dag.receive(1, next))).containsExactly(digest("later"));
  }

  @Test
  void aWordThatComesAfterTheEndIsPrunedAtOnce() {
    dag.end("d0");
    dag.receive(1, chain(1, 1, "d").getFirst());
    assertThat(dag.floor(1)).isEqualTo(1);
    assertThat(dag.core().held()).isZero();
  }

  @Test
  void endsAreRememberedForAWhileNotForEver() {
    for (int i = 0; i < 2 * Mentions.ENDED_REMEMBERED; i++) {
      dag.end("ended" + i);
    }
    dag.receive(1, vertex(1, List.of(), approve("ended0")));
    dag.receive(2, vertex(2, List.of(), approve("ended" + (2 * Mentions.ENDED_REMEMBERED - 1))));
    assertThat(dag.floor(1)).as("forgotten").isZero();
    assertThat(dag.floor(2)).as("remembered").isEqualTo(1);
  }

  @Test
  void aParentThatWasPrunedIsNotMissing() {
    List<Vertex> chain = chain(1, 2, "d");
    chain.forEach(vertex -> dag.receive(1, vertex));
    dag.end("d0", "d1");
    Vertex late = vertex(2, List.of(link(chain.get(0))), approve("x"));
    assertThat(TestingDag.heard(dag.receive(2, late))).containsExactly(digest("x"));
  }

  @Test
  void theAuthorsOwnWordLetsWhatItPrunedBePassedOver() {
    List<Vertex> chain = chain(1, 5, "d");
    dag.receive(1, chain.get(0));
    dag.receive(1, frontier(1, 1, new Frontier.Extent(4, 5, chain.get(4).digest(), false)));
    assertThat(dag.floor(1)).isEqualTo(4);
    assertThat(TestingDag.heard(dag.receive(1, chain.get(4)))).containsExactly(digest("d4"));
    dag.restart();
    assertThat(dag.next(1)).isEqualTo(5);
  }

  @Test
  void whatOneOtherPeerSaysIsPrunedIsWaitedForUntilAnHonestOneMustHaveSaidSo() {
    List<Vertex> chain = chain(1, 5, "d");
    Frontier.Extent pruned = new Frontier.Extent(4, 4, chain.get(3).digest(), false);
    dag.receive(2, frontier(2, 1, pruned));
    assertThat(dag.floor(1)).as("one may lie").isZero();
    dag.receive(3, frontier(3, 1, pruned));
    assertThat(dag.floor(1)).as("two of four: one is honest").isEqualTo(4);
  }

  @Test
  void neverSpeaksAgainOfWhatPeersHavePrunedOfItsOwn() {
    Vertex own = dag.say(approve("d"));
    Frontier.Extent pruned = new Frontier.Extent(1, 1, own.digest(), false);
    dag.receive(1, frontier(1, 0, pruned));
    dag.receive(2, frontier(2, 0, pruned));
    assertThat(dag.floor(0)).isEqualTo(1);
    assertThat(dag.perform(new Event.Say(List.of(reject("d"))))).isEmpty();
    dag.restartFromCheckpoint();
    assertThat(dag.perform(new Event.Say(List.of(reject("d"))))).isEmpty();
    assertThat(dag.say(approve("e")).sequence()).isEqualTo(1);
  }

  @Test
  void peersCannotMakeAMemberPassOverItsOwnNextSequence() {
    dag.say(approve("d"));
    Frontier.Extent invented = new Frontier.Extent(9, 9, digest("x"), false);
    dag.receive(1, frontier(1, 0, invented));
    dag.receive(2, frontier(2, 0, invented));
    assertThat(dag.say(approve("e")).sequence()).isEqualTo(1);
  }

  @Test
  void aFrontierOfAnotherChainOrSetIsRefused() {
    assertThat(dag.receive(1, new Frontier(digest("x"), 0, dag.core().frontier().extents())))
        .containsExactly(new Effect.Refused(1, VertexFlaw.OTHER_CHAIN));
    assertThat(dag.receive(1, new Frontier(TestingAuthors.CHAIN, 0, List.of())))
        .containsExactly(new Effect.Refused(1, VertexFlaw.BAD_FRONTIER));
  }

  @Test
  void answersAreBoundedAndGoOnUntilNothingIsMissing() {
    chain(1, 3 * AntiEntropy.MOST_SENT, "d").forEach(vertex -> dag.receive(1, vertex));
    TestingDag empty = new TestingDag(4, 3);
    List<DagMessage> toDag = List.of(empty.core().frontier());
    int rounds = 0;
    while (!toDag.isEmpty()) {
      List<DagMessage> answers =
          toDag.stream().flatMap(m -> TestingDag.sentTo(3, dag.receive(3, m)).stream()).toList();
      assertThat(answers).hasSizeLessThanOrEqualTo(AntiEntropy.MOST_SENT + 1);
      toDag =
          answers.stream()
              .flatMap(m -> TestingDag.sentTo(0, empty.receive(0, m)).stream())
              .toList();
      assertThat(++rounds).isLessThan(10);
    }
    assertThat(empty.next(1)).isEqualTo(3L * AntiEntropy.MOST_SENT);
  }

  @Test
  void startedIsTheFirstEventAndOnlyTheFirst() {
    Dag unstarted = new Dag(TestingAuthors.config(4, 0));
    assertThatThrownBy(() -> unstarted.apply(new Event.Tick()))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> dag.perform(new Event.Started(List.of())))
        .isInstanceOf(IllegalStateException.class);
  }

  private Frontier frontier(int sender, int author, Frontier.Extent extent) {
    Frontier own = new TestingDag(4, sender).core().frontier();
    return new Frontier(
        own.chainId(),
        own.epoch(),
        IntStream.range(0, 4).mapToObj(i -> i == author ? extent : own.of(i)).toList());
  }
}
