package dev.qudag.node.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.qudag.crypto.NodeIdentity;
import dev.qudag.node.hub.book.WorkspaceBook;
import dev.qudag.node.hub.tree.TreeTokens;
import dev.qudag.node.net.NodeServer;
import dev.qudag.node.net.PinnedChannels;
import dev.qudag.proto.HubControlGrpc;
import dev.qudag.proto.HubState;
import dev.qudag.proto.WatchRequest;
import io.grpc.ManagedChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How soon whoever watches a hub hears of a change, over real gRPC. */
class HubWatchIT {
  private static final Duration PACE = Duration.ofSeconds(2);
  private static final NodeIdentity NODE = NodeIdentity.generate();

  @TempDir Path volume;

  @Test
  void aChangeAfterAQuietTimeIsToldAtOnceAndTheNextOneAtThePace() throws Exception {
    TestingHub hub = TestingHub.on(volume, 1);
    var service =
        new HubControlService(hub.hub, TreeTokens.open(volume.resolve("tokens.json")), PACE);
    try (var server = NodeServer.start(NODE, 0, service)) {
      ManagedChannel channel =
          new PinnedChannels(NodeIdentity.generate())
              .to("localhost", server.port(), NODE.tlsFingerprint());
      Iterator<HubState> states =
          HubControlGrpc.newBlockingStub(channel).watch(WatchRequest.getDefaultInstance());
      assertThat(states.next().getWorkspacesList()).isEmpty();
      long told = System.nanoTime();
      await().until(() -> sinceNanos(told).compareTo(PACE) > 0);

      long changed = System.nanoTime();
      beat(hub, "one");
      assertThat(states.next().getWorkspacesCount()).isEqualTo(1);
      assertThat(sinceNanos(changed)).isLessThan(PACE);
      beat(hub, "two");
      assertThat(states.next().getWorkspacesCount()).isEqualTo(2);
      assertThat(sinceNanos(changed)).isGreaterThanOrEqualTo(PACE);
      channel.shutdownNow();
    }
  }

  private static void beat(TestingHub hub, String workspace) {
    hub.hub.workspaces().beat(workspace, workspace, WorkspaceBook.Beat.NONE);
  }

  private static Duration sinceNanos(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
