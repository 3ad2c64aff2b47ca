package dev.qudag.node.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.consensus.chain.decision.MergeDecision;
import dev.qudag.consensus.simplex.block.Block;
import dev.qudag.node.hub.landing.Obstacle;
import dev.qudag.node.hub.upstream.TestingGitServer;
import dev.qudag.node.main.TestingCrash;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a hub does while a real Git server does not take what was decided, and after that. */
class UpstreamObstacleIT {
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
  void aRuleOfTheServerStopsLandingWithItsWordsUntilItIsGone() throws IOException {
    up.server.rule("printf 'main is \\033[31mfrozen\\n' >&2; exit 1");
    MergeDecision decision = up.node.decide(up.node.commit("a", "1"), "Add a");
    Block block = up.block(up.node.chain.start(), decision);

    assertThat(up.apply(up.node, block)).isFalse();

    Obstacle obstacle = up.node.hub.obstacle().orElseThrow();
    assertThat(obstacle.reason()).isEqualTo("UpstreamRefused");
    assertThat(obstacle.message()).contains("main is ", "frozen").doesNotContain("\u001b");
    assertThat(up.server.head()).isEqualTo(up.start);
    assertThat(up.node.repository.head()).isEqualTo(up.start);
    up.server.noRule();
    up.pass(Duration.ofMinutes(2));
    assertThat(up.apply(up.node, block)).isTrue();
    assertThat(up.server.head().hex()).isEqualTo(decision.commit());
    assertThat(up.node.hub.obstacle()).isEmpty();
  }

  @Test
  void waitsForAnUpstreamThatIsDownAndAsksItRarely() throws IOException {
    MergeDecision decision = up.node.decide(up.node.commit("a", "1"), "Add a");
    Block block = up.block(up.node.chain.start(), decision);
    up.server.stop();

    assertThat(up.apply(up.node, block)).isFalse();
    assertThat(up.node.hub.obstacle().orElseThrow().reason()).isEqualTo("UpstreamUnreachable");
    up.server.start();
    int before = up.server.requests();
    up.dieAt("hub-after-verify");
    assertThat(up.apply(up.node, block)).as("it is not proven again").isFalse();
    TestingCrash.disarm();
    assertThat(up.server.requests()).as("it is not time yet").isEqualTo(before);

    up.pass(Duration.ofHours(1));
    assertThat(up.apply(up.node, block)).isTrue();
    assertThat(up.server.head().hex()).isEqualTo(decision.commit());
    assertThat(up.node.hub.obstacle()).isEmpty();
  }

  @Test
  void stopsWhenUpstreamIsRewrittenUntilItIsPutBack() throws IOException {
    MergeDecision decision = up.node.decide(up.node.commit("a", "1"), "Add a");
    Block block = up.block(up.node.chain.start(), decision);
    up.server.move(up.server.commit("another history"));

    assertThat(up.apply(up.node, block)).isFalse();

    Obstacle obstacle = up.node.hub.obstacle().orElseThrow();
    assertThat(obstacle.reason()).isEqualTo("UpstreamRewritten");
    assertThat(obstacle.message()).contains("Put " + up.start + " back");
    up.look(up.node);
    assertThat(up.node.hub.undecided()).as("nothing is taken back or adopted").hasSize(1);
    up.server.move(up.start);
    up.pass(Duration.ofMinutes(2));
    assertThat(up.apply(up.node, block)).isTrue();
    assertThat(up.server.head().hex()).isEqualTo(decision.commit());
  }

  @Test
  void takesInNothingThatIsHostileToGitAndFetchesItOnce() {
    up.server.move(up.server.hostile(up.start));

    up.look(up.node);
    Obstacle obstacle = up.node.hub.obstacle().orElseThrow();
    int before = up.server.requests();
    up.look(up.node);

    assertThat(obstacle.reason()).isEqualTo("UpstreamUnfit");
    assertThat(up.node.hub.obstacle()).contains(obstacle);
    assertThat(up.server.requests() - before).as("looked at, not fetched").isLessThan(6);
    up.server.move(up.start);
    up.look(up.node);
    assertThat(up.node.hub.obstacle()).isEmpty();
  }

  @Test
  void saysThatItIsNotLetInAndNeverThePassword() throws IOException {
    TestingGitServer.secret(up.secret, "not the password");
    MergeDecision decision = up.node.decide(up.node.commit("a", "1"), "Add a");
    Block block = up.block(up.node.chain.start(), decision);

    assertThat(up.apply(up.node, block)).isFalse();

    Obstacle obstacle = up.node.hub.obstacle().orElseThrow();
    assertThat(obstacle.reason()).isEqualTo("UpstreamUnreachable");
    assertThat(obstacle.message()).doesNotContain("not the password");
    TestingGitServer.secret(up.secret, TestingGitServer.PASSWORD);
    up.pass(Duration.ofMinutes(2));
    assertThat(up.apply(up.node, block)).isTrue();
  }
}
