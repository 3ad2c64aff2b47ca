package dev.qudag.node.validator.objects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.qudag.crypto.NodeIdentity;
import dev.qudag.merge.CommitBuilder;
import dev.qudag.merge.CommitMeta;
import dev.qudag.merge.ObjectId;
import dev.qudag.merge.RefName;
import dev.qudag.merge.git.GitRepository;
import dev.qudag.node.net.Callers;
import dev.qudag.node.net.NodeServer;
import dev.qudag.node.net.PinnedChannels;
import dev.qudag.node.objects.ObjectFetcher;
import dev.qudag.node.objects.ObjectSources;
import dev.qudag.node.objects.ObjectStoreService;
import io.grpc.ManagedChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two repositories and the way between them, over real git and TLS. */
class HistoryKeeperIT {
  private static final RefName MAIN = RefName.branch("main");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path folder;

  @Test
  void asksUntilSomebodyBringsWhatLanded() throws Exception {
    GitRepository theirs = GitRepository.openOrInit(folder.resolve("theirs.git"), MAIN);
    GitRepository ours = GitRepository.openOrInit(folder.resolve("ours.git"), MAIN);
    var meta = new CommitMeta("a", "a@example.invalid", "a", "a@example.invalid", 1, "landed");
    byte[] bytes =
        CommitBuilder.bytes(theirs.writeTree(Map.of("a", new byte[] {'1'})), List.of(), meta);
    ObjectId commit = CommitBuilder.id(bytes);
    var asked = new CountDownLatch(2);
    var peer = NodeIdentity.generate();
    try (NodeServer server = NodeServer.start(peer, 0)) {
      server.add(new ObjectStoreService(theirs, counting(asked)).guarded());
      ManagedChannel channel =
          new PinnedChannels(NodeIdentity.generate())
              .to("localhost", server.port(), peer.tlsFingerprint());
      var source = new ObjectSources.Source("peer", new ObjectFetcher(channel, ours));
      try (var keeper =
          new HistoryKeeper(new ObjectSources(List.of(source))::require, Duration.ofMillis(20))) {
        keeper.start();
        keeper.keep(List.of(new HistoryKeeper.Landed(commit, List.of())));
        assertThat(asked.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();

        theirs.writeCommit(bytes);

        await().atMost(PATIENCE).until(() -> ours.hasCommit(commit));
      } finally {
        channel.shutdownNow();
      }
    }
  }

  /** The second question comes when the first has failed. */
  private static Callers counting(CountDownLatch asked) {
    return new Callers(
        "anybody",
        caller -> {
          asked.countDown();
          return true;
        });
  }
}
