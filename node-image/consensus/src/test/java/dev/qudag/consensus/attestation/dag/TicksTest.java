package dev.qudag.consensus.attestation.dag;

import static dev.qudag.consensus.attestation.TestingAuthors.approve;
import static dev.qudag.consensus.attestation.TestingAuthors.chain;
import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.consensus.attestation.Frontier;
import dev.qudag.consensus.attestation.TestingAuthors;
import dev.qudag.consensus.attestation.Vertex;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whom a member tells by the clock how far it is, and when nobody: when it has told all once. */
class TicksTest {
  private static final int TOLD_ALL = 3;

  private final TestingDag dag = new TestingDag(4, 0);

  @BeforeEach
  void tellsAllOnce() {
    assertTells(1);
    assertTells(2);
    assertTells(3);
  }

  @Test
  void whatIsNotNewIsToldNowAndThenToOneAfterTheOther() {
    int quiet = AntiEntropy.QUIET_TICKS - TOLD_ALL - 1;
    for (int peer : new int[] {1, 2, 3, 1}) {
      for (int tick = 0; tick < quiet; tick++) {
        assertIsQuiet();
      }
      assertTells(peer);
      quiet = AntiEntropy.QUIET_TICKS - 1;
    }
  }

  @Test
  void aMemberAloneTellsNobody() {
    TestingDag alone = new TestingDag(1, 0);
    for (int tick = 0; tick < 2 * AntiEntropy.QUIET_TICKS; tick++) {
      assertThat(alone.perform(new Event.Tick())).isEmpty();
    }
  }

  @Test
  void whatIsNewIsToldToEachPeer() {
    dag.say(approve("d"));
    tellsAllOnce();
    assertIsQuiet();
  }

  /** Such as one whose answer was lost, because it had no stream to here yet. */
  @Test
  void whoCouldNotBeAskedIsAskedOnceMore() {
    TestingDag ahead = new TestingDag(4, 2);
    Vertex missing = ahead.say(approve("d"));
    dag.perform(new Event.Connected(2));
    assertThat(dag.receive(2, ahead.core().frontier())).as("asked a moment ago").isEmpty();
    assertTells(2);
    assertIsQuiet();
    dag.receive(2, missing);
    tellsAllOnce();
    assertIsQuiet();
  }

  @Test
  void allAreAskedInTurnWhileAVertexWaits() {
    dag.receive(1, chain(1, 2, "d").get(1));
    for (int peer : new int[] {1, 2, 3, 1}) {
      assertTells(peer);
    }
  }

  /** A faulty one may always have more to come. */
  @Test
  void aPeerThatClaimsMoreThanThereIsKeepsNobodyFromBeingAsked() {
    List<Frontier.Extent> extents = new ArrayList<>(dag.core().frontier().extents());
    extents.set(2, new Frontier.Extent(0, 9, TestingAuthors.digest("invented"), false));
    Frontier more = new Frontier(TestingAuthors.CHAIN, 0, extents);
    List<Integer> told = new ArrayList<>();
    for (int tick = 0; tick < 3 * AntiEntropy.QUIET_TICKS; tick++) {
      dag.receive(2, more);
      dag.receive(2, more);
      told.addAll(toldByATick());
    }
    assertThat(told).contains(1, 2, 3);
  }

  private List<Integer> toldByATick() {
    List<Integer> told = new ArrayList<>();
    for (Effect effect : dag.perform(new Event.Tick())) {
      if (effect instanceof Effect.Send send) {
        told.add(send.peer());
      }
    }
    return told;
  }

  private void assertIsQuiet() {
    assertThat(dag.perform(new Event.Tick())).isEmpty();
  }

  private void assertTells(int peer) {
    assertThat(dag.perform(new Event.Tick()))
        .containsExactly(new Effect.Send(peer, dag.core().frontier()));
  }
}
