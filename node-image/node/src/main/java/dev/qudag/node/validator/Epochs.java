package dev.qudag.node.validator;

import dev.qudag.consensus.chain.ChainState;
import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.consensus.chain.identity.MemberSet;
import dev.qudag.consensus.simplex.Event;
import dev.qudag.consensus.simplex.Tip;
import dev.qudag.consensus.simplex.block.BlockHeader;
import dev.qudag.consensus.simplex.epoch.Ready;
import dev.qudag.crypto.NodeIdentity;
import dev.qudag.crypto.VerifyingKey;
import dev.qudag.node.main.CrashPoint;
import dev.qudag.proto.EpochReady;
import dev.qudag.proto.PeerFrame;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Runs one epoch after the other, each turn on one thread.
 *
 * <pre>
 *   running e -- seal final, on the disk --&gt; waiting -- a quorum of the next set is ready --&gt; running e+1
 *                                            ^ |  +---- a block of e+1 is final ------------&gt;
 *                                            | |
 *   following -- a set names this validator -+ +-- not in the next set, which is ready -----&gt; at rest
 * </pre>
 *
 * <p>While it waits, epoch e answers those who are behind; later they get its blocks. A block that
 * the next set made final shows that a quorum of it was ready: so does whoever was away for more
 * than one epoch find its way.
 */
final class Epochs implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Epochs.class.getName());
  private static final long ASK_MILLIS = 1000;
  private static final long TURN_SECONDS = 5;

  private final Epoch.Ground ground;
  private final SignLog first;
  private final Runnable onTurn;
  private final Readiness readiness;
  private final ScheduledExecutorService turns =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("epochs").factory());

  private volatile Optional<Epoch> running = Optional.empty();
  private boolean turning;
  private volatile boolean othersAreAhead;
  private volatile long caughtUpAt = System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(ASK_MILLIS);
  private Optional<SealedEpoch> waiting = Optional.empty();
  private volatile Optional<Follower> following = Optional.empty();

  /**
   * @param first the sign-state of the first epoch
   * @param onTurn told when the set has changed, or has not for a while
   */
  Epochs(Epoch.Ground ground, SignLog first, Runnable onTurn) {
    this.ground = ground;
    this.first = first;
    this.onTurn = onTurn;
    this.readiness = new Readiness(ground.links());
  }

  /** Takes part where the chain on the disk ends. */
  void start() throws IOException {
    goOn();
    var unused =
        turns.scheduleWithFixedDelay(
            guarded(this::askAgain), ASK_MILLIS, ASK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void goOn() throws IOException {
    BlockStore blocks = ground.blocks();
    if (blocks.isSealed() && blocks.standing(ownKey()) == BlockStore.Standing.MEMBER) {
      waitForOthers();
    } else {
      MemberSet set = blocks.state().set();
      Optional<BlockHeader> seal = blocks.sealOf(set.epoch() - 1);
      seal.flatMap(header -> word(header, set)).ifPresent(readiness::say);
      run(set);
    }
  }

  private VerifyingKey ownKey() {
    return ground.store().identity().verifyingKey();
  }

  /** The epoch that this validator takes part in; empty while there is none. */
  Optional<Epoch> running() {
    return running;
  }

  /** The same; while this validator turns to the next one, waits a little for that. */
  synchronized Optional<Epoch> runningAfterTurn() throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TURN_SECONDS);
    for (long left = deadline - System.nanoTime();
        turning && left > 0;
        left = deadline - System.nanoTime()) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    return running;
  }

  private synchronized void turning(boolean now) {
    turning = now;
    notifyAll();
  }

  /** A block is final. */
  void blockIsFinal() {
    if (ground.blocks().isSealed()) {
      later(this::waitForOthers);
    }
  }

  /** A stream to a peer was opened, or opened anew. */
  void connected(int index) {
    readiness.tell(index);
    running.ifPresent(epoch -> epoch.connected(index));
  }

  /** Takes a message between cores, if it is of the epoch that runs. */
  void takeMessage(int index, PeerFrame frame) throws InterruptedException {
    Optional<Epoch> now = runningAfterTurn();
    if (now.isPresent() && now.get().set().epoch() == frame.getEpoch()) {
      now.get().take(index, frame);
    } else if (frame.getEpoch() > ground.blocks().state().set().epoch()) {
      othersAreAhead = true;
      catchUp();
    } else {
      readiness.tellWhoIsBehind(index);
    }
  }

  /** Takes what is about decisions, which are of no epoch. */
  void takeDecisions(int index, PeerFrame frame) throws InterruptedException {
    Optional<Epoch> now = runningAfterTurn();
    if (now.isPresent()) {
      now.get().take(index, frame);
    }
  }

  /** Takes a peer's word that it is ready, or has been. */
  void takeWord(int index, EpochReady said) {
    if (readiness.take(index, said, ground.blocks().state().set().epoch())) {
      later(this::count);
    }
  }

  /** Others say that they are in a later epoch, which may be a lie: it costs little. */
  private void catchUp() {
    long now = System.nanoTime();
    if (now - caughtUpAt >= TimeUnit.MILLISECONDS.toNanos(ASK_MILLIS)) {
      caughtUpAt = now;
      running.ifPresent(Epoch::catchUp);
    }
  }

  // ---- waiting

  private void waitForOthers() throws IOException {
    Tip<ChainState> seal = ground.blocks().tip();
    if (waiting.isPresent() || following.isPresent() || !ground.blocks().isSealed()) {
      return;
    }
    ground.blocks().sync();
    CrashPoint.reached("validator-after-seal-persisted");
    MemberSet next = seal.state().membership().next().orElseThrow();
    word(seal.header(), next).ifPresentOrElse(readiness::say, readiness::saysNothing);
    othersAreAhead = false;
    List<Member> both = ground.blocks().membersBut(ownKey());
    ground.links().follow(both);
    waiting = Optional.of(SealedEpoch.of(seal, catchUp(both, foundByNobody -> {})));
    LOG.log(System.Logger.Level.INFO, "epoch {0} has ended", seal.header().epoch());
    askAgain();
    count();
  }

  private CatchUp catchUp(List<Member> members, Consumer<Event> found) {
    return new CatchUp(members, ground.channels(), ground.address(), found);
  }

  private Optional<Ready> word(BlockHeader seal, MemberSet next) {
    NodeIdentity identity = ground.store().identity();
    OptionalInt place = next.placeOf(identity.verifyingKey());
    return place.isPresent()
        ? Optional.of(Ready.sign(seal, place.getAsInt(), identity.signingKey()::sign))
        : Optional.empty();
  }

  private void askAgain() throws IOException {
    if (following.isPresent()) {
      followOn(following.get());
    } else if (waiting.isPresent()) {
      readiness.tellAll();
      if (othersAreAhead && waiting.get().hasBegunElsewhere()) {
        enter(waiting.get());
      }
    } else {
      onTurn.run();
    }
  }

  private void count() throws IOException {
    if (waiting.isEmpty()) {
      if (readiness.isAnybodyBeyond(ground.blocks().state().set().epoch())) {
        catchUp();
      }
      return;
    }
    SealedEpoch ended = waiting.get();
    if (readiness.isAnybodyBeyond(ended.root().epoch())) {
      othersAreAhead = true;
    }
    if (ended.isReady(readiness.words())) {
      enter(ended);
    }
  }

  // ---- following

  private void followOn(Follower follower) throws IOException {
    follower.advance();
    if (ground.blocks().standing(ownKey()) == BlockStore.Standing.MEMBER) {
      follower.close();
      following = Optional.empty();
      goOn();
      onTurn.run();
    }
  }

  /** Of no set: who was in one stays at rest, who was in none looks out for one. */
  private void stayOutside(MemberSet set) throws IOException {
    ground.links().follow(List.of());
    if (ground.blocks().standing(ownKey()) == BlockStore.Standing.NEVER_NAMED) {
      LOG.log(
          System.Logger.Level.INFO,
          "not in the set of epoch {0}: follows the chain until a set names this validator",
          set.epoch());
      List<Member> introduced =
          ground.store().setAtJoin().map(MemberSet::members).orElse(List.of());
      following =
          Optional.of(new Follower(ground.blocks(), this::catchUp, introduced, ground.onFinal()));
    } else {
      LOG.log(System.Logger.Level.WARNING, "not in the set of epoch {0}: at rest", set.epoch());
    }
  }

  // ---- turning

  private void enter(SealedEpoch ended) throws IOException {
    BlockHeader root = ended.root();
    waiting = Optional.empty();
    ended.close();
    readiness.forgetUpTo(root.epoch());
    turning(true);
    rest();
    ChainState opened = ground.blocks().state().openEpoch(root.parentDigest());
    ground.blocks().open(new Tip<>(root, Optional.empty(), opened));
    run(opened.set());
    turning(false);
    onTurn.run();
  }

  /** Takes part in an epoch, if this validator is in its set. */
  private void run(MemberSet set) throws IOException {
    OptionalInt place = set.placeOf(ownKey());
    if (place.isEmpty()) {
      stayOutside(set);
      return;
    }
    ground.links().follow(set.without(place.getAsInt()));
    boolean nothingFinal = ground.blocks().height() == 0;
    EpochLogs logs =
        EpochLogs.open(ground.store(), ground.genesis(), set.epoch(), first, nothingFinal);
    Epoch epoch = new Epoch(ground, set, place.getAsInt(), logs);
    running = Optional.of(epoch);
    epoch.start();
    ground.links().connectedPeers().forEach(epoch::connected);
    LOG.log(System.Logger.Level.INFO, "takes part in epoch {0}", set.epoch());
  }

  private void rest() throws IOException {
    Optional<Epoch> ended = running;
    running = Optional.empty();
    if (ended.isPresent()) {
      try {
        ended.get().close();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private interface Turn {
    void run() throws IOException;
  }

  private void later(Turn turn) {
    if (!turns.isShutdown()) {
      turns.execute(guarded(turn));
    }
  }

  private Runnable guarded(Turn turn) {
    return () -> {
      try {
        turn.run();
      } catch (IOException | RuntimeException | Error e) {
        ground.onFailure().accept(e);
      }
    };
  }

  /** Returns when no epoch runs any more. */
  @Override
  public void close() throws IOException, InterruptedException {
    turns.shutdown();
    following.ifPresent(Follower::close);
    if (!turns.awaitTermination(1, TimeUnit.MINUTES)) {
      throw new IOException("the turn to another epoch does not end");
    }
    waiting.ifPresent(SealedEpoch::close);
    rest();
  }
}
