package dev.qudag.node.validator;

import com.google.protobuf.ByteString;
import dev.qudag.consensus.attestation.DagMessage;
import dev.qudag.consensus.attestation.Entry;
import dev.qudag.consensus.attestation.Vertex;
import dev.qudag.consensus.attestation.VertexBody;
import dev.qudag.consensus.attestation.VertexHeader;
import dev.qudag.consensus.chain.Attestation;
import dev.qudag.consensus.chain.Verdict;
import dev.qudag.consensus.evidence.DuplicateVote;
import dev.qudag.consensus.simplex.message.Ballot;
import dev.qudag.consensus.simplex.message.BallotKind;
import dev.qudag.consensus.simplex.message.Message;
import dev.qudag.consensus.simplex.message.Vote;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.NodeIdentity;
import dev.qudag.proto.PeerClose;
import dev.qudag.proto.PeerFrame;
import dev.qudag.proto.PeersGrpc;
import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Who holds the key of a member of the first epoch and signs whatever it likes with it. It does
 * nothing else that a validator does.
 */
public final class Liar implements AutoCloseable {
  private final Digest chainId;
  private final int place;
  private final NodeIdentity identity;
  private final IntFunction<ManagedChannel> channelTo;
  private final Map<Integer, ManagedChannel> channels = new HashMap<>();
  private final Map<Integer, StreamObserver<PeerFrame>> streams = new HashMap<>();

  /**
   * @param channelTo opens a channel to a validator by its place
   */
  public Liar(
      Digest chainId, int place, NodeIdentity identity, IntFunction<ManagedChannel> channelTo) {
    this.chainId = chainId;
    this.place = place;
    this.identity = identity;
    this.channelTo = channelTo;
  }

  /** Two votes of one view for two blocks, both to one validator; what they prove. */
  public DuplicateVote votesTwice(int to, long view) {
    Vote one = notarize(view, "one block");
    Vote other = notarize(view, "another block");
    send(to, one);
    send(to, other);
    return DuplicateVote.of(one, other);
  }

  private Vote notarize(long view, String block) {
    Ballot ballot = new Ballot(BallotKind.NOTARIZE, chainId, 0, view, digest(block));
    return new Vote(ballot, place, identity.signingKey().sign(ballot.encode()));
  }

  /** Two first attestations, one to each of two validators. */
  public void attestsTwice(int to, int toAnother) {
    send(to, vertex("one decision"));
    send(toAnother, vertex("another decision"));
  }

  private Vertex vertex(String decision) {
    Attestation attestation =
        new Attestation.Content(
                chainId, 0, place, 0, Digest.ZERO, digest(decision), Verdict.APPROVE, "")
            .sign(identity.signingKey());
    VertexBody body = new VertexBody(List.of(), List.of(new Entry.Attested(attestation)));
    VertexHeader header = new VertexHeader(chainId, 0, place, 0, body.digest());
    return new Vertex(header, body, identity.signingKey().sign(header.encode()));
  }

  /** Any message, signed by whomever. */
  public void says(int to, Message message) {
    send(to, message);
  }

  private void send(int to, Message message) {
    stream(to)
        .onNext(
            PeerFrame.newBuilder().setConsensus(ByteString.copyFrom(message.toBytes())).build());
  }

  private void send(int to, DagMessage message) {
    stream(to)
        .onNext(
            PeerFrame.newBuilder().setAttestation(ByteString.copyFrom(message.toBytes())).build());
  }

  private StreamObserver<PeerFrame> stream(int to) {
    return streams.computeIfAbsent(
        to,
        index ->
            PeersGrpc.newStub(channels.computeIfAbsent(index, i -> channelTo.apply(i)))
                .withWaitForReady()
                .exchange(new Deaf()));
  }

  private static Digest digest(String word) {
    return Digest.sha256(word.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  private static final class Deaf implements StreamObserver<PeerClose> {
    @Override
    public void onNext(PeerClose close) {}

    @Override
    public void onError(Throwable reason) {}

    @Override
    public void onCompleted() {}
  }

  @Override
  public void close() {
    channels.values().forEach(ManagedChannel::shutdownNow);
  }
}
