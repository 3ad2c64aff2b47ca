package dev.qudag.node.validator;

import com.google.protobuf.ByteString;
import dev.qudag.consensus.chain.ChainState;
import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.crypto.Digest;
import dev.qudag.node.net.Callers;
import dev.qudag.node.net.PeerIdentity;
import dev.qudag.node.net.StreamWriter;
import dev.qudag.node.validator.pool.Admission;
import dev.qudag.node.validator.pool.Bringer;
import dev.qudag.node.validator.pool.DecisionPool;
import dev.qudag.proto.ChainGrpc;
import dev.qudag.proto.ChainStatus;
import dev.qudag.proto.ChainStatusRequest;
import dev.qudag.proto.DecisionState;
import dev.qudag.proto.FinalizedBlock;
import dev.qudag.proto.FollowRequest;
import dev.qudag.proto.OpenDecision;
import dev.qudag.proto.OpenRequest;
import dev.qudag.proto.SubmitRequest;
import dev.qudag.proto.SubmitResponse;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** Takes decisions in, and hands the final chain out, to hub, operator and validators. */
final class ChainService extends ChainGrpc.ChainImplBase {
  /** Finds the epoch that the validator takes part in. */
  @FunctionalInterface
  interface RunningEpoch {
    Optional<Epoch> find() throws InterruptedException;
  }

  private static final String WHO = "hub, operator and validators of the epoch";
  private static final long LOOK_AGAIN_MILLIS = 1000;

  private final Genesis genesis;
  private final RunningEpoch epoch;
  private final BlockStore blocks;
  private final Supplier<ChainStatus> position;
  private final Function<Digest, Optional<Member>> members;

  /** The last stream of each caller, by its key: it has no other. */
  private final Map<Digest, StreamWriter<FinalizedBlock>> followers = new ConcurrentHashMap<>();

  /**
   * @param epoch the one that this validator takes part in
   * @param position view, peers and engine of this validator; the rest is filled in here
   * @param members finds the validator that a TLS key belongs to, in whichever epoch the chain is
   */
  ChainService(
      Genesis genesis,
      RunningEpoch epoch,
      BlockStore blocks,
      Supplier<ChainStatus> position,
      Function<Digest, Optional<Member>> members) {
    this.genesis = genesis;
    this.epoch = epoch;
    this.blocks = blocks;
    this.position = position;
    this.members = members;
  }

  ServerServiceDefinition guarded() {
    return new Callers(WHO, this::mayCall).guard(this);
  }

  private boolean mayCall(Digest tlsKey) {
    return bringer(tlsKey).isPresent();
  }

  private Digest callerKey() {
    return PeerIdentity.require(WHO, this::mayCall);
  }

  private Optional<Bringer> bringer(Digest tlsKey) {
    boolean isSwarm =
        tlsKey.equals(genesis.hub().tlsFingerprint())
            || tlsKey.equals(genesis.operator().tlsFingerprint());
    return isSwarm
        ? Optional.of(new Bringer.Swarm())
        : members.apply(tlsKey).map(member -> new Bringer.Validator(member.index()));
  }

  private Bringer caller() {
    return bringer(callerKey())
        .orElseThrow(
            () ->
                Status.PERMISSION_DENIED
                    .withDescription("not a validator of the epoch any more")
                    .asRuntimeException());
  }

  private Optional<Epoch> running() {
    try {
      return epoch.find();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Status.UNAVAILABLE.withDescription("the node ends").asRuntimeException();
    }
  }

  private Epoch requireRunning() {
    return running()
        .orElseThrow(
            () ->
                Status.UNAVAILABLE
                    .withDescription("this validator takes part in no epoch")
                    .asRuntimeException());
  }

  @Override
  public void submit(SubmitRequest request, StreamObserver<SubmitResponse> answer) {
    try {
      Decision decision = Decision.decode(request.getDecision().toByteArray());
      if (requireRunning().deliberation().submit(decision, caller())
          instanceof Admission.Refused(String reason)) {
        throw Status.RESOURCE_EXHAUSTED.withDescription(reason).asRuntimeException();
      }
      answer.onNext(SubmitResponse.newBuilder().setDigest(bytes(decision.digest())).build());
      answer.onCompleted();
    } catch (IllegalArgumentException e) {
      throw Status.INVALID_ARGUMENT.withDescription(e.getMessage()).asRuntimeException();
    } catch (IOException e) {
      throw Status.UNAVAILABLE
          .withDescription("cannot store it: " + e.getMessage())
          .asRuntimeException();
    }
  }

  @Override
  public void follow(FollowRequest request, StreamObserver<FinalizedBlock> answer) {
    if (request.getFromHeight() < 1) {
      throw Status.INVALID_ARGUMENT
          .withDescription("heights begin at 1, genesis is never sent")
          .asRuntimeException();
    }
    StreamWriter<FinalizedBlock> stream =
        StreamWriter.answer(
            answer,
            out -> {
              for (long next = request.getFromHeight(); ; ) {
                out.requireReader();
                if (blocks.await(next, LOOK_AGAIN_MILLIS)) {
                  out.send(message(blocks.block(next++)));
                }
              }
            });
    StreamWriter<FinalizedBlock> before = followers.put(callerKey(), stream);
    if (before != null) {
      before.end(
          Status.ABORTED.withDescription("a newer stream of the same caller took its place"));
    }
  }

  @Override
  public void open(OpenRequest request, StreamObserver<OpenDecision> answer) {
    List<Decision> decisions = requireRunning().pool().decisions();
    StreamWriter.answer(
        answer,
        out -> {
          for (Decision decision : decisions) {
            out.send(
                OpenDecision.newBuilder()
                    .setDecision(ByteString.copyFrom(decision.encode()))
                    .build());
          }
        });
  }

  @Override
  public void status(ChainStatusRequest request, StreamObserver<ChainStatus> answer) {
    ChainState state = blocks.state();
    ChainStatus.Builder status =
        position.get().toBuilder()
            .setHeight(blocks.height())
            .setGenesisDigest(bytes(genesis.digest()))
            .setPolicyDigest(bytes(state.policyDigest()));
    for (DecisionPool.Standing standing :
        running().map(now -> now.pool().standings()).orElse(List.of())) {
      status.addPending(
          DecisionState.newBuilder()
              .setDigest(bytes(standing.digest()))
              .setApprovals((int) standing.approvals())
              .setRejections((int) standing.rejections())
              .setRequired((int) standing.required())
              .addAllReasons(standing.reasons()));
    }
    answer.onNext(status.build());
    answer.onCompleted();
  }

  private static FinalizedBlock message(FinalBlock block) {
    return FinalizedBlock.newBuilder()
        .setBlock(ByteString.copyFrom(block.block().encode()))
        .setFinality(ByteString.copyFrom(block.finality().encode()))
        .build();
  }

  private static ByteString bytes(Digest digest) {
    return ByteString.copyFrom(digest.bytes());
  }
}
