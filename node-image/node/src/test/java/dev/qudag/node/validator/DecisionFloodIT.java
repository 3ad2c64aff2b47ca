package dev.qudag.node.validator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.consensus.chain.decision.EngineDecision;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.VerifyingKey;
import dev.qudag.node.identity.NodeStore;
import dev.qudag.proto.ChainGrpc;
import dev.qudag.proto.DecisionState;
import dev.qudag.proto.PeerClose;
import dev.qudag.proto.PeerFrame;
import dev.qudag.proto.PeersGrpc;
import dev.qudag.proto.SubmitRequest;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A member that brings decisions for a state that never comes. */
class DecisionFloodIT {
  private static final int MORE_THAN_ANY_SHARE = 2000;

  @TempDir Path folder;
  private TestingSwarm swarm;
  private ManagedChannel member;

  @BeforeEach
  void start() throws Exception {
    swarm = new TestingSwarm(folder, 4);
    swarm.start(0);
    try (NodeStore store = NodeStore.open(swarm.volume(3))) {
      member = swarm.channel(store.identity(), 0);
    }
  }

  @AfterEach
  void stop() throws Exception {
    member.shutdownNow();
    swarm.close();
  }

  @Test
  void whoFillsItsShareIsRefusedAndTheSwarmIsNot() {
    Optional<Status> refused = Optional.empty();
    for (int i = 0; i < MORE_THAN_ANY_SHARE && refused.isEmpty(); i++) {
      refused = submit(neverDue(i));
    }
    assertThat(refused.orElseThrow().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(refused.orElseThrow().getDescription()).contains("validator-3 brought");

    Decision wanted = swarm.decide(swarm.genesisState(), "wanted");
    swarm.submitTo(0, wanted);
    assertThat(isPendingAt(0, wanted)).isTrue();
  }

  /** Else it would take the room of the one that passes it on, at everybody else. */
  @Test
  void whatAMemberBringsIsNotPassedOnBeforeTheSwarmWantsIt() throws Exception {
    swarm.start(1);
    StreamObserver<PeerFrame> frames = PeersGrpc.newStub(member).exchange(new Ignored());
    Decision never = neverDue(0);
    frames.onNext(PeerFrame.newBuilder().setDecision(ByteString.copyFrom(never.encode())).build());
    await().until(() -> isPendingAt(0, never));

    Decision wanted = swarm.decide(swarm.genesisState(), "wanted");
    swarm.submitTo(0, wanted);

    await().until(() -> isPendingAt(1, wanted));
    assertThat(isPendingAt(1, never)).isFalse();

    swarm.submitTo(0, never);

    await().until(() -> isPendingAt(1, never));
  }

  @Test
  void aValidatorThatStartsLaterHearsOfAllThatIsOpen() throws Exception {
    Decision first = swarm.decide(swarm.genesisState(), "first");
    Decision second = swarm.decide(swarm.genesisState(), "second");
    swarm.submitTo(0, first);
    swarm.submitTo(0, second);

    swarm.start(1);

    await().until(() -> isPendingAt(1, first) && isPendingAt(1, second));
  }

  /** Of an engine change that a million others have to come before. */
  private Decision neverDue(int number) {
    return new EngineDecision(
        swarm.genesis.chainId(),
        1_000_000 + number,
        Digest.ZERO,
        Digest.sha256(new byte[] {1}),
        Bytes.of(new byte[VerifyingKey.SIGNATURE_SIZE]));
  }

  private Optional<Status> submit(Decision decision) {
    try {
      var ignored =
          ChainGrpc.newBlockingStub(member)
              .withWaitForReady()
              .submit(
                  SubmitRequest.newBuilder()
                      .setDecision(ByteString.copyFrom(decision.encode()))
                      .build());
      return Optional.empty();
    } catch (StatusRuntimeException e) {
      return Optional.of(e.getStatus());
    }
  }

  private boolean isPendingAt(int validator, Decision decision) {
    ByteString digest = ByteString.copyFrom(decision.digest().bytes());
    return swarm.status(validator).getPendingList().stream()
        .map(DecisionState::getDigest)
        .anyMatch(digest::equals);
  }

  private static final class Ignored implements StreamObserver<PeerClose> {
    @Override
    public void onNext(PeerClose close) {}

    @Override
    public void onError(Throwable reason) {}

    @Override
    public void onCompleted() {}
  }
}
