package dev.qudag.node.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.qudag.consensus.chain.decision.AdoptDecision;
import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.consensus.chain.decision.MergeDecision;
import dev.qudag.consensus.chain.decision.VoidDecision;
import dev.qudag.consensus.simplex.block.Block;
import dev.qudag.merge.ObjectId;
import dev.qudag.merge.RefName;
import dev.qudag.node.hub.book.Standing;
import dev.qudag.node.main.TestingCrash;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Landing by way of a real Git server, by certificates with real signatures. */
class UpstreamLandingIT {
  private static final RefName NOTES = RefName.of("refs/notes/qudag");

  @TempDir Path folder;
  private TestingUpstream up;

  @BeforeEach
  void start() throws IOException {
    up = new TestingUpstream(folder);
  }

  @AfterEach
  void stop() {
    up.close();
  }

  @Test
  void beginsWhereUpstreamIsAndLandsThereFirst() {
    assertThat(up.node.repository.head()).isEqualTo(up.start);
    MergeDecision decision = up.node.decide(up.node.commit("a", "1"), "Add a");

    assertThat(up.apply(up.node, up.node.chain.start(), decision)).isTrue();

    assertThat(up.server.head().hex()).isEqualTo(decision.commit());
    assertThat(up.server.repository().ref(NOTES)).isEqualTo(up.node.repository.git().ref(NOTES));
    assertThat(up.node.repository.head().hex()).isEqualTo(decision.commit());
    assertThat(up.node.standing(decision)).isInstanceOf(Standing.Landed.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hub-after-commit-written",
        "hub-before-push",
        "hub-after-push",
        "hub-after-update-ref",
        "hub-after-note",
        "hub-after-journal"
      })
  void landsOnceThoughItDiesOnTheWay(String point) throws IOException {
    MergeDecision decision = up.node.decide(up.node.commit("a", "1"), "Add a");
    up.dieAt(point);

    assertThatThrownBy(() -> up.apply(up.node, up.node.chain.start(), decision))
        .isInstanceOf(TestingCrash.Died.class);
    TestingHub restarted = up.node.restarted();
    assertThat(up.apply(restarted, up.node.chain.start(), decision)).isTrue();

    assertThat(up.server.head().hex()).isEqualTo(decision.commit());
    assertThat(restarted.repository.head().hex()).isEqualTo(decision.commit());
    assertThat(restarted.standing(decision)).isInstanceOf(Standing.Landed.class);
  }

  @Test
  void hasLandedWhatWasPushedThoughSomebodyPushedOnItMeanwhile() throws IOException {
    MergeDecision decision = up.node.decide(up.node.commit("a", "1"), "Add a");
    up.dieAt("hub-after-push");
    assertThatThrownBy(() -> up.apply(up.node, up.node.chain.start(), decision))
        .isInstanceOf(TestingCrash.Died.class);
    ObjectId further = up.server.commit("further", up.server.head());
    up.server.move(further);

    TestingHub restarted = up.node.restarted();
    assertThat(up.apply(restarted, up.node.chain.start(), decision)).isTrue();

    assertThat(restarted.repository.head().hex()).isEqualTo(decision.commit());
    up.look(restarted);
    assertThat(up.offer(restarted).commit()).isEqualTo(further);
  }

  @Test
  void takesBackWhatUpstreamWentPastAndAdoptsWhatIsThere() throws IOException {
    MergeDecision late = up.node.decide(up.node.commit("a", "1"), "Add a");
    ObjectId other = up.server.commit("other", up.start);
    up.server.move(other);

    Block first = up.block(up.node.chain.start(), late);
    assertThat(up.apply(up.node, first)).isTrue();
    assertThat(up.node.repository.head()).isEqualTo(up.start);
    assertThat(up.node.state().head("refs/heads/main")).contains(late.commit());

    up.look(up.node);
    Decision undone = up.pending(up.node);
    assertThat(undone).isInstanceOf(VoidDecision.class);
    Block second = up.block(first.header(), undone);
    assertThat(up.apply(up.node, second)).isTrue();
    assertThat(up.node.state().head("refs/heads/main")).contains(up.start.hex());
    assertThat(up.node.standing(late)).isInstanceOf(Standing.Stale.class);

    up.look(up.node);
    assertThatThrownBy(() -> up.node.decideAgain(late.author().statement()))
        .isInstanceOf(RefusedException.class);
    AdoptDecision adoption = up.endorsed(up.node);
    Block third = up.block(second.header(), adoption);
    assertThat(up.apply(up.node, third)).isTrue();
    assertThat(up.node.repository.head()).isEqualTo(other);

    up.look(up.node);
    MergeDecision again = up.node.decideAgain(late.author().statement());
    up.pass(Duration.ofMinutes(2));
    assertThat(up.apply(up.node, third.header(), again)).isTrue();
    assertThat(up.server.head().hex()).isEqualTo(again.commit());
    assertThat(up.node.standing(again)).isInstanceOf(Standing.Landed.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"hub-after-taken-back", "hub-after-adopted"})
  void isInStepAgainThoughItDiesOnTheWay(String point) throws IOException {
    MergeDecision late = up.node.decide(up.node.commit("a", "1"), "Add a");
    ObjectId other = up.server.commit("other", up.start);
    up.server.move(other);
    TestingHub hub = up.node;
    Block first = up.block(up.node.chain.start(), late);
    up.apply(hub, first);
    hub = hub.restarted();
    up.look(hub);
    Block second = up.block(first.header(), up.pending(hub));
    up.dieAt(point);
    hub = applyAndDie(hub, second, point.equals("hub-after-taken-back"));
    up.look(hub);
    Block third = up.block(second.header(), up.endorsed(hub));
    hub = applyAndDie(hub, third, point.equals("hub-after-adopted"));

    up.look(hub);
    assertThat(hub.repository.head()).isEqualTo(other);
    assertThat(hub.state().head("refs/heads/main")).contains(other.hex());
    assertThat(hub.hub.obstacle()).isEmpty();
    assertThat(hub.hub.undecided()).isEmpty();
  }

  private TestingHub applyAndDie(TestingHub hub, Block block, boolean dies) throws IOException {
    if (!dies) {
      assertThat(up.apply(hub, block)).isTrue();
      return hub;
    }
    assertThatThrownBy(() -> up.apply(hub, block)).isInstanceOf(TestingCrash.Died.class);
    TestingHub restarted = hub.restarted();
    assertThat(up.apply(restarted, block)).isTrue();
    return restarted;
  }

  /** What upstream holds is not pushed again, and its branch counts from genesis on. */
  @Test
  void landsAgainOnANewVolumeWhatUpstreamHolds() throws IOException {
    MergeDecision decision = up.node.decide(up.node.commit("a", "1"), "Add a");
    Block block = up.block(up.node.chain.start(), decision);
    up.apply(up.node, block);
    ObjectId further = up.server.commit("further", up.server.head());
    up.server.move(further);

    TestingHub anew = up.node.onNewVolume(folder.resolve("anew"));
    assertThat(anew.repository.head()).isEqualTo(further);
    anew.hub.landing().startFromGenesis();
    assertThat(anew.repository.head()).isEqualTo(up.start);
    assertThat(up.apply(anew, block)).isTrue();

    assertThat(anew.repository.head().hex()).isEqualTo(decision.commit());
    assertThat(anew.standing(decision)).isInstanceOf(Standing.Landed.class);
    up.look(anew);
    assertThat(up.offer(anew).commit()).isEqualTo(further);
  }

  @Test
  void adoptsWhatSomebodyPushedWhileNothingLands() {
    ObjectId other = up.server.commit("other", up.start);
    up.server.move(other);

    up.look(up.node);
    assertThat(up.apply(up.node, up.block(up.node.chain.start(), up.endorsed(up.node)))).isTrue();

    assertThat(up.node.repository.head()).isEqualTo(other);
    up.look(up.node);
    assertThat(up.node.hub.following().orElseThrow().isMoving()).isFalse();
  }
}
