package dev.qudag.node.validator;

import com.google.protobuf.ByteString;
import dev.qudag.consensus.chain.ChainState;
import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.decision.Decision;
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
import dev.qudag.proto.SubmitRequest;
import dev.qudag.proto.SubmitResponse;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Takes decisions in, and hands the final chain out, to hub, operator and validators. */
final class ChainService extends ChainGrpc.ChainImplBase {
  private static final String WHO = "hub, operator and validators of the genesis";
  private static final long LOOK_AGAIN_MILLIS = 1000;

  private final Genesis genesis;
  private final Deliberation deliberation;
  private final DecisionPool pool;
  private final BlockStore blocks;
  private final Supplier<ChainStatus> position;
  private final Map<Digest, Bringer> callers;

  /** The last stream of each caller, by its key: it has no other. */
  private final Map<Digest, StreamWriter<FinalizedBlock>> followers = new ConcurrentHashMap<>();

  /**
   * @param position view, peers and engine of this validator; the rest is filled in here
   */
  ChainService(
      Genesis genesis,
      Deliberation deliberation,
      DecisionPool pool,
      BlockStore blocks,
      Supplier<ChainStatus> position) {
    this.genesis = genesis;
    this.deliberation = deliberation;
    this.pool = pool;
    this.blocks = blocks;
    this.position = position;
    this.callers = callers(genesis);
  }

  private static Map<Digest, Bringer> callers(Genesis genesis) {
    Map<Digest, Bringer> callers = new HashMap<>();
    genesis
        .members()
        .forEach(
            member -> callers.put(member.tlsFingerprint(), new Bringer.Validator(member.index())));
    callers.put(genesis.hub().tlsFingerprint(), new Bringer.Swarm());
    callers.put(genesis.operator().tlsFingerprint(), new Bringer.Swarm());
    return callers;
  }

  ServerServiceDefinition guarded() {
    return new Callers(WHO, callers::containsKey).guard(this);
  }

  private Digest callerKey() {
    return PeerIdentity.require(WHO, callers::containsKey);
  }

  private Bringer caller() {
    return Objects.requireNonNull(callers.get(callerKey()));
  }

  @Override
  public void submit(SubmitRequest request, StreamObserver<SubmitResponse> answer) {
    try {
      Decision decision = Decision.decode(request.getDecision().toByteArray());
      if (deliberation.submit(decision, caller()) instanceof Admission.Refused(String reason)) {
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
  public void status(ChainStatusRequest request, StreamObserver<ChainStatus> answer) {
    ChainState state = blocks.state();
    ChainStatus.Builder status =
        position.get().toBuilder()
            .setHeight(blocks.height())
            .setGenesisDigest(bytes(genesis.digest()))
            .setPolicyDigest(bytes(state.policyDigest()));
    for (DecisionPool.Standing standing : pool.standings()) {
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
