package dev.qudag.node.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.consensus.chain.decision.MergeDecision;
import dev.qudag.consensus.simplex.block.Block;
import dev.qudag.node.hub.upstream.TestingGitServer;
import dev.qudag.node.hub.upstream.TestingSshServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Landing by way of a real SSH server, with the ssh that git starts. */
class UpstreamSshIT {
  @TempDir Path folder;
  private TestingSshServer ssh;
  private TestingUpstream up;
  private MergeDecision decision;
  private Block block;

  @BeforeEach
  void start() throws IOException {
    var server = new TestingGitServer(folder.resolve("server"));
    ssh = new TestingSshServer(server.repository().directory());
    up = new TestingUpstream(folder, server, _ -> ssh.url(), ssh.secret(folder.resolve("secret")));
    decision = up.node.decide(up.node.commit("a", "1"), "Add a");
    block = up.block(up.node.chain.start(), decision);
  }

  @AfterEach
  void stop() {
    up.close();
    ssh.close();
  }

  @Test
  void beginsWhereUpstreamIsAndLandsThereFirst() {
    assertThat(up.node.repository.head()).isEqualTo(up.start);

    assertThat(up.apply(up.node, block)).isTrue();

    assertThat(up.server.head().hex()).isEqualTo(decision.commit());
    assertThat(up.node.repository.head().hex()).isEqualTo(decision.commit());
    assertThat(up.server.requests()).as("by HTTP").isZero();
  }

  @Test
  void pushesToNoHostWhoseKeyIsAnother() throws IOException {
    ssh.writeStrangersHost(up.secret);

    assertThat(up.apply(up.node, block)).isFalse();

    assertStopped("Host key verification failed");
    ssh.secret(up.secret);
    assertLandsAfterAMinute();
  }

  @Test
  void saysThatTheServerDoesNotLetItsKeyIn() throws IOException {
    TestingSshServer.writeStrangersKey(up.secret);

    assertThat(up.apply(up.node, block)).isFalse();

    assertStopped("Permission denied");
    ssh.secret(up.secret);
    assertLandsAfterAMinute();
  }

  @Test
  void aRuleOfTheServerIsToldInItsWords() throws IOException {
    up.server.rule("echo main is frozen >&2; exit 1");

    assertThat(up.apply(up.node, block)).isFalse();

    assertThat(up.node.hub.obstacle().orElseThrow().reason()).isEqualTo("UpstreamRefused");
    assertThat(up.node.hub.obstacle().orElseThrow().message()).contains("main is frozen");
  }

  private void assertStopped(String why) {
    var obstacle = up.node.hub.obstacle().orElseThrow();
    assertThat(obstacle.reason()).isEqualTo("UpstreamUnreachable");
    assertThat(obstacle.message()).contains(why);
    assertThat(up.server.head()).isEqualTo(up.start);
    assertThat(up.node.repository.head()).isEqualTo(up.start);
  }

  private void assertLandsAfterAMinute() {
    up.pass(Duration.ofMinutes(2));
    assertThat(up.apply(up.node, block)).isTrue();
    assertThat(up.server.head().hex()).isEqualTo(decision.commit());
  }
}
