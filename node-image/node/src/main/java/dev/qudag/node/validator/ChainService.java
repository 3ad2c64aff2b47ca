package dev.qudag.node.validator;

import com.google.protobuf.ByteString;
import dev.qudag.consensus.chain.ChainState;
import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.crypto.Digest;
import dev.qudag.node.net.Callers;
import dev.qudag.node.net.StreamWriter;
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
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Takes decisions in, and hands the final chain out, to hub, operator and validators. */
final class ChainService extends ChainGrpc.ChainImplBase {
  private static final long LOOK_AGAIN_MILLIS = 1000;

  private final Genesis genesis;
  private final Deliberation deliberation;
  private final DecisionPool pool;
  private final BlockStore blocks;
  private final Supplier<ChainStatus> position;
  private final Set<Digest> callers;

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
    this.callers =
        Stream.concat(
                Stream.of(genesis.hub().tlsFingerprint(), genesis.operator().tlsFingerprint()),
                genesis.members().stream().map(Member::tlsFingerprint))
            .collect(Collectors.toUnmodifiableSet());
  }

  ServerServiceDefinition guarded() {
    return new Callers("hub, operator and validators of the genesis", callers::contains)
        .guard(this);
  }

  @Override
  public void submit(SubmitRequest request, StreamObserver<SubmitResponse> answer) {
    if (deliberation.isFull()) {
      throw Status.RESOURCE_EXHAUSTED
          .withDescription("too many decisions wait")
          .asRuntimeException();
    }
    try {
      Decision decision = Decision.decode(request.getDecision().toByteArray());
      deliberation.submit(decision);
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
