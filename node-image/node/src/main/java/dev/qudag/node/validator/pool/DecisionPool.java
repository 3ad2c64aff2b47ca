package dev.qudag.node.validator.pool;

import dev.qudag.consensus.attestation.Verdicts;
import dev.qudag.consensus.chain.ApprovalRules;
import dev.qudag.consensus.chain.Attestation;
import dev.qudag.consensus.chain.Verdict;
import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.consensus.chain.identity.MemberSet;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.recent.RecentMap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The decisions that are not ordered yet, with what validators said of them, in the order in which
 * they came. Everything in it was verified before. Bounded: whoever floods it is refused, not the
 * others forgotten. Each bringer has a share of its own, in number and bytes, and as much again for
 * what a quorum rejected: there the oldest of the same bringer gives way, nowhere else anything.
 *
 * <pre>
 *   unheard of --the decision comes--> open --a quorum of Reject--> rejected --the chain moves on--> done
 *                                        +----ordered, or the chain moves on----------------------> done
 * </pre>
 *
 * <p>The chain moves on from a decision when it leaves the state that the decision is made for, or
 * when {@value #BLOCKS_KEPT} blocks have become final since it was rejected or hung: it may be made
 * for a state that never comes.
 */
public final class DecisionPool {
  /**
   * One decision's standing, for people and the hub.
   *
   * @param approvals weight of those who approve it
   * @param rejections weight of those who reject it; once it has ended, that of a quorum
   * @param required weight of the approvals that order it
   */
  public record Standing(
      Digest digest, long approvals, long rejections, long required, List<String> reasons) {}

  private static final int BLOCKS_KEPT = 64;
  private static final int DONE_REMEMBERED = 4096;

  private final MemberSet set;
  private final Ledger open;
  private final Ledger ended;
  private final Map<Digest, Dossier> dossiers = new LinkedHashMap<>();
  private final Map<Digest, RejectedDecision> rejected = new LinkedHashMap<>();

  /** At which height a rejected or hung decision was first seen to be so. */
  private final Map<Digest, Long> stuckSince = new LinkedHashMap<>();

  /** What was said of decisions that are not here: as much as the attestation layer holds. */
  private final Map<Digest, Dossier> unheardOf = new HashMap<>();

  private final Map<Digest, Boolean> done = RecentMap.byAge(DONE_REMEMBERED);

  public DecisionPool(MemberSet set, PoolLimits limits) {
    this.set = set;
    this.open = new Ledger(limits);
    this.ended = new Ledger(limits);
  }

  public synchronized boolean knows(Digest decision) {
    return dossiers.containsKey(decision)
        || rejected.containsKey(decision)
        || done.containsKey(decision);
  }

  /** Whether the decision was ordered, or has no future. */
  public synchronized boolean isDone(Digest decision) {
    return done.containsKey(decision);
  }

  /** Whether the decision is known and has not ended. */
  public synchronized boolean isOpen(Digest decision) {
    return dossiers.containsKey(decision);
  }

  /** Why there is no room for a decision of this bringer. */
  public synchronized Optional<String> refusal(Decision decision, Bringer bringer) {
    long size = Ledger.size(decision);
    return open.hasRoom(bringer, size)
        ? Optional.empty()
        : Optional.of(open.refusal(bringer, size));
  }

  /** How many decisions more this bringer may have waiting, by their number alone. */
  public synchronized int room(Bringer bringer) {
    return open.room(bringer);
  }

  /**
   * The swarm wants the decision too: whoever brought it first need not pay for it.
   *
   * @return whether it was another's until now
   */
  public synchronized boolean vouch(Digest decision) {
    return open.vouch(decision);
  }

  /**
   * The open decisions that this validator stands for before others, by their digests, rising: what
   * the swarm brought, and what it approves. Unchecked, those of another validator would take this
   * one's room elsewhere.
   *
   * @param self index of this validator
   */
  public synchronized NavigableMap<Digest, Decision> vouchedFor(int self) {
    NavigableMap<Digest, Decision> vouched = new TreeMap<>();
    dossiers.forEach(
        (digest, dossier) -> {
          if (open.isSwarms(digest) || dossier.isApprovedBy(self)) {
            dossier.decision().ifPresent(decision -> vouched.put(digest, decision));
          }
        });
    return vouched;
  }

  /** Whether the swarm brought the decision, or wants it too, while it is open. */
  public synchronized boolean isWanted(Digest decision) {
    return open.isSwarms(decision);
  }

  /** An open decision that another validator brought. */
  public synchronized Optional<Decision> ofAnother(Digest decision) {
    return Optional.ofNullable(dossiers.get(decision))
        .filter(dossier -> !open.isSwarms(decision))
        .flatMap(Dossier::decision);
  }

  /**
   * Takes a decision in, without asking whether there is room: what was on the disk must be.
   *
   * @return whether it is new here
   */
  public synchronized boolean add(Brought brought) {
    Decision decision = brought.decision();
    Digest digest = decision.digest();
    if (knows(digest)) {
      return false;
    }
    Dossier dossier =
        Optional.ofNullable(unheardOf.remove(digest)).orElseGet(() -> new Dossier(set));
    dossier.decision(decision);
    dossiers.put(digest, dossier);
    open.enter(digest, brought.by(), Ledger.size(decision));
    return true;
  }

  /** Takes a word; where its decision stands then, while it is open. */
  public synchronized Optional<Verdicts.Outcome> add(Attestation attestation) {
    Digest digest = attestation.decisionDigest();
    if (rejected.containsKey(digest) || done.containsKey(digest)) {
      return Optional.empty();
    }
    Dossier dossier =
        Optional.ofNullable(dossiers.get(digest))
            .orElseGet(() -> unheardOf.computeIfAbsent(digest, key -> new Dossier(set)));
    return dossier.verdicts().add(attestation) ? outcome(digest) : Optional.empty();
  }

  /** Where an open decision stands. */
  public synchronized Optional<Verdicts.Outcome> outcome(Digest decision) {
    return Optional.ofNullable(dossiers.get(decision)).flatMap(Dossier::outcome);
  }

  /** A validator equivocated: what it said counts for no decision. */
  public synchronized void strike(int author) {
    Stream.concat(dossiers.values().stream(), unheardOf.values().stream())
        .forEach(dossier -> dossier.verdicts().strike(author));
  }

  /** Nobody's words about the decision are held any more. */
  public synchronized void forget(Digest decision) {
    unheardOf.remove(decision);
  }

  /** The ordered decisions, encoded, that have the approvals they need. */
  public synchronized List<Bytes> ready() {
    return dossiers.values().stream().flatMap(dossier -> dossier.ready().stream()).toList();
  }

  /** The open ones. */
  public synchronized List<Decision> decisions() {
    return dossiers.values().stream().flatMap(dossier -> dossier.decision().stream()).toList();
  }

  /** Those that a quorum rejected. */
  public synchronized List<Decision> rejected() {
    return rejected.values().stream().map(RejectedDecision::decision).toList();
  }

  public synchronized List<Standing> standings() {
    List<Standing> standings = new ArrayList<>();
    dossiers.forEach((digest, dossier) -> standings.add(standing(digest, dossier)));
    rejected.forEach((digest, one) -> standings.add(standing(digest, one)));
    return standings;
  }

  private static Standing standing(Digest digest, Dossier dossier) {
    return new Standing(
        digest,
        dossier.weight(Verdict.APPROVE),
        dossier.weight(Verdict.REJECT),
        dossier.needed().orElseThrow(),
        dossier.rejections());
  }

  private Standing standing(Digest digest, RejectedDecision one) {
    long required = ApprovalRules.needed(set, one.decision());
    return new Standing(digest, one.approvals(), set.quorum(), required, one.reasons());
  }

  /** What is worth keeping of an open decision that a quorum rejects. */
  public synchronized Optional<RejectedDecision> verdictOn(Digest decision) {
    return Optional.ofNullable(dossiers.get(decision))
        .filter(dossier -> dossier.outcome().equals(Optional.of(Verdicts.Outcome.REJECTED)))
        .map(
            dossier ->
                new RejectedDecision(
                    open.bringer(decision).orElseThrow(),
                    dossier.decision().orElseThrow(),
                    (int) dossier.weight(Verdict.APPROVE),
                    dossier.rejections()));
  }

  /**
   * Ends a decision by a quorum of Reject. It is kept until the chain has left it behind, and so
   * are the words about it, for validators that have not heard them yet.
   *
   * @return the oldest ones of the same bringer that had to give way
   */
  public synchronized List<Digest> reject(RejectedDecision decision) {
    Digest digest = decision.decision().digest();
    long size = Ledger.size(decision.decision());
    dossiers.remove(digest);
    open.strike(digest);
    List<Digest> gaveWay = ended.oldestBeyond(decision.by(), size);
    gaveWay.forEach(this::finish);
    rejected.put(digest, decision);
    ended.enter(digest, decision.by(), size);
    return gaveWay;
  }

  /**
   * Takes out for good what has been rejected or hung for so long that nobody need hear why.
   *
   * @param height of the last final block
   */
  public synchronized List<Digest> expire(long height) {
    Set<Digest> stuck = new HashSet<>(rejected.keySet());
    dossiers.forEach(
        (digest, dossier) -> {
          if (dossier.outcome().equals(Optional.of(Verdicts.Outcome.HUNG))) {
            stuck.add(digest);
          }
        });
    stuckSince.keySet().retainAll(stuck);
    stuck.forEach(digest -> stuckSince.putIfAbsent(digest, height));
    List<Digest> expired =
        stuckSince.entrySet().stream()
            .filter(since -> since.getValue() + BLOCKS_KEPT <= height)
            .map(Map.Entry::getKey)
            .toList();
    expired.forEach(this::finish);
    return expired;
  }

  /** Takes a decision out for good: it was ordered, or has no future. */
  public synchronized Optional<Dossier> finish(Digest decision) {
    done.put(decision, true);
    unheardOf.remove(decision);
    rejected.remove(decision);
    open.strike(decision);
    ended.strike(decision);
    return Optional.ofNullable(dossiers.remove(decision));
  }
}
