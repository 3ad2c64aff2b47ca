package dev.qudag.node.validator;

import dev.qudag.consensus.chain.Attestation;
import dev.qudag.consensus.chain.Verdict;
import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The decisions that are not ordered yet, with what validators said of them, in the order in which
 * they came. Everything in it was verified before. Bounded: whoever floods it is refused, not the
 * others forgotten.
 */
final class DecisionPool {
  /** One decision's standing, for people and the hub. */
  record Standing(Digest digest, int approvals, int rejections, List<String> reasons) {}

  private static final int MOST = 1024;
  private static final int MOST_UNHEARD_OF = 256;
  private static final int DONE_REMEMBERED = 4096;

  private final long quorum;
  private final Map<Digest, Dossier> dossiers = new LinkedHashMap<>();

  /** Attestations that came before their decision; the oldest give way. */
  private final Map<Digest, Dossier> unheardOf = new Recent<>(MOST_UNHEARD_OF);

  private final Map<Digest, Boolean> done = new Recent<>(DONE_REMEMBERED);

  private static final class Recent<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1L;

    private final int most;

    private Recent(int most) {
      this.most = most;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
      return size() > most;
    }
  }

  /**
   * @param quorum members that have to approve, all of weight 1
   */
  DecisionPool(long quorum) {
    this.quorum = quorum;
  }

  long quorum() {
    return quorum;
  }

  synchronized boolean isFull() {
    return dossiers.size() >= MOST;
  }

  synchronized boolean knows(Digest decision) {
    return dossiers.containsKey(decision) || done.containsKey(decision);
  }

  /** Whether the decision is known and neither ordered nor without a future. */
  synchronized boolean isOpen(Digest decision) {
    return dossiers.containsKey(decision);
  }

  /** Whether the decision is new here. */
  synchronized boolean add(Decision decision) {
    Digest digest = decision.digest();
    if (knows(digest) || isFull()) {
      return false;
    }
    Dossier dossier = Optional.ofNullable(unheardOf.remove(digest)).orElseGet(Dossier::new);
    dossier.decision(decision);
    dossiers.put(digest, dossier);
    return true;
  }

  /**
   * Whether it is worth verifying an attestation: its decision is not done, and its author has not
   * judged it yet.
   */
  synchronized boolean lacks(Attestation attestation) {
    Digest digest = attestation.decisionDigest();
    return !done.containsKey(digest)
        && find(digest).filter(dossier -> dossier.hasOf(attestation.author())).isEmpty();
  }

  /** Adds an attestation whose signature is good. */
  synchronized void add(Attestation attestation) {
    if (lacks(attestation)) {
      Digest digest = attestation.decisionDigest();
      find(digest)
          .orElseGet(() -> unheardOf.computeIfAbsent(digest, key -> new Dossier()))
          .add(attestation);
    }
  }

  private Optional<Dossier> find(Digest decision) {
    return Optional.ofNullable(dossiers.get(decision))
        .or(() -> Optional.ofNullable(unheardOf.get(decision)));
  }

  /** The ordered decisions, encoded, that a quorum approves. */
  synchronized List<Bytes> ready() {
    return dossiers.values().stream().flatMap(dossier -> dossier.ready(quorum).stream()).toList();
  }

  synchronized List<Decision> decisions() {
    return dossiers.values().stream().flatMap(dossier -> dossier.decision().stream()).toList();
  }

  synchronized List<Standing> standings() {
    return dossiers.entrySet().stream()
        .map(entry -> standing(entry.getKey(), entry.getValue()))
        .toList();
  }

  private static Standing standing(Digest digest, Dossier dossier) {
    return new Standing(
        digest,
        dossier.count(Verdict.APPROVE),
        dossier.count(Verdict.REJECT),
        dossier.rejections());
  }

  /** Takes a decision out for good: it was ordered, or has no future. */
  synchronized Optional<Dossier> finish(Digest decision) {
    done.put(decision, true);
    unheardOf.remove(decision);
    return Optional.ofNullable(dossiers.remove(decision));
  }
}
