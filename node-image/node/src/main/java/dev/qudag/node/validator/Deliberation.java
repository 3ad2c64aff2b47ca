package dev.qudag.node.validator;

import com.google.protobuf.ByteString;
import dev.qudag.consensus.chain.Attestation;
import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.OrderedDecision;
import dev.qudag.consensus.chain.Verdict;
import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.consensus.simplex.Event;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import dev.qudag.proto.PeerFrame;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What happens to a decision before it is ordered: it is stored, spread, judged and attested; with
 * a quorum of approvals it waits for a block. All of it is outside of the consensus thread, so a
 * slow merge delays its own decision only.
 *
 * <pre>
 *   heard of --> stored, spread --> judged --Approve or Reject--> attested, spread --> (quorum) --> waits for a block
 *                                    |  ^
 *                                    |  +-- after the next final block, or a delay (NotYet)
 *                                    +----- after a delay (hub or git failed: no opinion yet)
 * </pre>
 */
final class Deliberation implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Deliberation.class.getName());
  private static final int JUDGED_AT_ONCE = 2;
  private static final long RETRY_MILLIS = 1000;

  private final Genesis genesis;
  private final DecisionPool pool;
  private final DecisionShelf shelf;
  private final DecisionJudge judge;
  private final Attestor attestor;
  private final Predicate<Decision> isPast;
  private final Consumer<PeerFrame> spread;
  private final Consumer<Event> consensus;
  private final ValidatorMetrics metrics;
  private final Semaphore slots = new Semaphore(JUDGED_AT_ONCE, true);
  private final Set<Digest> underJudgement = ConcurrentHashMap.newKeySet();
  private final ExecutorService judging = Executors.newVirtualThreadPerTaskExecutor();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("judge-retry").factory());
  private List<Bytes> offered = List.of();
  private volatile boolean closing;

  /**
   * Wires the parts.
   *
   * @param isPast whether a decision was ordered, or has no future
   */
  Deliberation(
      Genesis genesis,
      DecisionPool pool,
      DecisionShelf shelf,
      DecisionJudge judge,
      Attestor attestor,
      Predicate<Decision> isPast,
      Consumer<PeerFrame> spread,
      Consumer<Event> consensus,
      ValidatorMetrics metrics) {
    this.genesis = genesis;
    this.pool = pool;
    this.shelf = shelf;
    this.judge = judge;
    this.attestor = attestor;
    this.isPast = isPast;
    this.spread = spread;
    this.consensus = consensus;
    this.metrics = metrics;
  }

  /** Takes up again what was under way when the process ended. */
  void resume() throws IOException {
    for (Decision decision : shelf.all()) {
      if (isPast.test(decision)) {
        shelf.remove(decision.digest());
      } else if (pool.add(decision)) {
        attestor.find(decision.digest()).ifPresent(pool::add);
        startJudging(decision);
      }
    }
    offer();
  }

  /**
   * Takes in a decision that somebody submits; it is on the disk when this returns.
   *
   * @return whether it was new
   * @throws IllegalArgumentException when it is for another chain
   */
  boolean submit(Decision decision) throws IOException {
    if (!decision.chainId().equals(genesis.chainId())) {
      throw new IllegalArgumentException("a decision of another chain");
    }
    if (pool.knows(decision.digest()) || pool.isFull() || isPast.test(decision)) {
      return false;
    }
    shelf.put(decision);
    if (!pool.add(decision)) {
      return false;
    }
    spread.accept(frame(decision));
    offer();
    startJudging(decision);
    return true;
  }

  boolean isFull() {
    return pool.isFull();
  }

  /** Takes in what a validator says; anything but a good first word of a member is ignored. */
  void attested(Attestation attestation) {
    boolean ours =
        attestation.chainId().equals(genesis.chainId())
            && attestation.epoch() == genesis.epoch()
            && attestation.author() < genesis.members().size();
    if (ours
        && pool.lacks(attestation)
        && attestation.isSignedBy(genesis.members().get(attestation.author()).signingKey())) {
      pool.add(attestation);
      offer();
    }
  }

  /** Tells a peer, whose stream is new, what it may have missed. */
  void greet(Consumer<PeerFrame> peer) throws IOException {
    for (Decision decision : pool.decisions()) {
      peer.accept(frame(decision));
      attestor.find(decision.digest()).ifPresent(own -> peer.accept(frame(own)));
    }
  }

  /**
   * After a block became final and was stored: what it ordered is done, what it overtook has no
   * future, what waited for it is judged.
   */
  void finalized(FinalBlock block) throws IOException {
    for (OrderedDecision ordered : block.payload().decisions()) {
      Digest digest = ordered.decision().digest();
      pool.finish(digest).ifPresent(dossier -> metrics.decided(dossier.ageSeconds()));
      shelf.remove(digest);
    }
    for (Decision decision : pool.decisions()) {
      if (isPast.test(decision)) {
        pool.finish(decision.digest());
        shelf.remove(decision.digest());
      } else {
        startJudging(decision);
      }
    }
    offer();
  }

  /** Tells the core what waits, when that has changed: to look at it, the core verifies it. */
  private synchronized void offer() {
    List<Bytes> ready = pool.ready();
    if (!ready.equals(offered)) {
      offered = ready;
      consensus.accept(new Event.Waiting(ready));
    }
  }

  private synchronized void startJudging(Decision decision) {
    Digest digest = decision.digest();
    if (!closing && !attestor.hasJudged(digest) && underJudgement.add(digest)) {
      judging.execute(() -> judge(decision));
    }
  }

  private void judge(Decision decision) {
    Digest digest = decision.digest();
    boolean concluded = false;
    try {
      slots.acquire();
      try {
        concluded = closing || conclude(digest, judge.judge(decision));
      } finally {
        slots.release();
      }
    } catch (IOException | RuntimeException e) {
      LOG.log(
          System.Logger.Level.WARNING,
          "no opinion on {0} yet: {1}",
          digest.shortHex(),
          e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    underJudgement.remove(digest);
    if (!concluded) {
      judgeLater(decision);
    }
  }

  /**
   * What could not be judged is judged again: also when the block that it waited for became final
   * while it was judged, after which none may follow.
   */
  private synchronized void judgeLater(Decision decision) {
    if (!closing && pool.isOpen(decision.digest())) {
      var unused =
          clock.schedule(() -> startJudging(decision), RETRY_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  /** Whether there is an opinion, which is said then. */
  private boolean conclude(Digest digest, Opinion opinion) throws IOException {
    return switch (opinion) {
      case Opinion.Approve() -> {
        attest(digest, Verdict.APPROVE, "");
        yield true;
      }
      case Opinion.Reject(String reason) -> {
        attest(digest, Verdict.REJECT, reason);
        yield true;
      }
      case Opinion.NotYet() -> false;
    };
  }

  private void attest(Digest decision, Verdict verdict, String reason) throws IOException {
    LOG.log(System.Logger.Level.INFO, "{0} {1} {2}", verdict, decision.shortHex(), reason);
    Attestation own = attestor.attest(decision, verdict, Line.of(reason));
    metrics.attested(own.verdict());
    pool.add(own);
    spread.accept(frame(own));
    offer();
  }

  private static PeerFrame frame(Decision decision) {
    return PeerFrame.newBuilder().setDecision(ByteString.copyFrom(decision.encode())).build();
  }

  private static PeerFrame frame(Attestation attestation) {
    return PeerFrame.newBuilder().setAttestation(ByteString.copyFrom(attestation.encode())).build();
  }

  /** Returns when the judgements under way have ended, whose files are the node's until then. */
  @Override
  public void close() {
    synchronized (this) {
      closing = true;
      clock.shutdownNow();
    }
    judging.close();
  }
}
