package dev.qudag.node.validator;

import com.google.protobuf.ByteString;
import dev.qudag.consensus.chain.BlockPayload;
import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.simplex.block.Block;
import dev.qudag.consensus.simplex.block.BlockHeader;
import dev.qudag.consensus.simplex.message.Ballot;
import dev.qudag.consensus.simplex.message.Certificate;
import dev.qudag.consensus.simplex.message.Finality;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import dev.qudag.proto.ChainGrpc;
import dev.qudag.proto.ChainStatus;
import dev.qudag.proto.ChainStatusRequest;
import dev.qudag.proto.FinalizedBlock;
import dev.qudag.proto.FollowRequest;
import io.grpc.stub.StreamObserver;
import java.util.List;

/** Says that the chain is long; hands out a first block that nobody signed, and no other. */
final class Forger extends ChainGrpc.ChainImplBase {
  private static final long HEIGHT = 1000;

  private final Genesis genesis;

  Forger(Genesis genesis) {
    this.genesis = genesis;
  }

  @Override
  public void status(ChainStatusRequest request, StreamObserver<ChainStatus> call) {
    call.onNext(
        ChainStatus.newBuilder()
            .setHeight(HEIGHT)
            .setGenesisDigest(ByteString.copyFrom(genesis.digest().bytes()))
            .build());
    call.onCompleted();
  }

  @Override
  public void follow(FollowRequest request, StreamObserver<FinalizedBlock> call) {
    if (request.getFromHeight() == 1) {
      BlockHeader start = BlockHeader.genesis(genesis.chainId(), genesis.epoch());
      Digest empty = BlockPayload.EMPTY.digest();
      call.onNext(
          forged(new BlockHeader(start.chainId(), start.epoch(), 1, 1, start.digest(), empty, 0)));
    }
    call.onCompleted();
  }

  private static FinalizedBlock forged(BlockHeader header) {
    var certificate = new Certificate(Ballot.finalize(header), Bytes.EMPTY, List.of());
    return FinalizedBlock.newBuilder()
        .setBlock(
            ByteString.copyFrom(new Block(header, Bytes.of(BlockPayload.EMPTY.encode())).encode()))
        .setFinality(ByteString.copyFrom(new Finality(certificate, List.of(header)).encode()))
        .build();
  }
}
