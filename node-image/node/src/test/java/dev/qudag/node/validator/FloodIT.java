package dev.qudag.node.validator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.qudag.consensus.attestation.DagMessage;
import dev.qudag.consensus.attestation.Entry;
import dev.qudag.consensus.attestation.Frontier;
import dev.qudag.consensus.attestation.Vertex;
import dev.qudag.consensus.attestation.VertexBody;
import dev.qudag.consensus.attestation.VertexHeader;
import dev.qudag.consensus.chain.Attestation;
import dev.qudag.consensus.chain.Verdict;
import dev.qudag.consensus.simplex.message.Ballot;
import dev.qudag.consensus.simplex.message.BallotKind;
import dev.qudag.consensus.simplex.message.Vote;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.NodeIdentity;
import dev.qudag.node.identity.NodeStore;
import dev.qudag.proto.ChainGrpc;
import dev.qudag.proto.FinalizedBlock;
import dev.qudag.proto.FollowRequest;
import dev.qudag.proto.PeerClose;
import dev.qudag.proto.PeerFrame;
import dev.qudag.proto.PeersGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A member of the set that floods a validator with what no honest one sends. */
class FloodIT {
  private static final int MORE_THAN_TOLERATED = 100;
  private static final int MORE_STREAMS_THAN_TOLERATED = 10_000;
  private static final int SIGNATURE_BYTES = 4627;

  @TempDir Path folder;
  private TestingSwarm swarm;
  private ManagedChannel channel;

  @BeforeEach
  void startOneOfFour() throws Exception {
    swarm = new TestingSwarm(folder, 4);
    swarm.start(0);
    try (NodeStore store = NodeStore.open(swarm.volume(1))) {
      NodeIdentity member = store.identity();
      channel = swarm.channel(member, 0);
    }
  }

  @AfterEach
  void stop() throws Exception {
    channel.shutdownNow();
    swarm.close();
  }

  @Test
  void forgedSignaturesEndInABan() {
    var stream = new Stream();
    var vote =
        new Vote(
            new Ballot(BallotKind.NULLIFY, swarm.genesis.chainId(), 0, 1, Digest.ZERO),
            2,
            Bytes.of(new byte[SIGNATURE_BYTES]));
    stream.flood(consensus(vote.toBytes()));

    assertThat(stream.awaitEnd().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(stream.awaitEnd().getDescription()).matches("banned until .* \\(forged\\)");
    assertThat(new Stream().awaitEnd().getDescription())
        .as("a new stream")
        .matches("banned until .* \\(forged\\)");
  }

  @Test
  void forgedAttestationsEndInABan() {
    var content =
        new Attestation.Content(
            swarm.genesis.chainId(), 0, 2, 0, Digest.ZERO, Digest.ZERO, Verdict.APPROVE, "");
    Bytes forged = Bytes.of(new byte[SIGNATURE_BYTES]);
    var body =
        new VertexBody(List.of(), List.of(new Entry.Attested(content.withSignature(forged))));
    var header = new VertexHeader(swarm.genesis.chainId(), 0, 2, 0, body.digest());
    var stream = new Stream();
    stream.flood(attestation(new Vertex(header, body, forged)));
    assertThat(stream.awaitEnd().getDescription()).matches("banned until .* \\(forged\\)");
  }

  @Test
  void attestationsOfAnotherChainEndInABan() {
    var stream = new Stream();
    stream.flood(attestation(new Frontier(Digest.ZERO, 0, List.of())));
    assertThat(stream.awaitEnd().getDescription()).matches("banned until .* \\(malformed\\)");
  }

  @Test
  void malformedFramesEndTheStreamAndThenInABan() {
    Status end = Status.OK;
    for (int i = 0; i < MORE_THAN_TOLERATED && isMalformed(end); i++) {
      var stream = new Stream();
      stream.frames.onNext(consensus(new byte[] {42}));
      end = stream.awaitEnd();
    }
    assertThat(end.getDescription()).matches("banned until .* \\(malformed\\)");
  }

  @Test
  void streamsWithoutEndEndInABan() {
    Status end = Status.OK;
    for (int i = 0; i < MORE_STREAMS_THAN_TOLERATED && end.isOk(); i++) {
      var stream = new Stream();
      stream.frames.onCompleted();
      end = stream.awaitEnd();
    }
    assertThat(end.getDescription()).matches("banned until .* \\(rate\\)");
  }

  /** Each may leave a frame half sent, which waits here. */
  @Test
  void aFurtherStreamTakesThePlaceOfTheOneBefore() {
    assertOneIsReplaced(new Stream().end, new Stream().end);
  }

  @Test
  void whoFollowsTheChainTwiceIsSentOneStreamOnly() {
    assertOneIsReplaced(new Following().end, new Following().end);
  }

  /** Which of them came later is for the network to say. */
  private static void assertOneIsReplaced(
      CompletableFuture<Status> one, CompletableFuture<Status> other) {
    Status end =
        one.applyToEither(other, Function.identity()).orTimeout(20, TimeUnit.SECONDS).join();
    assertThat(end.getCode()).isEqualTo(Status.Code.ABORTED);
    assertThat(one.isDone() && other.isDone()).as("both have ended").isFalse();
  }

  private static boolean isMalformed(Status end) {
    return end.isOk() || end.getCode() == Status.Code.INVALID_ARGUMENT;
  }

  private static PeerFrame consensus(byte[] message) {
    return PeerFrame.newBuilder().setConsensus(ByteString.copyFrom(message)).build();
  }

  private static PeerFrame attestation(DagMessage message) {
    return PeerFrame.newBuilder().setAttestation(ByteString.copyFrom(message.toBytes())).build();
  }

  /** One stream of final blocks, of which there are none. */
  private final class Following implements StreamObserver<FinalizedBlock> {
    private final CompletableFuture<Status> end = new CompletableFuture<>();

    Following() {
      ChainGrpc.newStub(channel).follow(FollowRequest.newBuilder().setFromHeight(1).build(), this);
    }

    @Override
    public void onNext(FinalizedBlock block) {}

    @Override
    public void onError(Throwable reason) {
      end.complete(Status.fromThrowable(reason));
    }

    @Override
    public void onCompleted() {
      end.complete(Status.OK);
    }
  }

  /** One stream of the member to the validator. */
  private final class Stream implements StreamObserver<PeerClose> {
    private final CompletableFuture<Status> end = new CompletableFuture<>();
    private final StreamObserver<PeerFrame> frames;

    Stream() {
      frames = PeersGrpc.newStub(channel).exchange(this);
    }

    /** Sends the same until the validator has had enough. */
    void flood(PeerFrame frame) {
      await()
          .until(
              () -> {
                frames.onNext(frame);
                return end.isDone();
              });
    }

    Status awaitEnd() {
      return end.orTimeout(20, TimeUnit.SECONDS).join();
    }

    @Override
    public void onNext(PeerClose close) {}

    @Override
    public void onError(Throwable reason) {
      end.complete(Status.fromThrowable(reason));
    }

    @Override
    public void onCompleted() {
      end.complete(Status.OK);
    }
  }
}
