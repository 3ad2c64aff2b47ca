package dev.qudag.consensus.chain.identity;

import dev.qudag.consensus.chain.field.Fields;
import dev.qudag.consensus.snowball.committee.Committee;
import dev.qudag.crypto.Digest;
import java.util.List;

/**
 * Who votes in an epoch: on decisions by attestations, and on blocks by Simplex. It follows from
 * chain state alone, so that whoever knows the chain knows the voters.
 *
 * <p>In all statements of an epoch a place is a place among the voters. Of their weight a quorum is
 * more than two thirds, and {@code f}, what may be bad, is less than one third.
 */
public sealed interface Electorate {
  /** All validators of the epoch. */
  MemberSet set();

  /** Those who vote, by rising index, with the weights that their votes have. */
  MemberSet voters();

  /** A set of up to {@value MemberSet#LARGEST_WITHOUT_COMMITTEE}: each of them votes. */
  record Everybody(MemberSet set) implements Electorate {
    public Everybody {
      Fields.require(
          !set.electsCommittee(),
          "voters",
          set.members().size() + " validators",
          "at most "
              + MemberSet.LARGEST_WITHOUT_COMMITTEE
              + ": of more than that a committee votes, which its seed draws");
    }

    @Override
    public MemberSet voters() {
      return set;
    }
  }

  /**
   * A larger set: 256 units of its weight, or all where there are fewer, are drawn without
   * replacement, and whose units are drawn votes with as many seats (sortition, as in Algorand:
   * Gilad and others, SOSP 2017, here with a public seed in place of a secret draw).
   *
   * <p><b>Seats, not validators, are bad or good.</b> The seats of bad weight follow the
   * hypergeometric distribution. With a tenth of the weight bad, a third of 256 seats is bad with
   * probability 2⁻⁷⁹ in one draw from a million units, and 2⁻³⁹ when whoever makes the seed may try
   * 2⁴⁰ of them ({@link dev.qudag.consensus.snowball.committee.CaptureBound}; fewer units give a
   * better bound). So such a set is good for a tenth of bad weight, where a set in which everybody
   * votes is good for a third.
   *
   * @param seed digest of the block that sealed the epoch before: it was final before this epoch's
   *     set decided anything; the chain id in the first epoch
   * @param voters as {@link #of(MemberSet, Digest)} draws them
   */
  record Sortition(MemberSet set, Digest seed, MemberSet voters) implements Electorate {
    public Sortition {
      Fields.require(
          set.electsCommittee() && voters.equals(draw(set, seed)),
          "voters",
          voters.members().size() + " of " + set.members().size() + " validators",
          "those that seed "
              + seed
              + " draws from a set of more than "
              + MemberSet.LARGEST_WITHOUT_COMMITTEE);
    }

    private static MemberSet draw(MemberSet set, Digest seed) {
      List<Member> seated =
          Committee.draw(seed, set.stake()).byMember().entrySet().stream()
              .map(seats -> set.members().get(seats.getKey()).weighing(seats.getValue()))
              .toList();
      return new MemberSet(set.epoch(), seated, set.nextIndex());
    }
  }

  /**
   * Who votes in the epoch of a set.
   *
   * @param seed digest of the block that sealed the epoch before, the chain id in the first epoch;
   *     of no account where everybody votes
   */
  static Electorate of(MemberSet set, Digest seed) {
    return set.electsCommittee()
        ? new Sortition(set, seed, Sortition.draw(set, seed))
        : new Everybody(set);
  }
}
