package dev.qudag.consensus.attestation;

import dev.qudag.consensus.chain.Attestation;
import dev.qudag.consensus.chain.Verdict;
import dev.qudag.consensus.simplex.member.ValidatorSet;
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
    /** Enough of either kind may still come. */
    OPEN,
    /** The approvals that its kind needs: a block may order it. */
    APPROVED,
    /** A quorum of Reject: no block will ever order it, so it has ended. */
    REJECTED,
    /** As a hung jury: neither can come any more. */
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

  /**
   * The first approvals, by rising author, that weigh enough; none when all weigh less.
   *
   * @param needed the weight that orders a decision of this kind, at least a quorum
   */
  public List<Attestation> approvalsWeighing(long needed) {
    List<Attestation> approvals = new ArrayList<>();
    long weight = 0;
    for (Attestation approval : of(Verdict.APPROVE)) {
      if (weight < needed) {
        approvals.add(approval);
        weight += weightOf(approval.author());
      }
    }
    return weight >= needed ? approvals : List.of();
  }

  /**
   * Where the decision stands.
   *
   * @param needed the weight of approvals that orders a decision of this kind, at least a quorum; a
   *     quorum rejects any
   */
  public Outcome outcome(long needed) {
    long approve = weightOf(Verdict.APPROVE);
    long reject = weightOf(Verdict.REJECT);
    long lost = struck.stream().mapToLong(this::weightOf).sum();
    long silent = set.totalWeight() - approve - reject - lost;
    if (approve >= needed) {
      return Outcome.APPROVED;
    }
    if (reject >= set.quorum()) {
      return Outcome.REJECTED;
    }
    boolean open = approve + silent >= needed || reject + silent >= set.quorum();
    return open ? Outcome.OPEN : Outcome.HUNG;
  }

  /** What the authors of the words of this kind weigh together. */
  public long weightOf(Verdict verdict) {
    return of(verdict).stream().mapToLong(word -> weightOf(word.author())).sum();
  }

  private long weightOf(int author) {
    return set.members().get(author).weight();
  }
}
