package dev.qudag.node.workspace;

import com.google.protobuf.ByteString;
import dev.qudag.consensus.chain.AuthorStatement;
import dev.qudag.consensus.chain.SignedGrant;
import dev.qudag.crypto.Bytes;
import dev.qudag.node.workspace.HubGateway.Outcome;
import dev.qudag.node.workspace.HubGateway.Receipt;
import dev.qudag.node.workspace.HubGateway.Submission;
import dev.qudag.proto.Chunk;
import dev.qudag.proto.CloneRequest;
import dev.qudag.proto.HeartbeatRequest;
import dev.qudag.proto.HeartbeatResponse;
import dev.qudag.proto.OutcomeRequest;
import dev.qudag.proto.OutcomeResponse;
import dev.qudag.proto.ProposalState;
import dev.qudag.proto.SubmitChunk;
import dev.qudag.proto.SubmitHeader;
import dev.qudag.proto.SubmitResult;
import dev.qudag.proto.WorkspaceGatewayGrpc.WorkspaceGatewayImplBase;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@link TestingHub} as the hub's gRPC service: it checks grant and signature as the hub does. */
final class TestingGateway extends WorkspaceGatewayImplBase {

  private static final Context.Key<byte[]> GRANT = Context.key("grant");

  private final TestingHub hub;
  private final Path folder;

  TestingGateway(TestingHub hub, Path folder) {
    this.hub = hub;
    this.folder = folder;
  }

  static final class GrantReader implements ServerInterceptor {
    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      byte[] grant =
          headers.get(Metadata.Key.of("qudag-grant-bin", Metadata.BINARY_BYTE_MARSHALLER));
      return Contexts.interceptCall(Context.current().withValue(GRANT, grant), call, headers, next);
    }
  }

  @Override
  public void clone(CloneRequest request, StreamObserver<Chunk> answer) {
    hub.fetchBranch(List.copyOf(request.getHavesList()), folder.resolve("sent.bundle"))
        .ifPresent(
            bundle -> {
              try (var in = Files.newInputStream(bundle)) {
                for (byte[] data = in.readNBytes(1000);
                    data.length > 0;
                    data = in.readNBytes(1000)) {
                  answer.onNext(Chunk.newBuilder().setData(ByteString.copyFrom(data)).build());
                }
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    answer.onCompleted();
  }

  @Override
  public StreamObserver<SubmitChunk> submit(StreamObserver<SubmitResult> answer) {
    var grant = SignedGrant.decode(GRANT.get()).grant();
    Path bundle = folder.resolve("received.bundle");
    return new StreamObserver<>() {
      private @Nullable SubmitHeader header;

      @Override
      public void onNext(SubmitChunk chunk) {
        try {
          if (chunk.hasHeader()) {
            header = chunk.getHeader();
            Files.deleteIfExists(bundle);
          } else {
            Files.write(
                bundle,
                chunk.getData().toByteArray(),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
          }
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }

      @Override
      public void onError(Throwable failure) {
        throw new AssertionError(failure);
      }

      @Override
      public void onCompleted() {
        var said = AuthorStatement.decode(header.getStatement().toByteArray());
        var signature = Bytes.of(header.getSignature().toByteArray());
        if (!grant.signingKey().verify(said.encode(), signature)) {
          throw new AssertionError("the statement is not signed by the workspace's key");
        }
        var submission =
            new Submission(
                said.commit(),
                said.title(),
                Optional.of(bundle).filter(Files::exists),
                header.getCandidate(),
                header.getPodUid());
        answer.onNext(result(hub.submit(submission)));
        answer.onCompleted();
      }
    };
  }

  private static SubmitResult result(Receipt receipt) {
    return switch (receipt) {
      case Receipt.Accepted(String proposal) ->
          SubmitResult.newBuilder().setProposal(proposal).build();
      case Receipt.Refused(String reason, String message) ->
          SubmitResult.newBuilder().setRefusedReason(reason).setRefusedMessage(message).build();
    };
  }

  @Override
  public void outcome(OutcomeRequest request, StreamObserver<OutcomeResponse> answer) {
    var response = OutcomeResponse.newBuilder();
    switch (hub.outcome(request.getProposal(), request.getWait())) {
      case Outcome.Pending(String state) -> response.setState(ProposalState.valueOf(state));
      case Outcome.Merged(String commit) ->
          response.setState(ProposalState.LANDED).setMergedCommit(commit);
      case Outcome.Ended(String reason, String message, String feedback) ->
          response
              .setState(ProposalState.CLOSED)
              .setReason(reason)
              .setMessage(message)
              .setFeedback(ByteString.copyFromUtf8(feedback));
    }
    answer.onNext(response.build());
    answer.onCompleted();
  }

  @Override
  public void heartbeat(HeartbeatRequest request, StreamObserver<HeartbeatResponse> answer) {
    String head =
        hub.heartbeat(
            new Revision(
                request.getRevision(),
                "",
                "",
                request.getAhead(),
                request.getBehind(),
                List.copyOf(request.getRefusedFilesList())));
    answer.onNext(HeartbeatResponse.newBuilder().setHead(head).build());
    answer.onCompleted();
  }
}
