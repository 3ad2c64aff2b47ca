package dev.qudag.consensus.evidence;

import dev.qudag.consensus.chain.ChainState;
import dev.qudag.consensus.chain.decision.Grounds;
import dev.qudag.consensus.chain.decision.SetChange;
import dev.qudag.consensus.chain.decision.SetDecision;
import dev.qudag.consensus.chain.identity.MemberSet;
import dev.qudag.consensus.chain.identity.Offence;
import dev.qudag.crypto.Digest;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a validator acts on: one case against each validator of the set that is convicted.
 *
 * <p>Of two cases against one validator that of the smaller digest stays. So all who hear of the
 * same evidence, in whatever order, end with the same cases and ask for the same removal; and a
 * liar that proves much against itself takes the room of one case.
 */
public final class Docket {
  /**
   * Evidence that was verified.
   *
   * @param offences what it shows, rising, at least one
   */
  public record Case(Evidence evidence, List<Offence> offences) {
    public Case {
      offences = List.copyOf(offences);
    }

    /** The decision to remove those whom it convicts and who are in the set. */
    public SetDecision removal(ChainState state) {
      List<Integer> out = offenders(state.set());
      return new SetDecision(
          SetChange.of(state.chainId(), state.set(), out, List.of()),
          new Grounds.Misbehaviour(evidence.digest(), offences));
    }

    /** The indices of those, rising. */
    List<Integer> offenders(MemberSet set) {
      return offences.stream()
          .map(Offence::validator)
          .distinct()
          .filter(index -> set.withIndex(index).isPresent())
          .toList();
    }
  }

  private final SortedMap<Integer, Case> byValidator = new TreeMap<>();

  /** Takes a case; whether it is news, to be kept and told to others. */
  public boolean file(Case found, MemberSet set) {
    Digest digest = found.evidence().digest();
    boolean news = false;
    for (int index : found.offenders(set)) {
      Case known = byValidator.get(index);
      if (known == null || digest.compareTo(known.evidence().digest()) < 0) {
        byValidator.put(index, found);
        news = true;
      }
    }
    return news;
  }

  /** Drops the cases against those who are not in the set any more. */
  public void forgetGone(MemberSet set) {
    byValidator.keySet().removeIf(index -> set.withIndex(index).isEmpty());
  }

  /** Each once, by the index of the first whom it convicts. */
  public Collection<Case> cases() {
    return byValidator.values().stream().distinct().toList();
  }

  /** The case that a set change names. */
  public Optional<Case> find(Digest evidence) {
    return byValidator.values().stream()
        .filter(held -> held.evidence().digest().equals(evidence))
        .findFirst();
  }
}
