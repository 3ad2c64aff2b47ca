package dev.qudag.node.validator;

import dev.qudag.consensus.attestation.Verdicts;
import dev.qudag.consensus.attestation.Word;
import dev.qudag.consensus.chain.Attestation;
import dev.qudag.consensus.chain.OrderedDecision;
import dev.qudag.consensus.chain.Verdict;
import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.consensus.simplex.Event;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import dev.qudag.node.validator.attestation.AttestationLoop;
import dev.qudag.node.validator.judge.DecisionJudge;
import dev.qudag.node.validator.judge.Judging;
import dev.qudag.node.validator.pool.Admission;
import dev.qudag.node.validator.pool.Bringer;
import dev.qudag.node.validator.pool.Brought;
import dev.qudag.node.validator.pool.DecisionPool;
import dev.qudag.node.validator.pool.DecisionShelf;
import dev.qudag.node.validator.pool.RejectedDecision;
import dev.qudag.proto.PeerFrame;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What happens to a decision before it is ordered: it is stored, spread, judged and attested; with
 * a quorum of approvals it waits for a block, with a quorum of rejections it has ended. All of it
 * is outside of the consensus thread, so a slow merge delays its own decision only.
 *
 * <pre>
 *   heard of --> stored, spread --> judged --Approve or Reject--> attested --> a quorum of Approve --> waits for a block
 *                                    |  ^                            +-------> a quorum of Reject --> ended
 *                                    |  +-- after the next final block, or evidence (NotYet)
 *                                    +----- after a delay (hub or git failed: abstains until then)
 * </pre>
 *
 * <p>A validator judges a decision once: what it said is told by the attestation layer, also after
 * a restart, before anything is judged.
 */
final class Deliberation implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Deliberation.class.getName());

  private final Digest chainId;
  private final int self;
  private final DecisionPool pool;
  private final DecisionShelf shelf;
  private final AttestationLoop attestations;
  private final Judging judging;
  private final Predicate<Decision> isPast;
  private final Consumer<PeerFrame> spread;
  private final Consumer<Event> consensus;
  private final ValidatorMetrics metrics;
  private final Object intake = new Object();
  private List<Bytes> offered = List.of();

  /**
   * Wires the parts.
   *
   * @param self index of this validator
   * @param isPast whether a decision was ordered, or has no future
   */
  Deliberation(
      Digest chainId,
      int self,
      DecisionPool pool,
      DecisionShelf shelf,
      DecisionJudge judge,
      AttestationLoop attestations,
      Predicate<Decision> isPast,
      Consumer<PeerFrame> spread,
      Consumer<Event> consensus,
      ValidatorMetrics metrics) {
    this.chainId = chainId;
    this.self = self;
    this.pool = pool;
    this.shelf = shelf;
    this.attestations = attestations;
    this.judging = new Judging(judge::judge, pool::isOpen, pool::isWanted, this::say);
    this.isPast = isPast;
    this.spread = spread;
    this.consensus = consensus;
    this.metrics = metrics;
  }

  /** Brings back what was under way when the process ended: before the words about it come. */
  void restore() throws IOException {
    List<Digest> ended = new ArrayList<>();
    for (Brought brought : shelf.open()) {
      Decision decision = brought.decision();
      if (isPast.test(decision)) {
        pool.finish(decision.digest());
        ended.add(decision.digest());
      } else {
        pool.add(brought);
      }
    }
    for (RejectedDecision rejected : shelf.rejected()) {
      if (isPast.test(rejected.decision())) {
        pool.finish(rejected.decision().digest());
        ended.add(rejected.decision().digest());
      } else {
        ended.addAll(pool.reject(rejected));
      }
    }
    attestations.end(ended);
  }

  /** Takes up again what was under way: after the words about it have come. */
  void resume() {
    offer();
    pool.decisions().forEach(judging::start);
  }

  /**
   * Takes in a decision that somebody brings; when it is new it is on the disk when this returns.
   *
   * @throws IllegalArgumentException when it is for another chain
   */
  Admission submit(Decision decision, Bringer by) throws IOException {
    if (!decision.chainId().equals(chainId)) {
      throw new IllegalArgumentException("a decision of another chain");
    }
    Admission admission = admit(new Brought(by, decision));
    switch (admission) {
      case Admission.New() -> {
        if (by.equals(new Bringer.Swarm())) {
          spread.accept(DecisionExchange.frame(decision));
        }
        judging.start(decision);
        settle(decision.digest());
      }
      case Admission.Known() -> {}
      case Admission.Refused refused -> metrics.refused(by);
    }
    return admission;
  }

  /** One at a time, so that there is room on the disk and in memory, or on neither. */
  private Admission admit(Brought brought) throws IOException {
    Decision decision = brought.decision();
    Bringer by = brought.by();
    synchronized (intake) {
      if (by.equals(new Bringer.Swarm()) && pool.vouch(decision.digest())) {
        spread.accept(DecisionExchange.frame(decision));
      }
      if (pool.knows(decision.digest()) || isPast.test(decision)) {
        return new Admission.Known();
      }
      Optional<String> refusal = pool.refusal(decision, by);
      if (refusal.isPresent()) {
        return new Admission.Refused(refusal.get());
      }
      shelf.put(brought);
      return pool.add(brought) ? new Admission.New() : new Admission.Known();
    }
  }

  /**
   * Tells the attestation layer what this validator thinks. What another validator brought is
   * spread only once it is approved: unchecked, it would take this validator's room elsewhere.
   */
  private void say(Word word) {
    attestations.say(word);
    if (word.verdict() == Verdict.APPROVE) {
      pool.ofAnother(word.decision())
          .ifPresent(decision -> spread.accept(DecisionExchange.frame(decision)));
    }
  }

  /** Takes in what a validator, perhaps this one, says. */
  void heard(Attestation attestation) throws IOException {
    if (attestation.author() == self) {
      judging.isJudged(attestation.decisionDigest());
    }
    if (pool.add(attestation).isPresent()) {
      settle(attestation.decisionDigest());
    }
  }

  /** Nobody's words about the decision are held any more. */
  void forgotten(Digest decision) {
    pool.forget(decision);
    if (!pool.isOpen(decision)) {
      judging.forget(decision);
    }
  }

  /** A validator equivocated: its words count no more. */
  void struck(int author) {
    pool.strike(author);
  }

  /** Acts on where a decision stands. */
  private void settle(Digest decision) throws IOException {
    Optional<RejectedDecision> rejected = pool.verdictOn(decision);
    if (rejected.isPresent()) {
      LOG.log(System.Logger.Level.INFO, "a quorum rejects {0}", decision.shortHex());
      shelf.reject(rejected.get());
      attestations.end(pool.reject(rejected.get()));
    } else if (pool.outcome(decision).equals(Optional.of(Verdicts.Outcome.HUNG))) {
      LOG.log(
          System.Logger.Level.WARNING,
          "{0} is hung: neither enough of Approve nor a quorum of Reject can come any more",
          decision.shortHex());
    }
    offer();
  }

  /**
   * After a block became final and was stored: what it ordered is done, what it overtook or what
   * was rejected or hung long ago has no future, what waited for it is judged.
   */
  void finalized(FinalBlock block) {
    List<Digest> ended = new ArrayList<>();
    for (OrderedDecision ordered : block.payload().decisions()) {
      Digest digest = ordered.decision().digest();
      pool.finish(digest).ifPresent(dossier -> metrics.decided(dossier.ageSeconds()));
      ended.add(digest);
    }
    for (Decision decision : pool.rejected()) {
      if (isPast.test(decision)) {
        pool.finish(decision.digest());
        ended.add(decision.digest());
      }
    }
    ended.addAll(pool.expire(block.height()));
    for (Decision decision : pool.decisions()) {
      if (isPast.test(decision)) {
        pool.finish(decision.digest());
        ended.add(decision.digest());
      }
    }
    moreIsKnown();
    attestations.end(ended);
    offer();
  }

  /** The chain has moved, or evidence came: judges what could not be judged without that. */
  void moreIsKnown() {
    judging.moreIsKnown(pool.decisions());
  }

  /** What ended does so after a restart too: the disk need not remind this validator of it. */
  void ended(List<Digest> decisions) throws IOException {
    for (Digest decision : decisions) {
      if (pool.isDone(decision)) {
        judging.forget(decision);
        shelf.remove(decision);
      }
    }
  }

  /** Tells the core what waits, when that has changed: to look at it, the core verifies it. */
  private synchronized void offer() {
    List<Bytes> ready = pool.ready();
    if (!ready.equals(offered)) {
      offered = ready;
      consensus.accept(new Event.Waiting(ready));
    }
  }

  /** Returns when the judgements under way have ended, whose files are the node's until then. */
  @Override
  public void close() {
    judging.close();
  }
}
