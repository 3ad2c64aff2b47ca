package dev.qudag.node.validator;

import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.consensus.simplex.Event;
import dev.qudag.consensus.simplex.block.Block;
import dev.qudag.consensus.simplex.message.Finality;
import dev.qudag.crypto.encoding.MalformedEncodingException;
import dev.qudag.node.net.PinnedChannels;
import dev.qudag.proto.ChainGrpc;
import dev.qudag.proto.ChainStatusRequest;
import dev.qudag.proto.FinalizedBlock;
import dev.qudag.proto.FollowRequest;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Gets final blocks from the other validators, one after the other, when the core says that it
 * lags. One run at a time; the core asks again, at its time-out, as long as it lags. The core
 * verifies what comes.
 */
final class CatchUp implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(CatchUp.class.getName());
  private static final long DEADLINE_SECONDS = 30;
  private static final long SEARCH_SECONDS = 2;

  private final List<ManagedChannel> peers;
  private final Consumer<Event> consensus;
  private final AtomicBoolean running = new AtomicBoolean();
  private int turn;

  CatchUp(
      List<Member> others,
      PinnedChannels channels,
      Function<String, String> address,
      Consumer<Event> consensus) {
    this.peers =
        others.stream()
            .map(member -> channels.to(address.apply(member.name()), member.tlsFingerprint()))
            .toList();
    this.consensus = consensus;
  }

  /** Starts to catch up unless that is under way. */
  void from(long height) {
    if (!peers.isEmpty() && running.compareAndSet(false, true)) {
      Thread.ofVirtual().name("catch-up").start(() -> run(height));
    }
  }

  /** Catches up on the calling thread, with the first peer that has something. */
  void run(long height) {
    try {
      for (int tries = 0; tries < peers.size(); tries++) {
        turn = (turn + 1) % peers.size();
        if (follow(peers.get(turn), height)) {
          return;
        }
      }
    } finally {
      running.set(false);
    }
  }

  /**
   * Whether some peer has a block at a height.
   *
   * @param isProven whether what a peer hands out is that block
   */
  boolean isThere(long height, Predicate<FinalBlock> isProven) {
    return peers.stream().anyMatch(peer -> ask(peer, height).filter(isProven).isPresent());
  }

  private static Optional<FinalBlock> ask(ManagedChannel peer, long height) {
    var chain = ChainGrpc.newBlockingStub(peer).withDeadlineAfter(SEARCH_SECONDS, TimeUnit.SECONDS);
    try {
      if (chain.status(ChainStatusRequest.getDefaultInstance()).getHeight() < height) {
        return Optional.empty();
      }
      FinalizedBlock found =
          chain.follow(FollowRequest.newBuilder().setFromHeight(height).build()).next();
      return Optional.of(
          new FinalBlock(
              Block.decode(found.getBlock().toByteArray()),
              Finality.decode(found.getFinality().toByteArray())));
    } catch (StatusRuntimeException | MalformedEncodingException | NoSuchElementException e) {
      LOG.log(System.Logger.Level.DEBUG, "{0}: {1}", peer.authority(), e.getMessage());
      return Optional.empty();
    }
  }

  /** Whether the peer had something. */
  private boolean follow(ManagedChannel peer, long height) {
    var chain =
        ChainGrpc.newBlockingStub(peer).withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
    try {
      long last = chain.status(ChainStatusRequest.getDefaultInstance()).getHeight();
      if (last < height) {
        return false;
      }
      Iterator<FinalizedBlock> blocks =
          chain.follow(FollowRequest.newBuilder().setFromHeight(height).build());
      for (long next = height; next <= last; next++) {
        FinalizedBlock found = blocks.next();
        consensus.accept(
            new Event.CaughtUp(
                Block.decode(found.getBlock().toByteArray()),
                Finality.decode(found.getFinality().toByteArray())));
      }
      LOG.log(System.Logger.Level.INFO, "caught up from height {0} to {1}", height, last);
      return true;
    } catch (StatusRuntimeException | MalformedEncodingException | NoSuchElementException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "cannot catch up from {0}: {1}",
          peer.authority(),
          e.getMessage());
      return false;
    }
  }

  @Override
  public void close() {
    peers.forEach(ManagedChannel::shutdownNow);
  }
}
