package dev.qudag.node.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.consensus.chain.decision.EngineDecision;
import dev.qudag.consensus.simplex.block.Block;
import dev.qudag.consensus.simplex.message.Finality;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.NodeIdentity;
import dev.qudag.crypto.VerifyingKey;
import dev.qudag.node.hub.book.Changes;
import dev.qudag.node.net.NodeServer;
import dev.qudag.node.net.PinnedChannels;
import dev.qudag.proto.ChainGrpc;
import dev.qudag.proto.ChainStatus;
import dev.qudag.proto.ChainStatusRequest;
import dev.qudag.proto.DecisionState;
import dev.qudag.proto.SubmitRequest;
import dev.qudag.proto.SubmitResponse;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A validator that has room for one decision at a time. */
class ValidatorLinkIT {
  private static final NodeIdentity VALIDATOR = NodeIdentity.generate();

  private final Narrow narrow = new Narrow();
  private final Undecided undecided = new Undecided(List.of(decision(1), decision(2)));

  @Test
  void aValidatorWithoutRoomIsAskedOnAndGetsTheRestLater() throws Exception {
    try (var server = NodeServer.start(VALIDATOR, 0, narrow);
        var link = linkTo(server)) {
      link.start();
      await().until(() -> undecided.reports.size() == 1);
      assertThat(narrow.pending).as("room for one").hasSize(1);

      narrow.pending.clear();

      await().until(() -> undecided.reports.size() == 2);
    }
  }

  /** The trap: each answer was a change, on which all validators were asked again. */
  @Test
  void aHubThatChangesOftenAsksAValidatorNoMoreOften() throws Exception {
    try (var server = NodeServer.start(VALIDATOR, 0, narrow);
        var link = linkTo(server)) {
      link.start();
      await().until(() -> narrow.asked.get() > 0);
      int before = narrow.asked.get();
      long from = System.nanoTime();
      for (int change = 0; change < 200; change++) {
        int looks = undecided.looks.get();
        undecided.changes.signal();
        await().pollInterval(Duration.ofMillis(1)).until(() -> undecided.looks.get() > looks);
      }
      long due = Duration.ofNanos(System.nanoTime() - from).dividedBy(ValidatorLink.POLL);
      assertThat(narrow.asked.get() - before).isLessThanOrEqualTo((int) due + 1);
    }
  }

  private ValidatorLink linkTo(NodeServer server) {
    return new ValidatorLink(
        0,
        new PinnedChannels(NodeIdentity.generate())
            .to("localhost", server.port(), VALIDATOR.tlsFingerprint()),
        undecided);
  }

  private static Decision decision(int sequence) {
    return new EngineDecision(
        Digest.ZERO,
        sequence,
        Digest.ZERO,
        Digest.sha256(new byte[] {1}),
        Bytes.of(new byte[VerifyingKey.SIGNATURE_SIZE]));
  }

  private static final class Narrow extends ChainGrpc.ChainImplBase {
    private final Set<ByteString> pending = ConcurrentHashMap.newKeySet();
    private final AtomicInteger asked = new AtomicInteger();

    @Override
    public void submit(SubmitRequest request, StreamObserver<SubmitResponse> answer) {
      var digest =
          ByteString.copyFrom(
              Decision.decode(request.getDecision().toByteArray()).digest().bytes());
      if (!pending.isEmpty() && !pending.contains(digest)) {
        throw Status.RESOURCE_EXHAUSTED.withDescription("no room").asRuntimeException();
      }
      pending.add(digest);
      answer.onNext(SubmitResponse.newBuilder().setDigest(digest).build());
      answer.onCompleted();
    }

    @Override
    public void status(ChainStatusRequest request, StreamObserver<ChainStatus> answer) {
      asked.incrementAndGet();
      var status = ChainStatus.newBuilder();
      pending.forEach(digest -> status.addPending(DecisionState.newBuilder().setDigest(digest)));
      answer.onNext(status.build());
      answer.onCompleted();
    }
  }

  /** A hub that waits for these decisions. */
  private static final class Undecided implements ValidatorLink.Chain {
    private final List<Decision> decisions;
    private final Changes changes = new Changes();
    private final AtomicInteger looks = new AtomicInteger();

    /** The decisions that the validator was heard to judge. */
    private final Set<ByteString> reports = ConcurrentHashMap.newKeySet();

    Undecided(List<Decision> decisions) {
      this.decisions = decisions;
    }

    @Override
    public long height() {
      return 0;
    }

    @Override
    public boolean apply(Block block, Finality finality) {
      return false;
    }

    @Override
    public Iterable<Decision> undecided() {
      looks.incrementAndGet();
      return decisions;
    }

    @Override
    public void report(int validator, List<DecisionState> pending) {
      pending.forEach(state -> reports.add(state.getDigest()));
    }

    @Override
    public Changes changes() {
      return changes;
    }
  }
}
