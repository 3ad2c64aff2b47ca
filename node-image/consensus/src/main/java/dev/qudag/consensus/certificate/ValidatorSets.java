package dev.qudag.consensus.certificate;

import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.identity.MemberSet;
import dev.qudag.consensus.simplex.member.ValidatorSet;
import dev.qudag.crypto.Digest;

/** The voters of an epoch as Simplex knows them and as certificates name them. */
public final class ValidatorSets {
  private ValidatorSets() {}

  /** The first epoch's. */
  public static ValidatorSet of(Genesis genesis) {
    return of(genesis.electorate().voters());
  }

  /** The voters with their keys, in their order. */
  public static ValidatorSet of(MemberSet voters) {
    return new ValidatorSet(
        voters.members().stream()
            .map(member -> new ValidatorSet.Member(member.signingKey()::verify, member.weight()))
            .toList());
  }

  /** The first epoch's root. */
  public static Digest root(Genesis genesis) {
    return genesis.electorate().voters().root();
  }
}
