package dev.qudag.node.workspace;

import com.google.protobuf.ByteString;
import dev.qudag.consensus.chain.proposal.AuthorStatement;
import dev.qudag.consensus.chain.proposal.SignedStatement;
import dev.qudag.proto.Chunk;
import dev.qudag.proto.CloneRequest;
import dev.qudag.proto.HeartbeatRequest;
import dev.qudag.proto.OutcomeRequest;
import dev.qudag.proto.OutcomeResponse;
import dev.qudag.proto.SubmitChunk;
import dev.qudag.proto.SubmitHeader;
import dev.qudag.proto.SubmitResult;
import dev.qudag.proto.WorkspaceGatewayGrpc;
import dev.qudag.proto.WorkspaceGatewayGrpc.WorkspaceGatewayBlockingV2Stub;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusException;
import io.grpc.stub.BlockingClientCall;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The hub by gRPC, on a channel that is pinned to its key. The grant says who this workspace is.
 */
final class GrpcHubGateway implements HubGateway, AutoCloseable {

  private static final Metadata.Key<byte[]> GRANT =
      Metadata.Key.of("qudag-grant-bin", Metadata.BINARY_BYTE_MARSHALLER);
  private static final int MAX_CONFLICTS = 100;
  private static final int CHUNK_BYTES = 64 << 10;
  private static final Duration CLONE = Duration.ofMinutes(5);
  private static final Duration HEARTBEAT = Duration.ofSeconds(5);
  private static final Duration OUTCOME = Duration.ofSeconds(10);
  private static final Duration OUTCOME_AWAITED = Duration.ofMinutes(5);

  private final ManagedChannel channel;
  private final WorkspaceGatewayBlockingV2Stub stub;
  private final Membership membership;
  private final Patience patience;

  GrpcHubGateway(ManagedChannel channel, Membership membership, InstantSource clock) {
    this.channel = channel;
    this.membership = membership;
    this.patience = new Patience(clock);
    var metadata = new Metadata();
    metadata.put(GRANT, membership.grant().encode());
    this.stub =
        WorkspaceGatewayGrpc.newBlockingV2Stub(channel)
            .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata))
            .withWaitForReady();
  }

  @Override
  public Optional<Path> fetchBranch(List<String> haves, Path file) {
    return patience.untilAnswered(
        CLONE,
        left -> {
          var call = within(left).clone(CloneRequest.newBuilder().addAllHaves(haves).build());
          try (var out = Files.newOutputStream(file)) {
            for (Chunk chunk = call.read(); chunk != null; chunk = call.read()) {
              chunk.getData().writeTo(out);
            }
          }
          return Files.size(file) == 0 ? Optional.empty() : Optional.of(file);
        });
  }

  @Override
  public Receipt submit(Submission submission, Duration limit) {
    var statement =
        membership.statement(submission.commit(), submission.title()).sign(membership.key());
    SubmitResult result = patience.untilAnswered(limit, left -> send(submission, statement, left));
    return result.getRefusedReason().isEmpty()
        ? new Receipt.Accepted(result.getProposal())
        : new Receipt.Refused(result.getRefusedReason(), result.getRefusedMessage());
  }

  private SubmitResult send(Submission submission, SignedStatement statement, Duration left)
      throws StatusException, InterruptedException, IOException {
    BlockingClientCall<SubmitChunk, SubmitResult> call = within(left).submit();
    AuthorStatement said = statement.statement();
    var header =
        SubmitHeader.newBuilder()
            .setStatement(ByteString.copyFrom(said.encode()))
            .setSignature(ByteString.copyFrom(statement.signature().toArray()))
            .setStack(submission.stacks())
            .setPriority(submission.priority())
            .setCandidate(submission.candidate())
            .setPodUid(submission.podUid());
    if (submission.bundle().isPresent()) {
      header.setSize(Files.size(submission.bundle().get()));
    }
    boolean more = call.write(SubmitChunk.newBuilder().setHeader(header).build());
    if (more && submission.bundle().isPresent()) {
      sendBundle(call, submission.bundle().get());
    }
    call.halfClose();
    SubmitResult result = call.read();
    if (result == null) {
      throw new IOException("the hub ended the call without an answer");
    }
    return result;
  }

  /** Ends early when the hub has answered already: a refusal needs no whole bundle. */
  private static void sendBundle(BlockingClientCall<SubmitChunk, SubmitResult> call, Path bundle)
      throws StatusException, InterruptedException, IOException {
    try (InputStream in = Files.newInputStream(bundle)) {
      byte[] chunk = in.readNBytes(CHUNK_BYTES);
      while (chunk.length > 0
          && call.write(SubmitChunk.newBuilder().setData(ByteString.copyFrom(chunk)).build())) {
        chunk = in.readNBytes(CHUNK_BYTES);
      }
    }
  }

  @Override
  public Outcome outcome(String proposal, boolean waits) {
    var request = OutcomeRequest.newBuilder().setProposal(proposal).setWait(waits).build();
    OutcomeResponse response =
        patience.untilAnswered(
            waits ? OUTCOME_AWAITED : OUTCOME, left -> within(left).outcome(request));
    return switch (response.getState()) {
      case LANDED -> new Outcome.Merged(response.getMergedCommit());
      case CLOSED ->
          new Outcome.Ended(
              response.getReason(), response.getMessage(), response.getFeedback().toStringUtf8());
      case OPEN, DECIDING, STALE, PROPOSAL_STATE_UNSPECIFIED, UNRECOGNIZED ->
          new Outcome.Pending(response.getState().name());
    };
  }

  @Override
  public String heartbeat(Revision revision) {
    var request =
        HeartbeatRequest.newBuilder()
            .setRevision(revision.commit())
            .setAhead(revision.ahead())
            .setBehind(revision.behind())
            .addAllRefusedFiles(revision.refusedFiles())
            .addAllConflicts(revision.conflicts().stream().limit(MAX_CONFLICTS).toList())
            .build();
    return patience.untilAnswered(HEARTBEAT, left -> within(left).heartbeat(request)).getHead();
  }

  private WorkspaceGatewayBlockingV2Stub within(Duration limit) {
    return stub.withDeadlineAfter(limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }

  /** Tries again while the hub is away, until the time is over. */
  private record Patience(InstantSource clock) {

    private static final Duration PAUSE = Duration.ofMillis(500);

    interface Call<T> {
      T within(Duration left) throws StatusException, InterruptedException, IOException;
    }

    <T> T untilAnswered(Duration limit, Call<T> call) {
      var end = clock.instant().plus(limit);
      Optional<String> said = Optional.empty();
      while (true) {
        try {
          return call.within(Duration.between(clock.instant(), end));
        } catch (StatusException e) {
          boolean away = e.getStatus().getCode() == io.grpc.Status.Code.UNAVAILABLE;
          if (!away || !clock.instant().plus(PAUSE).isBefore(end)) {
            throw new HubUnavailableException(why(e, said), e);
          }
          said = Optional.of(String.valueOf(e.getMessage()));
          pause(e);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new HubUnavailableException("interrupted", e);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }

    /** What the hub said last, where it is the time that is over. */
    private static String why(StatusException e, Optional<String> said) {
      String now = String.valueOf(e.getMessage());
      return e.getStatus().getCode() == io.grpc.Status.Code.DEADLINE_EXCEEDED
          ? said.orElse(now)
          : now;
    }

    private static void pause(StatusException why) {
      try {
        Thread.sleep(PAUSE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new HubUnavailableException(String.valueOf(why.getMessage()), why);
      }
    }
  }
}
