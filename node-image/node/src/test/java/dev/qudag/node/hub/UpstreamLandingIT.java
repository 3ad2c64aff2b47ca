package dev.qudag.node.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.qudag.consensus.chain.decision.AdoptDecision;
import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.consensus.chain.decision.MergeDecision;
import dev.qudag.consensus.chain.decision.VoidDecision;
import dev.qudag.consensus.simplex.block.Block;
import dev.qudag.consensus.simplex.block.BlockHeader;
import dev.qudag.merge.ObjectId;
import dev.qudag.merge.RefName;
import dev.qudag.node.hub.analysis.Analyses;
import dev.qudag.node.hub.book.Standing;
import dev.qudag.node.hub.landing.Obstacle;
import dev.qudag.node.hub.repository.HubRepository;
import dev.qudag.node.hub.upstream.GitUpstream;
import dev.qudag.node.hub.upstream.Offer;
import dev.qudag.node.hub.upstream.TestingGitServer;
import dev.qudag.node.hub.upstream.UpstreamUrl;
import dev.qudag.node.main.TestingCrash;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
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
  private final AtomicLong now = new AtomicLong(1_760_000_000_000L);
  private TestingGitServer server;
  private Path secret;
  private ObjectId start;
  private TestingHub node;

  @BeforeEach
  void start() throws IOException {
    server = new TestingGitServer(folder.resolve("server"));
    start = server.commit("start");
    server.move(start);
    secret = TestingGitServer.secret(folder.resolve("secret"), TestingGitServer.PASSWORD);
    node = TestingHub.following(folder.resolve("hub"), 4, this::upstream);
  }

  private GitUpstream upstream(HubRepository repository) throws IOException {
    return GitUpstream.of(
        UpstreamUrl.parse(server.url()),
        TestingGitServer.MAIN,
        secret,
        folder.resolve("hub"),
        repository,
        () -> Instant.ofEpochMilli(now.get()));
  }

  @AfterEach
  void stop() {
    TestingCrash.disarm();
    server.close();
  }

  @Test
  void beginsWhereUpstreamIsAndLandsThereFirst() {
    assertThat(node.repository.head()).isEqualTo(start);
    MergeDecision decision = node.decide(node.commit("a", "1"), "Add a");

    assertThat(apply(node, node.chain.start(), decision)).isTrue();

    assertThat(server.head().hex()).isEqualTo(decision.commit());
    assertThat(server.repository().ref(NOTES)).isEqualTo(node.repository.git().ref(NOTES));
    assertThat(node.repository.head().hex()).isEqualTo(decision.commit());
    assertThat(node.standing(decision)).isInstanceOf(Standing.Landed.class);
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
    MergeDecision decision = node.decide(node.commit("a", "1"), "Add a");
    TestingCrash.at(folder.resolve("hub"), point);

    assertThatThrownBy(() -> apply(node, node.chain.start(), decision))
        .isInstanceOf(TestingCrash.Died.class);
    TestingHub restarted = node.restarted();
    assertThat(apply(restarted, node.chain.start(), decision)).isTrue();

    assertThat(server.head().hex()).isEqualTo(decision.commit());
    assertThat(restarted.repository.head().hex()).isEqualTo(decision.commit());
    assertThat(restarted.standing(decision)).isInstanceOf(Standing.Landed.class);
  }

  @Test
  void hasLandedWhatWasPushedThoughSomebodyPushedOnItMeanwhile() throws IOException {
    MergeDecision decision = node.decide(node.commit("a", "1"), "Add a");
    TestingCrash.at(folder.resolve("hub"), "hub-after-push");
    assertThatThrownBy(() -> apply(node, node.chain.start(), decision))
        .isInstanceOf(TestingCrash.Died.class);
    ObjectId further = server.commit("further", server.head());
    server.move(further);

    TestingHub restarted = node.restarted();
    assertThat(apply(restarted, node.chain.start(), decision)).isTrue();

    assertThat(restarted.repository.head().hex()).isEqualTo(decision.commit());
    look(restarted);
    assertThat(offer(restarted).commit()).isEqualTo(further);
  }

  @Test
  void takesBackWhatUpstreamWentPastAndAdoptsWhatIsThere() throws IOException {
    MergeDecision late = node.decide(node.commit("a", "1"), "Add a");
    ObjectId other = server.commit("other", start);
    server.move(other);

    Block first = block(node.chain.start(), late);
    assertThat(apply(node, first)).isTrue();
    assertThat(node.repository.head()).isEqualTo(start);
    assertThat(node.state().head("refs/heads/main")).contains(late.commit());

    look(node);
    Decision undone = pending(node);
    assertThat(undone).isInstanceOf(VoidDecision.class);
    Block second = block(first.header(), undone);
    assertThat(apply(node, second)).isTrue();
    assertThat(node.state().head("refs/heads/main")).contains(start.hex());
    assertThat(node.standing(late)).isInstanceOf(Standing.Stale.class);

    look(node);
    assertThatThrownBy(() -> node.decideAgain(late.author().statement()))
        .isInstanceOf(RefusedException.class);
    AdoptDecision adoption = endorsed(node);
    Block third = block(second.header(), adoption);
    assertThat(apply(node, third)).isTrue();
    assertThat(node.repository.head()).isEqualTo(other);

    look(node);
    MergeDecision again = node.decideAgain(late.author().statement());
    now.addAndGet(Duration.ofMinutes(2).toMillis());
    assertThat(apply(node, third.header(), again)).isTrue();
    assertThat(server.head().hex()).isEqualTo(again.commit());
    assertThat(node.standing(again)).isInstanceOf(Standing.Landed.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"hub-after-taken-back", "hub-after-adopted"})
  void isInStepAgainThoughItDiesOnTheWay(String point) throws IOException {
    MergeDecision late = node.decide(node.commit("a", "1"), "Add a");
    ObjectId other = server.commit("other", start);
    server.move(other);
    TestingHub hub = node;
    Block first = block(node.chain.start(), late);
    apply(hub, first);
    hub = hub.restarted();
    look(hub);
    Block second = block(first.header(), pending(hub));
    TestingCrash.at(folder.resolve("hub"), point);
    hub = applyAndDie(hub, second, point.equals("hub-after-taken-back"));
    look(hub);
    Block third = block(second.header(), endorsed(hub));
    hub = applyAndDie(hub, third, point.equals("hub-after-adopted"));

    look(hub);
    assertThat(hub.repository.head()).isEqualTo(other);
    assertThat(hub.state().head("refs/heads/main")).contains(other.hex());
    assertThat(hub.hub.obstacle()).isEmpty();
    assertThat(hub.hub.undecided()).isEmpty();
  }

  private TestingHub applyAndDie(TestingHub hub, Block block, boolean dies) throws IOException {
    if (!dies) {
      assertThat(apply(hub, block)).isTrue();
      return hub;
    }
    assertThatThrownBy(() -> apply(hub, block)).isInstanceOf(TestingCrash.Died.class);
    TestingHub restarted = hub.restarted();
    assertThat(apply(restarted, block)).isTrue();
    return restarted;
  }

  /** What upstream holds is not pushed again, and its branch counts from genesis on. */
  @Test
  void landsAgainOnANewVolumeWhatUpstreamHolds() throws IOException {
    MergeDecision decision = node.decide(node.commit("a", "1"), "Add a");
    Block block = block(node.chain.start(), decision);
    apply(node, block);
    ObjectId further = server.commit("further", server.head());
    server.move(further);

    TestingHub anew = node.onNewVolume(folder.resolve("anew"));
    assertThat(anew.repository.head()).isEqualTo(further);
    anew.hub.landing().startFromGenesis();
    assertThat(anew.repository.head()).isEqualTo(start);
    assertThat(apply(anew, block)).isTrue();

    assertThat(anew.repository.head().hex()).isEqualTo(decision.commit());
    assertThat(anew.standing(decision)).isInstanceOf(Standing.Landed.class);
    look(anew);
    assertThat(offer(anew).commit()).isEqualTo(further);
  }

  @Test
  void adoptsWhatSomebodyPushedWhileNothingLands() {
    ObjectId other = server.commit("other", start);
    server.move(other);

    look(node);
    assertThat(apply(node, block(node.chain.start(), endorsed(node)))).isTrue();

    assertThat(node.repository.head()).isEqualTo(other);
    look(node);
    assertThat(node.hub.following().orElseThrow().isMoving()).isFalse();
  }

  @Test
  void aRuleOfTheServerStopsLandingWithItsWordsUntilItIsGone() throws IOException {
    server.rule("printf 'main is \\033[31mfrozen\\n' >&2; exit 1");
    MergeDecision decision = node.decide(node.commit("a", "1"), "Add a");
    Block block = block(node.chain.start(), decision);

    assertThat(apply(node, block)).isFalse();

    Obstacle obstacle = node.hub.obstacle().orElseThrow();
    assertThat(obstacle.reason()).isEqualTo("UpstreamRefused");
    assertThat(obstacle.message()).contains("main is ", "frozen").doesNotContain("\u001b");
    assertThat(server.head()).isEqualTo(start);
    assertThat(node.repository.head()).isEqualTo(start);
    server.noRule();
    now.addAndGet(Duration.ofMinutes(2).toMillis());
    assertThat(apply(node, block)).isTrue();
    assertThat(server.head().hex()).isEqualTo(decision.commit());
    assertThat(node.hub.obstacle()).isEmpty();
  }

  @Test
  void waitsForAnUpstreamThatIsDownAndAsksItRarely() throws IOException {
    MergeDecision decision = node.decide(node.commit("a", "1"), "Add a");
    Block block = block(node.chain.start(), decision);
    server.stop();

    assertThat(apply(node, block)).isFalse();
    assertThat(node.hub.obstacle().orElseThrow().reason()).isEqualTo("UpstreamUnreachable");
    server.start();
    int before = server.requests();
    TestingCrash.at(folder.resolve("hub"), "hub-after-verify");
    assertThat(apply(node, block)).as("nor is it proven again").isFalse();
    TestingCrash.disarm();
    assertThat(server.requests()).as("it is not time yet").isEqualTo(before);

    now.addAndGet(Duration.ofHours(1).toMillis());
    assertThat(apply(node, block)).isTrue();
    assertThat(server.head().hex()).isEqualTo(decision.commit());
    assertThat(node.hub.obstacle()).isEmpty();
  }

  @Test
  void stopsWhenUpstreamIsRewrittenUntilItIsPutBack() throws IOException {
    MergeDecision decision = node.decide(node.commit("a", "1"), "Add a");
    Block block = block(node.chain.start(), decision);
    server.move(server.commit("another history"));

    assertThat(apply(node, block)).isFalse();

    Obstacle obstacle = node.hub.obstacle().orElseThrow();
    assertThat(obstacle.reason()).isEqualTo("UpstreamRewritten");
    assertThat(obstacle.message()).contains("Put " + start + " back");
    look(node);
    assertThat(node.hub.undecided()).as("nothing is taken back or adopted").hasSize(1);
    server.move(start);
    now.addAndGet(Duration.ofMinutes(2).toMillis());
    assertThat(apply(node, block)).isTrue();
    assertThat(server.head().hex()).isEqualTo(decision.commit());
  }

  @Test
  void takesInNothingThatIsHostileToGitAndFetchesItOnce() {
    server.move(server.hostile(start));

    look(node);
    Obstacle obstacle = node.hub.obstacle().orElseThrow();
    int before = server.requests();
    look(node);

    assertThat(obstacle.reason()).isEqualTo("UpstreamUnfit");
    assertThat(node.hub.obstacle()).contains(obstacle);
    assertThat(server.requests() - before).as("looked at, not fetched").isLessThan(6);
    server.move(start);
    look(node);
    assertThat(node.hub.obstacle()).isEmpty();
  }

  @Test
  void saysThatItIsNotLetInAndNeverThePassword() throws IOException {
    TestingGitServer.secret(secret, "not the password");
    MergeDecision decision = node.decide(node.commit("a", "1"), "Add a");
    Block block = block(node.chain.start(), decision);

    assertThat(apply(node, block)).isFalse();

    Obstacle obstacle = node.hub.obstacle().orElseThrow();
    assertThat(obstacle.reason()).isEqualTo("UpstreamUnreachable");
    assertThat(obstacle.message()).doesNotContain("not the password");
    TestingGitServer.secret(secret, TestingGitServer.PASSWORD);
    now.addAndGet(Duration.ofMinutes(2).toMillis());
    assertThat(apply(node, block)).isTrue();
  }

  private Block block(BlockHeader parent, Decision decision) {
    return node.chain.block(parent, node.chain.approved(decision, 0, 1, 2));
  }

  private boolean apply(TestingHub hub, BlockHeader parent, Decision decision) {
    return apply(hub, block(parent, decision));
  }

  private boolean apply(TestingHub hub, Block block) {
    return hub.hub.apply(block, node.chain.finality(block, 0, 1, 2));
  }

  /** What the hub does once in a while, at a time when upstream may be asked. */
  private void look(TestingHub hub) {
    now.addAndGet(Duration.ofMinutes(2).toMillis());
    hub.hub.following().orElseThrow().step(now.get());
  }

  private static Offer offer(TestingHub hub) {
    return hub.hub.following().orElseThrow().offered().orElseThrow();
  }

  private static Decision pending(TestingHub hub) {
    return hub.hub.following().orElseThrow().pending().orElseThrow();
  }

  /** The hub's offer with the operator's word, as it comes back to the hub. */
  private AdoptDecision endorsed(TestingHub hub) {
    Offer offer = offer(hub);
    byte[] signed =
        AdoptDecision.signedBytes(
            node.chain.genesis.chainId(),
            "refs/heads/main",
            offer.base().hex(),
            offer.commit().hex());
    var adoption =
        new AdoptDecision(
            node.chain.genesis.chainId(),
            "refs/heads/main",
            offer.base().hex(),
            offer.commit().hex(),
            offer.hubSignature(),
            node.chain.operator.signingKey().sign(signed));
    var analyses = new Analyses(hub.repository, node.chain.genesis.swarm());
    assertThat(hub.hub.deciding(analyses).adopt(adoption)).isEqualTo(adoption.digest());
    assertThat(hub.hub.undecided()).contains(adoption);
    return adoption;
  }
}
