package dev.qudag.node.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.consensus.chain.decision.AdoptDecision;
import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.consensus.simplex.block.Block;
import dev.qudag.consensus.simplex.block.BlockHeader;
import dev.qudag.merge.ObjectId;
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
import java.util.function.Function;

/** A Git server, a hub of four validators that follows it, and a clock that a test moves. */
final class TestingUpstream implements AutoCloseable {
  final TestingGitServer server;
  private final Function<TestingGitServer, String> url;
  final Path secret;
  final ObjectId start;
  final TestingHub node;
  private final Path data;
  private final AtomicLong now = new AtomicLong(1_760_000_000_000L);

  TestingUpstream(Path folder) throws IOException {
    this(
        folder,
        new TestingGitServer(folder.resolve("server")),
        TestingGitServer::url,
        TestingGitServer.secret(folder.resolve("secret"), TestingGitServer.PASSWORD));
  }

  /**
   * @param url how the hub gets to the server, with what is in the secret
   */
  TestingUpstream(
      Path folder, TestingGitServer server, Function<TestingGitServer, String> url, Path secret)
      throws IOException {
    this.server = server;
    this.url = url;
    this.secret = secret;
    start = server.commit("start");
    server.move(start);
    data = folder.resolve("hub");
    node = TestingHub.following(data, 4, this::upstream);
  }

  private GitUpstream upstream(HubRepository repository) throws IOException {
    return GitUpstream.of(
        UpstreamUrl.parse(url.apply(server)),
        TestingGitServer.MAIN,
        secret,
        data,
        repository,
        () -> Instant.ofEpochMilli(now.get()));
  }

  void pass(Duration time) {
    now.addAndGet(time.toMillis());
  }

  /** Arms a crash point of the hub, once. */
  void dieAt(String point) throws IOException {
    TestingCrash.at(data, point);
  }

  Block block(BlockHeader parent, Decision decision) {
    return node.chain.block(parent, node.chain.approved(decision, 0, 1, 2));
  }

  boolean apply(TestingHub hub, BlockHeader parent, Decision decision) {
    return apply(hub, block(parent, decision));
  }

  boolean apply(TestingHub hub, Block block) {
    return hub.hub.apply(block, node.chain.finality(block, 0, 1, 2));
  }

  /** What the hub does once in a while, at a time when upstream may be asked. */
  void look(TestingHub hub) {
    pass(Duration.ofMinutes(2));
    hub.hub.following().orElseThrow().step(now.get());
  }

  Offer offer(TestingHub hub) {
    return hub.hub.following().orElseThrow().offered().orElseThrow();
  }

  Decision pending(TestingHub hub) {
    return hub.hub.following().orElseThrow().pending().orElseThrow();
  }

  /** The hub's offer with the operator's word, as it comes back to the hub. */
  AdoptDecision endorsed(TestingHub hub) {
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
    assertThat(hub.hub.deciding(hub.hub.analyses()).adopt(adoption)).isEqualTo(adoption.digest());
    assertThat(hub.hub.undecided()).contains(adoption);
    return adoption;
  }

  @Override
  public void close() {
    TestingCrash.disarm();
    server.close();
  }
}
