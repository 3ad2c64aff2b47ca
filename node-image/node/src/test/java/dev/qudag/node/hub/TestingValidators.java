package dev.qudag.node.hub;

import com.google.protobuf.ByteString;
import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.consensus.simplex.block.Block;
import dev.qudag.consensus.simplex.block.BlockHeader;
import dev.qudag.consensus.simplex.message.Finality;
import dev.qudag.crypto.Digest;
import dev.qudag.node.hub.book.Changes;
import dev.qudag.node.hub.restore.Validator;
import dev.qudag.node.net.NodeServer;
import dev.qudag.node.net.PinnedChannels;
import dev.qudag.node.net.StreamWriter;
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
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The validators of a {@link TestingChain} over real TLS, who all do what the test says: order what
 * they are handed, keep it, reject it, or show the hub whatever block the test made up.
 */
final class TestingValidators implements AutoCloseable {
  /** What they do with a decision that is handed in. */
  enum Mood {
    ORDER,
    WAIT,
    REJECT
  }

  private final TestingChain chain;
  private final List<NodeServer> servers = new ArrayList<>();
  private final List<TestingCustody> custodies = new ArrayList<>();
  private final Map<Long, FinalizedBlock> blocks = new TreeMap<>();
  private final Map<Digest, Decision> handedIn = new java.util.LinkedHashMap<>();
  private final Changes changes = new Changes();
  private BlockHeader tip;
  private Mood mood = Mood.ORDER;
  private int follows;

  TestingValidators(TestingChain chain) throws IOException {
    this.chain = chain;
    this.tip = chain.start();
    for (var validator : chain.validators) {
      var keeping = new TestingCustody();
      custodies.add(keeping);
      servers.add(NodeServer.start(validator, 0, new Chain(), keeping));
    }
  }

  /** For {@code QUDAG_ADDRESSES}. */
  String addresses() {
    List<String> addresses = new ArrayList<>();
    for (int i = 0; i < servers.size(); i++) {
      addresses.add("s-v" + i + "=localhost:" + servers.get(i).port());
    }
    return String.join(",", addresses);
  }

  synchronized void are(Mood next) {
    mood = next;
    if (mood == Mood.ORDER) {
      handedIn.values().forEach(this::order);
      handedIn.clear();
    }
  }

  /** Holds an open decision, whoever handed it in. */
  synchronized void hold(Decision decision) {
    handedIn.put(decision.digest(), decision);
  }

  /** What the hub restores itself from. The caller closes the channels. */
  List<Validator> links() {
    var channels = new PinnedChannels(chain.hub);
    List<Validator> links = new ArrayList<>();
    for (int i = 0; i < servers.size(); i++) {
      Member member = chain.genesis.members().get(i);
      links.add(
          new Validator(
              member, channels.to("localhost", servers.get(i).port(), member.tlsFingerprint())));
    }
    return links;
  }

  /** What one of them does with what it is to keep. */
  TestingCustody custody(int validator) {
    return custodies.get(validator);
  }

  synchronized int handedIn() {
    return handedIn.size();
  }

  /** How often the hub began to follow: one that refused a block begins again. */
  synchronized int follows() {
    return follows;
  }

  /** Shows this as the block at its height from now on. */
  synchronized void show(Block block, Finality finality) {
    blocks.put(
        block.header().height(),
        FinalizedBlock.newBuilder()
            .setBlock(ByteString.copyFrom(block.encode()))
            .setFinality(ByteString.copyFrom(finality.encode()))
            .build());
    changes.signal();
  }

  private void order(Decision decision) {
    int[] all = java.util.stream.IntStream.range(0, (int) chain.genesis.quorum()).toArray();
    Block block = chain.block(tip, chain.approved(decision, all));
    tip = block.header();
    show(block, chain.finality(block, all));
  }

  private synchronized FinalizedBlock at(long height) {
    return blocks.get(height);
  }

  @Override
  public void close() {
    servers.forEach(NodeServer::close);
  }

  private final class Chain extends ChainGrpc.ChainImplBase {
    @Override
    public void submit(SubmitRequest request, StreamObserver<SubmitResponse> call) {
      Decision decision = Decision.decode(request.getDecision().toByteArray());
      synchronized (TestingValidators.this) {
        boolean first = handedIn.put(decision.digest(), decision) == null;
        if (mood == Mood.ORDER && first && !isOrdered(decision)) {
          order(decision);
        }
      }
      call.onNext(
          SubmitResponse.newBuilder()
              .setDigest(ByteString.copyFrom(decision.digest().bytes()))
              .build());
      call.onCompleted();
    }

    private boolean isOrdered(Decision decision) {
      return blocks.values().stream()
          .map(block -> Block.decode(block.getBlock().toByteArray()))
          .map(block -> dev.qudag.consensus.chain.BlockPayload.decode(block.payload().toArray()))
          .flatMap(payload -> payload.decisions().stream())
          .anyMatch(ordered -> ordered.decision().digest().equals(decision.digest()));
    }

    @Override
    public void follow(FollowRequest request, StreamObserver<FinalizedBlock> call) {
      synchronized (TestingValidators.this) {
        follows++;
      }
      StreamWriter.answer(
          call,
          out -> {
            for (long height = request.getFromHeight(); ; height++) {
              long seen = changes.count();
              while (at(height) == null) {
                seen = changes.awaitOtherThan(seen, Duration.ofMillis(500));
                out.requireReader();
              }
              out.send(at(height));
            }
          });
    }

    @Override
    public void open(OpenRequest request, StreamObserver<OpenDecision> call) {
      synchronized (TestingValidators.this) {
        for (Decision decision : handedIn.values()) {
          call.onNext(
              OpenDecision.newBuilder()
                  .setDecision(ByteString.copyFrom(decision.encode()))
                  .build());
        }
      }
      call.onCompleted();
    }

    @Override
    public void status(ChainStatusRequest request, StreamObserver<ChainStatus> call) {
      var status =
          ChainStatus.newBuilder()
              .setGenesisDigest(ByteString.copyFrom(chain.genesis.digest().bytes()));
      synchronized (TestingValidators.this) {
        status.setHeight(blocks.keySet().stream().mapToLong(Long::longValue).max().orElse(0));
        int quorum = (int) chain.genesis.quorum();
        for (Digest digest : handedIn.keySet()) {
          status.addPending(
              DecisionState.newBuilder()
                  .setDigest(ByteString.copyFrom(digest.bytes()))
                  .setRequired(quorum)
                  .setRejections(mood == Mood.REJECT ? quorum : 0)
                  .addReasons("CommitMismatch: another commit follows"));
        }
      }
      call.onNext(status.build());
      call.onCompleted();
    }
  }
}
