package dev.qudag.node.rehearse;

import com.google.protobuf.ByteString;
import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.identity.HubMember;
import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.consensus.chain.identity.OperatorIdentity;
import dev.qudag.consensus.chain.identity.WorkspaceGrant;
import dev.qudag.consensus.chain.policy.Policy;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.NodeIdentity;
import dev.qudag.node.net.PinnedChannels;
import dev.qudag.proto.EnrolRequest;
import dev.qudag.proto.EnrolResponse;
import dev.qudag.proto.EnrolmentGrpc;
import dev.qudag.proto.HubControlGrpc;
import dev.qudag.proto.HubControlGrpc.HubControlBlockingStub;
import dev.qudag.proto.HubState;
import dev.qudag.proto.JoinRequest;
import dev.qudag.proto.WatchRequest;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** What the operator says to nodes, over the same TLS. */
final class Operator implements AutoCloseable {
  private static final int VIEW_TIMEOUT_MILLIS = 500;
  private static final long PATIENCE_SECONDS = 60;
  private static final Duration PAUSE = Duration.ofMillis(50);

  final NodeIdentity identity = NodeIdentity.generate();
  private final PinnedChannels channels = new PinnedChannels(identity);
  private final List<ManagedChannel> open = new ArrayList<>();

  private ManagedChannel channelTo(Seat node) {
    ManagedChannel channel = channels.to(node.address(), node.identity().tlsFingerprint());
    open.add(channel);
    return channel;
  }

  private EnrolmentGrpc.EnrolmentBlockingStub enrolment(Seat node) {
    return EnrolmentGrpc.newBlockingStub(channelTo(node))
        .withWaitForReady()
        .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  EnrolResponse enrol(Seat node) {
    return enrolment(node)
        .enrol(
            EnrolRequest.newBuilder()
                .setSwarmUid("swarm-uid")
                .setNonce(ByteString.copyFrom(new byte[Genesis.NONCE_SIZE]))
                .build());
  }

  Genesis genesis(Seat hub, Seat validator, String head) {
    return new Genesis(
        Bytes.of(new byte[Genesis.NONCE_SIZE]),
        "s",
        "refs/heads/main",
        head,
        new OperatorIdentity(identity.verifyingKey(), identity.tlsFingerprint()),
        new HubMember(hub.name(), hub.identity().verifyingKey(), hub.identity().tlsFingerprint()),
        List.of(
            new Member(
                0,
                validator.name(),
                validator.identity().verifyingKey(),
                validator.identity().tlsFingerprint(),
                1)),
        new Policy(List.of(), List.of()),
        VIEW_TIMEOUT_MILLIS);
  }

  void join(Seat node, Genesis genesis) {
    join(node, JoinRequest.newBuilder(), genesis);
  }

  /** As {@link #join}, with the grant that a workspace needs. */
  void joinWorkspace(Seat node, Genesis genesis) {
    var grant =
        new WorkspaceGrant(
                genesis.chainId(),
                node.name(),
                node.name(),
                node.identity().verifyingKey(),
                node.identity().tlsFingerprint())
            .sign(identity.signingKey());
    join(node, JoinRequest.newBuilder().setGrant(ByteString.copyFrom(grant.encode())), genesis);
  }

  private void join(Seat node, JoinRequest.Builder request, Genesis genesis) {
    var ignored =
        enrolment(node).join(request.setGenesis(ByteString.copyFrom(genesis.encode())).build());
  }

  HubControlBlockingStub control(Seat hub) {
    return HubControlGrpc.newBlockingStub(channelTo(hub))
        .withWaitForReady()
        .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** The first state of the hub that is as wanted. It serves when its validator has answered it. */
  HubState awaitState(Seat hub, Predicate<HubState> wanted) {
    HubControlBlockingStub control = control(hub);
    while (true) {
      try {
        return firstState(control.watch(WatchRequest.getDefaultInstance()), wanted);
      } catch (StatusRuntimeException e) {
        if (e.getStatus().getCode() != Status.Code.UNAVAILABLE) {
          throw e;
        }
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
  }

  private static HubState firstState(Iterator<HubState> states, Predicate<HubState> wanted) {
    while (true) {
      HubState state = states.next();
      if (wanted.test(state)) {
        return state;
      }
    }
  }

  @Override
  public void close() {
    open.forEach(ManagedChannel::shutdownNow);
  }
}
