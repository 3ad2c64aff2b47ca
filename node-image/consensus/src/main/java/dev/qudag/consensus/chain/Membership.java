package dev.qudag.consensus.chain;

import dev.qudag.consensus.chain.decision.Grounds;
import dev.qudag.consensus.chain.decision.SetDecision;
import dev.qudag.consensus.chain.identity.Electorate;
import dev.qudag.consensus.chain.identity.MemberSet;
import dev.qudag.consensus.chain.identity.Offence;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;
import dev.qudag.crypto.encoding.MalformedEncodingException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Who decides.
 *
 * <pre>
 *   open, epoch e -- SetChange --&gt; sealed, epoch e -- the seal is final --&gt; open, epoch e+1
 *                                     no decision
 * </pre>
 *
 * @param electorate of the epoch that the chain is in
 * @param next the set of the next epoch, once this one is sealed
 * @param slashed offences that somebody was removed for
 */
public record Membership(
    Electorate electorate, Optional<MemberSet> next, SortedSet<Offence> slashed) {
  public Membership {
    slashed = Collections.unmodifiableSortedSet(new TreeSet<>(slashed));
  }

  static Membership of(Electorate electorate) {
    return new Membership(electorate, Optional.empty(), new TreeSet<>());
  }

  /** The validators of the epoch that the chain is in. */
  public MemberSet set() {
    return electorate.set();
  }

  public boolean isSealed() {
    return next.isPresent();
  }

  /** After a set change whose validity is known. */
  Membership seal(SetDecision decision) {
    SortedSet<Offence> acted = new TreeSet<>(slashed);
    if (decision.grounds() instanceof Grounds.Misbehaviour misbehaviour) {
      acted.addAll(misbehaviour.offences());
    }
    return new Membership(
        electorate,
        Optional.of(set().change(decision.change().out(), decision.change().in())),
        acted);
  }

  /**
   * The next epoch.
   *
   * @param seal digest of the block that seals this one
   * @throws IllegalStateException when this one is not sealed
   */
  Membership open(Digest seal) {
    MemberSet opened =
        next.orElseThrow(
            () -> new IllegalStateException("epoch " + set().epoch() + " is not sealed"));
    return new Membership(Electorate.of(opened, seal), Optional.empty(), slashed);
  }

  void writeTo(CanonicalWriter out) {
    out.bytes(set().encode());
    switch (electorate) {
      case Electorate.Everybody everybody -> {}
      case Electorate.Sortition sortition -> out.digest(sortition.seed());
    }
    out.list(next.stream().toList(), (o, following) -> o.bytes(following.encode()))
        .list(List.copyOf(slashed), (o, offence) -> offence.writeTo(o));
  }

  static Membership readFrom(CanonicalReader in) {
    MemberSet set = MemberSet.decode(in.byteArray());
    Electorate electorate =
        set.electsCommittee() ? Electorate.of(set, in.digest()) : new Electorate.Everybody(set);
    List<MemberSet> next = in.list(item -> MemberSet.decode(item.byteArray()));
    if (next.size() > 1) {
      throw new MalformedEncodingException(next.size() + " sets of the next epoch");
    }
    List<Offence> slashed = in.list(Offence::readFrom);
    SortedSet<Offence> sorted = new TreeSet<>(slashed);
    if (!List.copyOf(sorted).equals(slashed)) {
      throw new MalformedEncodingException("offences are not in order");
    }
    return new Membership(electorate, next.stream().findFirst(), sorted);
  }
}
