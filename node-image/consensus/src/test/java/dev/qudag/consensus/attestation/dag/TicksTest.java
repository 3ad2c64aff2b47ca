package dev.qudag.consensus.attestation.dag;

import static dev.qudag.consensus.attestation.TestingAuthors.approve;
import static dev.qudag.consensus.attestation.TestingAuthors.chain;
import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.consensus.attestation.Vertex;
import org.junit.jupiter.api.Test;

/** Whom a member tells by the clock how far it is, and when nobody. */
class TicksTest {
  private final TestingDag dag = new TestingDag(4, 0);

  @Test
  void ticksTellEachPeerOnceAndThenNowAndThen() {
    assertTells(1);
    assertTells(2);
    assertTells(3);
    for (int peer : new int[] {1, 2, 3, 1}) {
      for (int quiet = 1; quiet < AntiEntropy.QUIET_TICKS; quiet++) {
        assertThat(dag.perform(new Event.Tick())).isEmpty();
      }
      assertTells(peer);
    }
    assertThat(new TestingDag(1, 0).perform(new Event.Tick())).isEmpty();
  }

  @Test
  void ticksTellEachPeerWhatIsNew() {
    for (int peer = 1; peer < 4; peer++) {
      assertTells(peer);
    }
    dag.say(approve("d"));
    for (int peer = 1; peer < 4; peer++) {
      assertTells(peer);
    }
    assertThat(dag.perform(new Event.Tick())).isEmpty();
  }

  /** The answer to the first question got lost: the peer had no stream to here yet. */
  @Test
  void ticksAskWhoHasWhatIsMissingUntilItIsHere() {
    for (int peer = 1; peer < 4; peer++) {
      assertTells(peer);
    }
    TestingDag ahead = new TestingDag(4, 2);
    Vertex missing = ahead.say(approve("d"));
    dag.receive(2, ahead.core().frontier());
    assertTells(2);
    assertTells(2);
    dag.receive(2, missing);
    assertTells(3);
    assertTells(1);
    assertTells(2);
    assertThat(dag.perform(new Event.Tick())).isEmpty();
  }

  @Test
  void ticksAskAllInTurnWhileAVertexWaits() {
    dag.receive(1, chain(1, 2, "d").get(1));
    for (int peer : new int[] {1, 2, 3, 1}) {
      assertTells(peer);
    }
  }

  private void assertTells(int peer) {
    assertThat(dag.perform(new Event.Tick()))
        .containsExactly(new Effect.Send(peer, dag.core().frontier()));
  }
}
