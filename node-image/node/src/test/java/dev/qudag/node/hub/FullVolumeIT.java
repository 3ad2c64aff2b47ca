package dev.qudag.node.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.qudag.merge.ObjectId;
import dev.qudag.node.disk.TestingSpace;
import dev.qudag.node.disk.TestingVolume;
import dev.qudag.node.hub.book.Room;
import dev.qudag.proto.HubState;
import dev.qudag.proto.ProposalState;
import dev.qudag.proto.SubmitChunk;
import dev.qudag.proto.SubmitHeader;
import dev.qudag.proto.SubmitResult;
import dev.qudag.proto.WatchRequest;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hub whose volume of 64 MiB, of which 16 are its reserve, is nearly full. */
class FullVolumeIT {
  private static final long MIB = 1 << 20;

  @TempDir Path folder;

  @Test
  void whatWasAcceptedLandsAndNothingElseIsTakenUntilThereIsRoom() throws Exception {
    try (var volume = TestingVolume.mount(folder.resolve("volume"), 64);
        var hub = TestingHubNode.start(volume.folder())) {
      var workspace = new TestingWorkspace(hub.client, folder.resolve("workspace"));
      ObjectId first = workspace.commit("a", "1");
      ObjectId second = workspace.commit("b", "2");
      String accepted = workspace.propose(first, "Add a").getProposal();
      Iterator<HubState> watched = hub.client.operator().watch(WatchRequest.getDefaultInstance());
      assertThat(watched.next().getRefusingReason()).isEmpty();

      volume.fill(/* left= */ 12 * MIB);

      assertThat(refusal(watched).get(30, TimeUnit.SECONDS))
          .as("what the operator hears by itself")
          .contains("16 MiB are kept");

      SubmitResult refused = workspace.propose(second, "Add b");
      assertThat(refused.getRefusedReason()).isEqualTo("VolumeFull");
      assertThat(refused.getRefusedMessage())
          .contains("16777216 are kept", "have the hub's PersistentVolumeClaim enlarged");
      assertThat(hub.client.state().getStalledReason()).isEmpty();
      hub.client.decide(accepted, hub.client.analyse(accepted));
      assertThat(hub.client.awaitLanded(accepted).getState()).isEqualTo(ProposalState.LANDED);

      volume.makeRoom();

      String taken = workspace.propose(second, "Add b").getProposal();
      assertThat(hub.client.state().getRefusingReason()).isEmpty();
      hub.client.decide(taken, hub.client.analyse(taken));
      assertThat(hub.client.awaitLanded(taken).getState()).isEqualTo(ProposalState.LANDED);
    }
  }

  private static CompletableFuture<String> refusal(Iterator<HubState> watched) {
    return CompletableFuture.supplyAsync(
        () -> {
          while (true) {
            HubState told = watched.next();
            if (told.getRefusingReason().equals("VolumeFull")) {
              return told.getRefusingMessage();
            }
          }
        });
  }

  /** There was room when its header came. */
  @Test
  void aBundleForWhichTheRoomGoesWhileItComesIsRefusedAndLeavesNothing() throws Exception {
    TestingHub hub = TestingHub.on(folder.resolve("hub"), 1);
    var space = new TestingSpace(/* total= */ 1000 * MIB, /* free= */ 900 * MIB);
    Submissions submissions = hub.hub.submissions(Room.STANDARD, space.reserve());
    try (var volume = TestingVolume.mount(folder.resolve("volume"), 1)) {
      volume.fill(/* left= */ 64 << 10);
      var answer = new CompletableFuture<SubmitResult>();
      var call = new SubmitCall(submissions, hub.chain.grant(), volume.folder(), told(answer));
      byte[] statement = hub.chain.statement(hub.repository.head().hex(), "Add a").encode();
      byte[] signature = hub.chain.workspace.signingKey().sign(statement).toArray();

      call.onNext(
          SubmitChunk.newBuilder()
              .setHeader(
                  SubmitHeader.newBuilder()
                      .setStatement(ByteString.copyFrom(statement))
                      .setSignature(ByteString.copyFrom(signature))
                      .setSize(MIB))
              .build());
      call.onNext(SubmitChunk.newBuilder().setData(ByteString.copyFrom(new byte[1 << 20])).build());

      assertThat(answer.join().getRefusedReason()).isEqualTo("VolumeFull");
      assertThat(volume.folder()).isDirectoryNotContaining("glob:**/bundle-*");
    }
  }

  private static StreamObserver<SubmitResult> told(CompletableFuture<SubmitResult> answer) {
    return new StreamObserver<>() {
      @Override
      public void onNext(SubmitResult result) {
        answer.complete(result);
      }

      @Override
      public void onError(Throwable failure) {
        answer.completeExceptionally(failure);
      }

      @Override
      public void onCompleted() {}
    };
  }
}
