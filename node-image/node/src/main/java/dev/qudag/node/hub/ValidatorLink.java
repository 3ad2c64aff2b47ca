package dev.qudag.node.hub;

import com.google.protobuf.ByteString;
import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.consensus.simplex.block.Block;
import dev.qudag.consensus.simplex.message.Finality;
import dev.qudag.crypto.Digest;
import dev.qudag.node.hub.book.Changes;
import dev.qudag.proto.ChainGrpc;
import dev.qudag.proto.ChainStatusRequest;
import dev.qudag.proto.DecisionState;
import dev.qudag.proto.FinalizedBlock;
import dev.qudag.proto.FollowRequest;
import dev.qudag.proto.SubmitRequest;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The hub's two conversations with one validator: it follows the finalized blocks, and it hands in
 * decisions until the validator has them. Both start again when they break. The hub follows every
 * validator, so that no single one can hold a block back; each block is verified once, whoever
 * brings it first.
 */
final class ValidatorLink implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(ValidatorLink.class.getName());

  /** How often a validator is asked how it stands with what it has to judge. */
  static final Duration POLL = Duration.ofMillis(250);

  private static final Duration RETRY = Duration.ofMillis(300);
  private static final Duration IDLE = Duration.ofSeconds(30);
  private static final long CALL_SECONDS = 10;

  private final int index;
  private final ManagedChannel channel;
  private final Chain chain;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final List<Thread> conversations;

  /** The hub as its validators meet it. */
  interface Chain {
    /** The height up to which everything has landed. */
    long height();

    /**
     * Lands a block if it is the next one; false when the validator that sent it is not to be
     * followed further.
     */
    boolean apply(Block block, Finality finality);

    /** The decisions that validators have to judge. */
    Iterable<Decision> undecided();

    void report(int validator, List<DecisionState> pending);

    Changes changes();
  }

  ValidatorLink(int index, ManagedChannel channel, Chain chain) {
    this.index = index;
    this.channel = channel;
    this.chain = chain;
    this.conversations =
        List.of(
            Thread.ofVirtual().name("follow-" + index).unstarted(() -> keepUp(this::follow)),
            Thread.ofVirtual().name("deliver-" + index).unstarted(() -> keepUp(this::deliver)));
  }

  void start() {
    conversations.forEach(Thread::start);
  }

  private interface Conversation {
    void run() throws InterruptedException;
  }

  private void keepUp(Conversation conversation) {
    try {
      do {
        try {
          conversation.run();
        } catch (StatusRuntimeException e) {
          LOG.log(System.Logger.Level.DEBUG, "validator {0}: {1}", index, e.getStatus());
        } catch (RuntimeException e) {
          LOG.log(System.Logger.Level.WARNING, "validator " + index, e);
        }
      } while (!closed.await(RETRY.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void follow() {
    var request = FollowRequest.newBuilder().setFromHeight(chain.height() + 1).build();
    Iterator<FinalizedBlock> blocks =
        ChainGrpc.newBlockingStub(channel).withWaitForReady().follow(request);
    boolean good = true;
    while (good && blocks.hasNext()) {
      FinalizedBlock next = blocks.next();
      good =
          chain.apply(
              Block.decode(next.getBlock().toByteArray()),
              Finality.decode(next.getFinality().toByteArray()));
    }
  }

  /**
   * The hub's state changes with each word of a validator that it hears of: how often it asks goes
   * by the clock, or each answer would have all validators asked again.
   */
  private void deliver() throws InterruptedException {
    Set<Digest> delivered = new HashSet<>();
    long seen = -1;
    long askedAt = System.nanoTime() - POLL.toNanos();
    while (closed.getCount() > 0) {
      Set<Digest> wanted = new HashSet<>();
      boolean hasRoom = true;
      for (Decision decision : chain.undecided()) {
        Digest digest = decision.digest();
        wanted.add(digest);
        if (hasRoom && !delivered.contains(digest)) {
          hasRoom = submit(decision);
          if (hasRoom) {
            delivered.add(digest);
          }
        }
      }
      delivered.retainAll(wanted);
      if (!wanted.isEmpty() && System.nanoTime() - askedAt >= POLL.toNanos()) {
        askedAt = System.nanoTime();
        chain.report(
            index, within().status(ChainStatusRequest.getDefaultInstance()).getPendingList());
      }
      Duration untilAsked = POLL.minusNanos(System.nanoTime() - askedAt);
      seen = chain.changes().awaitOtherThan(seen, wanted.isEmpty() ? IDLE : untilAsked);
    }
  }

  /** Whether the validator took it: one without room takes it later, and is asked on meanwhile. */
  private boolean submit(Decision decision) {
    try {
      var ignored =
          within()
              .submit(
                  SubmitRequest.newBuilder()
                      .setDecision(ByteString.copyFrom(decision.encode()))
                      .build());
      return true;
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() != Status.Code.RESOURCE_EXHAUSTED) {
        throw e;
      }
      LOG.log(System.Logger.Level.DEBUG, "validator {0}: {1}", index, e.getStatus());
      return false;
    }
  }

  private ChainGrpc.ChainBlockingStub within() {
    return ChainGrpc.newBlockingStub(channel).withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS);
  }

  /** Returns when a landing under way has ended: the volume is somebody else's after that. */
  @Override
  public void close() throws InterruptedException {
    closed.countDown();
    channel.shutdownNow();
    chain.changes().signal();
    for (Thread conversation : conversations) {
      conversation.join();
    }
  }
}
