package dev.qudag.node.hub;

import com.google.protobuf.ByteString;
import dev.qudag.consensus.chain.identity.SignedGrant;
import dev.qudag.consensus.chain.identity.WorkspaceGrant;
import dev.qudag.merge.ObjectId;
import dev.qudag.merge.Printable;
import dev.qudag.merge.git.BundleWriter;
import dev.qudag.node.hub.book.HubProposal;
import dev.qudag.node.hub.book.Standing;
import dev.qudag.node.hub.book.WorkspaceBook;
import dev.qudag.node.net.ChunkWriter;
import dev.qudag.node.net.StreamWriter;
import dev.qudag.proto.Chunk;
import dev.qudag.proto.CloneRequest;
import dev.qudag.proto.HeartbeatRequest;
import dev.qudag.proto.HeartbeatResponse;
import dev.qudag.proto.OutcomeRequest;
import dev.qudag.proto.OutcomeResponse;
import dev.qudag.proto.SubmitChunk;
import dev.qudag.proto.SubmitResult;
import dev.qudag.proto.WorkspaceGatewayGrpc;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a workspace may ask of the hub; {@link WorkspaceGrants} has let it in. It sees the branch
 * and its own proposals.
 */
final class WorkspaceGatewayService extends WorkspaceGatewayGrpc.WorkspaceGatewayImplBase {
  private static final Duration LONG_POLL = Duration.ofSeconds(30);
  private static final int MAX_SHOWN_PATHS = 100;

  private final Hub hub;
  private final Submissions submissions;
  private final Path incoming;
  private final InstantSource clock;

  /**
   * @param incoming folder for bundles that are on their way
   */
  WorkspaceGatewayService(Hub hub, Path incoming, InstantSource clock) {
    this.hub = hub;
    this.submissions = hub.submissions();
    this.incoming = incoming;
    this.clock = clock;
  }

  @Override
  public void clone(CloneRequest request, StreamObserver<Chunk> call) {
    List<ObjectId> haves =
        request.getHavesList().stream().flatMap(have -> ObjectId.parse(have).stream()).toList();
    StreamWriter.answer(
        call,
        out -> {
          ObjectId head = hub.repository().head();
          if (!haves.contains(head)) {
            try (var chunks = new ChunkWriter(out)) {
              new BundleWriter(hub.repository().git())
                  .write(Map.of(hub.repository().branch(), head), haves, chunks);
            }
          }
        });
  }

  @Override
  public StreamObserver<SubmitChunk> submit(StreamObserver<SubmitResult> call) {
    return new SubmitCall(submissions, WorkspaceGrants.current(), incoming, call);
  }

  @Override
  public void outcome(OutcomeRequest request, StreamObserver<OutcomeResponse> call) {
    SignedGrant grant = WorkspaceGrants.current();
    long end = clock.millis() + LONG_POLL.toMillis();
    StreamWriter.answer(
        call,
        out -> {
          while (true) {
            long seen = hub.changes().count();
            HubProposal proposal = ownProposal(request.getProposal(), grant.grant());
            long left = end - clock.millis();
            if (!request.getWait() || proposal.standing().isEnd() || left <= 0) {
              out.send(outcome(proposal.standing()));
              return;
            }
            hub.changes().awaitOtherThan(seen, Duration.ofMillis(left));
            out.requireReader();
          }
        });
  }

  private HubProposal ownProposal(String name, WorkspaceGrant grant) {
    return hub.proposals()
        .find(name)
        .filter(
            proposal -> proposal.workspaceUid().filter(grant.workspaceUid()::equals).isPresent())
        .orElseThrow(
            () ->
                Status.NOT_FOUND
                    .withDescription("this workspace has no proposal " + name)
                    .asRuntimeException());
  }

  private static OutcomeResponse outcome(Standing standing) {
    var response = OutcomeResponse.newBuilder().setState(HubStates.stateOf(standing));
    switch (standing) {
      case Standing.Landed landed -> response.setMergedCommit(landed.was().commit().hex());
      case Standing.Closed closed ->
          response
              .setReason(closed.reason())
              .setMessage(closed.message())
              .setFeedback(ByteString.copyFrom(closed.feedback().toArray()));
      case Standing.Open _, Standing.Deciding _, Standing.Stale _ -> {}
    }
    return response.build();
  }

  @Override
  public void heartbeat(HeartbeatRequest request, StreamObserver<HeartbeatResponse> call) {
    WorkspaceGrant grant = WorkspaceGrants.current().grant();
    hub.workspaces()
        .beat(
            grant.workspaceUid(),
            grant.workspaceName(),
            new WorkspaceBook.Beat(
                Optional.of(request.getRevision())
                    .flatMap(ObjectId::parse)
                    .map(ObjectId::hex)
                    .orElse(""),
                request.getAhead(),
                request.getBehind(),
                printable(request.getRefusedFilesList()),
                printable(request.getConflictsList()),
                clock.millis()));
    call.onNext(HeartbeatResponse.newBuilder().setHead(hub.repository().head().hex()).build());
    call.onCompleted();
  }

  /** Paths as an agent tells them: as many as a status shows, and nothing that hides text. */
  private static List<String> printable(List<String> paths) {
    return paths.stream().limit(MAX_SHOWN_PATHS).map(Printable::of).toList();
  }
}
