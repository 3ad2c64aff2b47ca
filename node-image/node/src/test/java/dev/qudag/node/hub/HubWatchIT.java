package dev.qudag.node.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.qudag.consensus.chain.decision.MergeDecision;
import dev.qudag.crypto.NodeIdentity;
import dev.qudag.node.hub.book.WorkspaceBook;
import dev.qudag.node.hub.tree.TreeTokens;
import dev.qudag.node.net.NodeServer;
import dev.qudag.node.net.PinnedChannels;
import dev.qudag.proto.DecisionState;
import dev.qudag.proto.HubControlGrpc;
import dev.qudag.proto.HubState;
import dev.qudag.proto.ProposalState;
import dev.qudag.proto.WatchRequest;
import io.grpc.ManagedChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How soon whoever watches a hub hears of a change, over real gRPC. */
class HubWatchIT {
  private static final NodeIdentity NODE = NodeIdentity.generate();

  @TempDir Path volume;
  private TestingHub hub;
  private ManagedChannel channel;

  @BeforeEach
  void open() throws Exception {
    hub = TestingHub.on(volume, 4);
  }

  @Test
  void aChangeAfterAQuietTimeIsToldAtOnceAndTheNextOneAtThePace() throws Exception {
    Duration pace = Duration.ofSeconds(2);
    try (NodeServer server = serve(pace)) {
      Iterator<HubState> states = watch(server);
      assertThat(states.next().getWorkspacesList()).isEmpty();
      awaitLongerThan(pace);

      long changed = System.nanoTime();
      beat("one", 1);
      assertThat(states.next().getWorkspacesCount()).isEqualTo(1);
      assertThat(since(changed)).isLessThan(pace);
      beat("two", 1);
      assertThat(states.next().getWorkspacesCount()).isEqualTo(2);
      assertThat(since(changed)).isGreaterThanOrEqualTo(pace);
    }
  }

  /** Of hundreds of agents, one says so in each moment. */
  @Test
  void thatAWorkspaceIsWhereItWasIsNotTold() throws Exception {
    Duration pace = Duration.ofMillis(20);
    try (NodeServer server = serve(pace)) {
      Iterator<HubState> states = watch(server);
      assertThat(states.next().getWorkspacesList()).isEmpty();
      beat("one", 1);
      assertThat(states.next().getWorkspacesCount()).isEqualTo(1);

      beat("one", 2);
      awaitLongerThan(pace.multipliedBy(20));
      beat("two", 3);
      assertThat(states.next().getWorkspacesCount()).isEqualTo(2);
    }
  }

  @Test
  void votesAloneWaitAndGoWithWhateverElseChanges() throws Exception {
    Duration pace = Duration.ofMillis(100);
    MergeDecision decision = hub.decide(hub.commit("a", "1"), "Add a");
    try (NodeServer server = serve(pace)) {
      Iterator<HubState> states = watch(server);
      assertThat(states.next().getProposals(0).getState()).isEqualTo(ProposalState.DECIDING);
      long told = System.nanoTime();

      vote(decision, 0, 1);
      assertThat(states.next().getProposals(0).getRejections()).isEqualTo(1);
      assertThat(since(told)).isGreaterThan(pace.multipliedBy(10));
      long toldAgain = System.nanoTime();
      vote(decision, 1, 1);
      beat("one", 1);
      HubState next = states.next();
      assertThat(next.getWorkspacesCount()).isEqualTo(1);
      assertThat(next.getProposals(0).getApprovals()).isEqualTo(1);
      assertThat(since(toldAgain)).isLessThan(pace.multipliedBy(20));
    }
  }

  /** One of four: no quorum ends the decision. */
  private void vote(MergeDecision decision, int approvals, int rejections) {
    hub.hub.report(
        0,
        List.of(
            DecisionState.newBuilder()
                .setDigest(ByteString.copyFrom(decision.digest().bytes()))
                .setApprovals(approvals)
                .setRejections(rejections)
                .setRequired(3)
                .build()));
  }

  private NodeServer serve(Duration pace) throws Exception {
    return NodeServer.start(
        NODE,
        0,
        new HubControlService(hub.hub, TreeTokens.open(volume.resolve("tokens.json")), pace));
  }

  private Iterator<HubState> watch(NodeServer server) {
    channel =
        new PinnedChannels(NodeIdentity.generate())
            .to("localhost", server.port(), NODE.tlsFingerprint());
    return HubControlGrpc.newBlockingStub(channel).watch(WatchRequest.getDefaultInstance());
  }

  @AfterEach
  void close() {
    channel.shutdownNow();
  }

  private void beat(String workspace, long atMillis) {
    var beat = new WorkspaceBook.Beat("", 0, 0, List.of(), List.of(), atMillis);
    hub.hub.workspaces().beat(workspace, workspace, beat);
  }

  private static void awaitLongerThan(Duration time) {
    long start = System.nanoTime();
    await().until(() -> since(start).compareTo(time) > 0);
  }

  private static Duration since(long startNanos) {
    return Duration.ofNanos(System.nanoTime() - startNanos);
  }
}
