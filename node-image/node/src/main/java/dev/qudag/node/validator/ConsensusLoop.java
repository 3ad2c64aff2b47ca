package dev.qudag.node.validator;

import dev.qudag.consensus.simplex.Effect;
import dev.qudag.consensus.simplex.Event;
import dev.qudag.consensus.simplex.Simplex;
import dev.qudag.consensus.simplex.SimplexConfig;
import dev.qudag.consensus.simplex.block.PayloadRules;
import dev.qudag.consensus.simplex.message.Message;
import dev.qudag.consensus.simplex.message.SignRecord;
import dev.qudag.node.main.CrashPoint;
import dev.qudag.transport.limit.Inbox;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The one thread that runs the consensus core: takes events in turn and performs the effects of
 * each in order. A disk that fails ends it for good, since what was not persisted must not be sent.
 *
 * @param <S> the state that blocks leave; what it is made of is the {@link PayloadRules}' to say
 */
final class ConsensusLoop<S> implements AutoCloseable {
  /** What the loop needs of its surroundings; none of it may block for long. */
  interface Outlet<S> {
    void send(int peer, Message message);

    void broadcast(Message message);

    void finalized(FinalBlock block, S state);

    void catchUp(long fromHeight);

    /** A peer sent this, and the core has taken it. */
    void seen(Message message);

    /** A peer sent a signature that does not verify. */
    void forged(int peer);

    void failed(Throwable reason);
  }

  private static final System.Logger LOG = System.getLogger(ConsensusLoop.class.getName());
  private static final int MOST_BLOCKS_UNSYNCED = 64;

  /** What may wait here of one peer: the rest waits at the peer. */
  private static final int MOST_MESSAGES_WAITING = 1024;

  static final long MOST_BYTES_WAITING = 4L * 1024 * 1024;

  private static final Duration WITHOUT_EVENT = Duration.ofMinutes(1);

  private final Simplex<S> core;
  private final PayloadRules<S> rules;
  private final SignLog signLog;
  private final FinalChain<S> chain;
  private final Outlet<S> outlet;
  private final ValidatorMetrics metrics;

  private final Inbox<Event> events;
  private final ForgeryWatch signatures;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("view-timer").factory());
  private final Thread thread;
  private volatile boolean closing;
  private volatile long view;
  private int blocksUnsynced;
  private @Nullable Future<?> timer;

  /**
   * @param signatures of the set that the core is configured with
   */
  ConsensusLoop(
      SimplexConfig config,
      PayloadRules<S> rules,
      ForgeryWatch signatures,
      SignLog signLog,
      FinalChain<S> chain,
      Outlet<S> outlet,
      ValidatorMetrics metrics) {
    this.core = new Simplex<>(config, rules, chain.tip());
    this.rules = rules;
    this.signatures = signatures;
    this.events = new Inbox<>(config.set().size(), MOST_MESSAGES_WAITING, MOST_BYTES_WAITING);
    this.signLog = signLog;
    this.chain = chain;
    this.outlet = outlet;
    this.metrics = metrics;
    this.thread = Thread.ofPlatform().name("consensus").unstarted(this::run);
  }

  /** Replays the sign-state, then takes events. */
  void start() {
    thread.start();
  }

  /** Hands in an event of this node itself. */
  void submit(Event event) {
    events.add(event);
  }

  /**
   * Hands in a message of a peer. Waits while too much of that peer waits here; drops it once the
   * loop has ended.
   *
   * @param bytes the size of the message
   */
  void receive(int peer, Message message, int bytes) throws InterruptedException {
    events.receive(peer, new Event.Received(peer, message), bytes);
  }

  long view() {
    return view;
  }

  private void run() {
    try {
      take(new Event.Started(signLog.replay()));
      syncChain(events.isEmpty());
      while (!closing) {
        Optional<Event> next = events.poll(WITHOUT_EVENT);
        if (next.isPresent()) {
          take(next.get());
        }
        syncChain(events.isEmpty());
      }
      syncChain(true);
    } catch (IOException | RuntimeException | InterruptedException | Error e) {
      LOG.log(System.Logger.Level.ERROR, "the validator stops: " + e.getMessage(), e);
      outlet.failed(e);
    } finally {
      events.close();
    }
  }

  private void take(Event event) throws IOException {
    for (Effect effect : core.apply(event).effects()) {
      perform(effect);
    }
    boolean forged = signatures.sawForgery();
    if (event instanceof Event.Received(int peer, Message message)) {
      if (forged) {
        outlet.forged(peer);
      }
      outlet.seen(message);
    }
    view = core.view();
    metrics.view(view);
  }

  private void perform(Effect effect) throws IOException {
    switch (effect) {
      case Effect.Persist(SignRecord entry) -> {
        signLog.append(entry);
        metrics.signed(entry);
      }
      case Effect.Broadcast(Message message) -> {
        sync();
        outlet.broadcast(message);
      }
      case Effect.Send(int peer, Message message) -> {
        sync();
        outlet.send(peer, message);
      }
      case Effect.SetTimer(long timedView, Duration after) -> {
        stopTimer();
        timer =
            clock.schedule(
                () -> submit(new Event.TimedOut(timedView)),
                after.toMillis(),
                TimeUnit.MILLISECONDS);
      }
      case Effect.StopTimer() -> stopTimer();
      case Effect.Finalized finalized ->
          keep(new FinalBlock(finalized.block(), finalized.finality()));
      case Effect.CatchUp(long height) -> outlet.catchUp(height);
    }
  }

  private void sync() throws IOException {
    if (signLog.sync()) {
      CrashPoint.reached("validator-after-sign-persisted");
    }
  }

  private void keep(FinalBlock block) throws IOException {
    if (chain.isSealed()) {
      return;
    }
    S state = stateAfter(block);
    chain.append(block, state);
    blocksUnsynced++;
    outlet.finalized(block, state);
  }

  /**
   * Syncs final blocks when nobody waits for it: a crash before that loses none, since their bodies
   * and the votes that make them final are in the sign-states of a quorum. The own sign-state
   * forgets them afterwards.
   */
  private void syncChain(boolean isIdle) throws IOException {
    if (blocksUnsynced > MOST_BLOCKS_UNSYNCED || (isIdle && blocksUnsynced > 0)) {
      chain.sync();
      blocksUnsynced = 0;
      signLog.forgetUpTo(chain.tip().header().view());
    }
  }

  /**
   * The core knows the state after its last final block; those before it in the same step are
   * applied again.
   */
  private S stateAfter(FinalBlock block) {
    return core.tip().header().height() == block.height()
        ? core.tip().state()
        : rules.apply(chain.tip().state(), block.block().payload()).orElseThrow();
  }

  private void stopTimer() {
    if (timer != null) {
      timer.cancel(false);
    }
  }

  /** The thread is never interrupted: that would close the files it writes. */
  @Override
  public void close() throws InterruptedException {
    closing = true;
    events.wake();
    thread.join();
    clock.shutdownNow();
  }
}
