package dev.qudag.node.validator;

import dev.qudag.consensus.certificate.ValidatorSets;
import dev.qudag.consensus.chain.ChainState;
import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.consensus.chain.identity.MemberSet;
import dev.qudag.consensus.simplex.Tip;
import dev.qudag.consensus.simplex.block.BlockHeader;
import dev.qudag.consensus.simplex.epoch.Handover;
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
import java.util.stream.Stream;

/**
 * Runs one epoch after the other, each turn on one thread.
 *
 * <pre>
 *   running e -- seal final, on the disk --&gt; waiting -- a quorum of the next set is ready --&gt; running e+1
 *                                              |  +---- a block of e+1 is final ------------&gt;
 *                                              |
 *                                              +-- not in the next set, which is ready -----&gt; at rest
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
  private Optional<Handover> handover = Optional.empty();
  private Optional<CatchUp> search = Optional.empty();

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
    BlockStore blocks = ground.blocks();
    if (blocks.isSealed()) {
      waitForOthers();
    } else {
      MemberSet set = blocks.state().set();
      Optional<BlockHeader> seal = blocks.sealOf(set.epoch() - 1);
      seal.flatMap(header -> word(header, set)).ifPresent(readiness::say);
      run(set);
    }
    var unused =
        turns.scheduleWithFixedDelay(
            guarded(this::askAgain), ASK_MILLIS, ASK_MILLIS, TimeUnit.MILLISECONDS);
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
    if (handover.isPresent() || !ground.blocks().isSealed()) {
      return;
    }
    ground.blocks().sync();
    CrashPoint.reached("validator-after-seal-persisted");
    MemberSet old = seal.state().set();
    MemberSet next = seal.state().membership().next().orElseThrow();
    handover =
        Optional.of(
            Handover.of(
                    seal.finality().orElseThrow(), ValidatorSets.of(old), ValidatorSets.of(next))
                .orElseThrow());
    word(seal.header(), next).ifPresentOrElse(readiness::say, readiness::saysNothing);
    othersAreAhead = false;
    List<Member> both =
        others(Stream.concat(old.members().stream(), next.members().stream()).distinct().toList());
    ground.links().follow(both);
    search =
        Optional.of(new CatchUp(both, ground.channels(), ground.address(), foundByNobody -> {}));
    LOG.log(System.Logger.Level.INFO, "epoch {0} has ended", old.epoch());
    askAgain();
    count();
  }

  private Optional<Ready> word(BlockHeader seal, MemberSet next) {
    NodeIdentity identity = ground.store().identity();
    OptionalInt place = next.placeOf(identity.verifyingKey());
    return place.isPresent()
        ? Optional.of(Ready.sign(seal, place.getAsInt(), identity.signingKey()::sign))
        : Optional.empty();
  }

  private void askAgain() throws IOException {
    if (handover.isPresent()) {
      readiness.tellAll();
      if (othersAreAhead) {
        enterIfItRuns();
      }
    } else {
      onTurn.run();
    }
  }

  private void count() throws IOException {
    if (handover.isEmpty()) {
      if (readiness.isAnybodyBeyond(ground.blocks().state().set().epoch())) {
        catchUp();
      }
      return;
    }
    Handover counted = handover.get();
    for (Ready word : readiness.words()) {
      counted = counted.with(word);
    }
    if (readiness.isAnybodyBeyond(counted.seal().epoch() + 1)) {
      othersAreAhead = true;
    }
    handover = Optional.of(counted);
    if (counted.isOpen()) {
      enter();
    }
  }

  /** A block of the next epoch that its set made final shows that it runs. */
  private void enterIfItRuns() throws IOException {
    Handover now = handover.orElseThrow();
    BlockHeader root = BlockHeader.root(now.seal());
    boolean runs =
        search
            .flatMap(peers -> peers.find(root.height() + 1))
            .map(FinalBlock::finality)
            .filter(found -> found.subject().isChildOf(root) && found.isValid(now.next()))
            .isPresent();
    if (runs) {
      enter();
    }
  }

  // ---- turning

  private void enter() throws IOException {
    BlockHeader root = BlockHeader.root(handover.orElseThrow().seal());
    handover = Optional.empty();
    search.ifPresent(CatchUp::close);
    search = Optional.empty();
    readiness.forgetUpTo(root.epoch());
    turning(true);
    rest();
    ChainState opened = ground.blocks().state().openEpoch();
    ground.blocks().open(new Tip<>(root, Optional.empty(), opened));
    ground.links().follow(others(opened.set().members()));
    run(opened.set());
    turning(false);
    onTurn.run();
  }

  /** Takes part in an epoch, if this validator is in its set. */
  private void run(MemberSet set) throws IOException {
    OptionalInt place = set.placeOf(ground.store().identity().verifyingKey());
    if (place.isEmpty()) {
      LOG.log(System.Logger.Level.WARNING, "not in the set of epoch {0}: at rest", set.epoch());
      return;
    }
    boolean nothingFinal = ground.blocks().height() == 0;
    EpochLogs logs =
        EpochLogs.open(ground.store(), ground.genesis(), set.epoch(), first, nothingFinal);
    Epoch epoch = new Epoch(ground, set, place.getAsInt(), logs);
    running = Optional.of(epoch);
    epoch.start();
    ground.links().connectedPeers().forEach(epoch::connected);
    LOG.log(System.Logger.Level.INFO, "takes part in epoch {0}", set.epoch());
  }

  private List<Member> others(List<Member> members) {
    VerifyingKey self = ground.store().identity().verifyingKey();
    return members.stream().filter(member -> !member.signingKey().equals(self)).toList();
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
    if (!turns.awaitTermination(1, TimeUnit.MINUTES)) {
      throw new IOException("the turn to another epoch does not end");
    }
    search.ifPresent(CatchUp::close);
    rest();
  }
}
