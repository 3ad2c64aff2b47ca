package dev.qudag.consensus.attestation;

import dev.qudag.consensus.chain.Attestation;
import dev.qudag.consensus.chain.Verdict;
import dev.qudag.consensus.simplex.ValidatorSet;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the members of a set said of one decision, by weight.
 *
 * <p>An author's first word counts, in the order of its own chain; a later one of the same author
 * changes nothing. Nobody has to speak: an abstention is the absence of a word, and a word may
 * still follow.
 */
public final class Verdicts {
  /** Where a decision stands. */
  public enum Outcome {
    /** Either quorum may still come. */
    OPEN,
    /** A quorum of Approve: a block may order it. */
    APPROVED,
    /** A quorum of Reject: no block will ever order it, so it has ended. */
    REJECTED,
    /** As a hung jury: neither quorum can come any more. */
    HUNG
  }

  private final ValidatorSet set;
  private final NavigableMap<Integer, Attestation> words = new TreeMap<>();
  private final NavigableSet<Integer> struck = new TreeSet<>();

  public Verdicts(ValidatorSet set) {
    this.set = set;
  }

  /** Takes a verified word; whether it is the author's first. */
  public boolean add(Attestation attestation) {
    int author = attestation.author();
    return author < set.size()
        && !struck.contains(author)
        && words.putIfAbsent(author, attestation) == null;
  }

  /** An author that equivocated: what it said and will say does not count. */
  public void strike(int author) {
    struck.add(author);
    words.remove(author);
  }

  /** The words of this kind, by rising author. */
  public List<Attestation> of(Verdict verdict) {
    return words.values().stream().filter(word -> word.verdict() == verdict).toList();
  }

  /** The first approvals, by rising author, that weigh a quorum; none when all weigh less. */
  public List<Attestation> quorumOfApprovals() {
    List<Attestation> approvals = new ArrayList<>();
    long weight = 0;
    for (Attestation approval : of(Verdict.APPROVE)) {
      if (weight < set.quorum()) {
        approvals.add(approval);
        weight += weightOf(approval.author());
      }
    }
    return weight >= set.quorum() ? approvals : List.of();
  }

  public Outcome outcome() {
    long approve = weightOf(Verdict.APPROVE);
    long reject = weightOf(Verdict.REJECT);
    long lost = struck.stream().mapToLong(this::weightOf).sum();
    long silent = set.totalWeight() - approve - reject - lost;
    if (approve >= set.quorum()) {
      return Outcome.APPROVED;
    }
    if (reject >= set.quorum()) {
      return Outcome.REJECTED;
    }
    return Math.max(approve, reject) + silent < set.quorum() ? Outcome.HUNG : Outcome.OPEN;
  }

  private long weightOf(Verdict verdict) {
    return of(verdict).stream().mapToLong(word -> weightOf(word.author())).sum();
  }

  private long weightOf(int author) {
    return set.members().get(author).weight();
  }
}
