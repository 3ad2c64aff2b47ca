package dev.qudag.node.validator.attestation;

import dev.qudag.consensus.attestation.DagEquivocation;
import dev.qudag.consensus.attestation.DagMessage;
import dev.qudag.consensus.attestation.DagRecord;
import dev.qudag.consensus.attestation.VertexFlaw;
import dev.qudag.consensus.attestation.Word;
import dev.qudag.consensus.attestation.dag.Dag;
import dev.qudag.consensus.attestation.dag.DagConfig;
import dev.qudag.consensus.attestation.dag.Effect;
import dev.qudag.consensus.attestation.dag.Event;
import dev.qudag.consensus.chain.Attestation;
import dev.qudag.crypto.Digest;
import dev.qudag.node.main.CrashPoint;
import dev.qudag.transport.limit.Inbox;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The one thread that runs the attestation layer's core: takes events in turn and performs the
 * effects of each in order. Words that wait when it comes to them travel in one vertex, so one sync
 * and one signature of the batch serve them all. A disk that fails ends it for good, since what was
 * not persisted must not be sent.
 */
public final class AttestationLoop implements AutoCloseable {
  /** What the loop needs of its surroundings; none of it may block for long. */
  public interface Outlet {
    void send(int peer, DagMessage message);

    void broadcast(DagMessage message);

    /**
     * A validator, perhaps this one, spoke of a decision; also for what the log brought back. What
     * this one said is on the disk before: whoever hears it may tell others.
     */
    void heard(Attestation attestation) throws IOException;

    /** Nothing that is held speaks of the decision any more. */
    void forgotten(Digest decision);

    /** These decisions have ended, and the disk knows. */
    void ended(List<Digest> decisions) throws IOException;

    /** A validator equivocated. Told again after a restart. */
    void convicted(DagEquivocation evidence);

    void refused(int peer, VertexFlaw flaw);

    /** How many vertices are held, and how many wait for the one before. */
    void stands(int held, int orphans);

    void failed(Throwable reason);
  }

  private static final System.Logger LOG = System.getLogger(AttestationLoop.class.getName());

  /** What may wait here of one peer: the rest waits at the peer. */
  private static final int MOST_MESSAGES_WAITING = 256;

  public static final long MOST_BYTES_WAITING = 2L * 1024 * 1024;

  private static final long TICK_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final int self;
  private final Dag core;
  private final AttestationLog log;
  private final Outlet outlet;
  private final Inbox<Event> events;
  private final List<Digest> ended = new ArrayList<>();
  private final Thread thread;
  private volatile boolean closing;

  public AttestationLoop(DagConfig config, AttestationLog log, Outlet outlet) {
    this.self = config.self();
    this.core = new Dag(config);
    this.events = new Inbox<>(config.set().size(), MOST_MESSAGES_WAITING, MOST_BYTES_WAITING);
    this.log = log;
    this.outlet = outlet;
    this.thread = Thread.ofPlatform().name("attestations").unstarted(this::run);
  }

  /** Replays the log, which is all told to the outlet when this returns, then takes events. */
  public void start() throws IOException {
    take(new Event.Started(log.replay()));
    thread.start();
  }

  /**
   * Hands in what a peer sent. Waits while too much of that peer waits here; drops it once the loop
   * has ended.
   *
   * @param bytes the size of the message
   */
  public void received(int peer, DagMessage message, int bytes) throws InterruptedException {
    events.receive(peer, new Event.Received(peer, message), bytes);
  }

  /** A stream to a peer was opened, or opened anew. */
  public void connected(int peer) {
    events.add(new Event.Connected(peer));
  }

  /** Says something of a decision, unless something was said of it before. */
  public void say(Word word) {
    events.add(new Event.Say(List.of(word)));
  }

  /** Decisions have ended for good: nothing will be said of them any more. */
  public void end(List<Digest> decisions) {
    if (!decisions.isEmpty()) {
      events.add(new Event.Ended(decisions));
    }
  }

  private void run() {
    try {
      long lastTick = System.nanoTime();
      while (!closing) {
        long untilTick = lastTick + TICK_NANOS - System.nanoTime();
        Optional<Event> next = events.poll(Duration.ofNanos(untilTick));
        if (next.isPresent()) {
          take(withAllThatWaits(next.get()));
        }
        if (System.nanoTime() - lastTick >= TICK_NANOS) {
          lastTick = System.nanoTime();
          take(new Event.Tick());
          settle();
        }
      }
    } catch (IOException | RuntimeException | InterruptedException | Error e) {
      LOG.log(System.Logger.Level.ERROR, "the validator stops: " + e.getMessage(), e);
      outlet.failed(e);
    } finally {
      events.close();
    }
  }

  private Event withAllThatWaits(Event first) {
    if (!(first instanceof Event.Say(List<Word> words))) {
      return first;
    }
    List<Word> batch = new ArrayList<>(words);
    Optional<Event.Say> more;
    while ((more = events.pollIf(Event.Say.class)).isPresent()) {
      batch.addAll(more.get().words());
    }
    return new Event.Say(batch);
  }

  private void take(Event event) throws IOException {
    for (Effect effect : core.apply(event).effects()) {
      perform(effect);
    }
    if (event instanceof Event.Ended(List<Digest> decisions)) {
      ended.addAll(decisions);
    }
    outlet.stands(core.held(), core.orphans());
  }

  private void perform(Effect effect) throws IOException {
    switch (effect) {
      case Effect.Persist(DagRecord entry) -> log.append(entry);
      case Effect.Broadcast(DagMessage message) -> {
        sync();
        outlet.broadcast(message);
      }
      case Effect.Send(int peer, DagMessage message) -> {
        sync();
        outlet.send(peer, message);
      }
      case Effect.Heard(Attestation attestation) -> {
        if (attestation.author() == self) {
          sync();
        }
        outlet.heard(attestation);
      }
      case Effect.Forgotten(Digest decision) -> outlet.forgotten(decision);
      case Effect.Convicted(DagEquivocation evidence) -> outlet.convicted(evidence);
      case Effect.Refused(int peer, VertexFlaw flaw) -> outlet.refused(peer, flaw);
    }
  }

  private void sync() throws IOException {
    if (log.sync()) {
      CrashPoint.reached("validator-after-attestation-persisted");
    }
  }

  /** Now and then: makes durable what nobody waits for. */
  private void settle() throws IOException {
    sync();
    if (!ended.isEmpty()) {
      outlet.ended(List.copyOf(ended));
      ended.clear();
    }
    log.compact(core::checkpoint);
  }

  /** The thread is never interrupted: that would close the files it writes. */
  @Override
  public void close() throws IOException, InterruptedException {
    closing = true;
    events.wake();
    thread.join();
    log.close();
  }
}
