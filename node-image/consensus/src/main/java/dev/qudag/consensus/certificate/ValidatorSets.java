package dev.qudag.consensus.certificate;

import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.identity.MemberSet;
import dev.qudag.consensus.simplex.member.ValidatorSet;
import dev.qudag.crypto.Digest;

/** A set of validators as Simplex knows it and as certificates name it. */
public final class ValidatorSets {
  private ValidatorSets() {}

  /** The first epoch's. */
  public static ValidatorSet of(Genesis genesis) {
    return of(genesis.set());
  }

  /** The members with their keys, in the set's order. */
  public static ValidatorSet of(MemberSet set) {
    return new ValidatorSet(
        set.members().stream()
            .map(member -> new ValidatorSet.Member(member.signingKey()::verify, member.weight()))
            .toList());
  }

  /** The first epoch's root. */
  public static Digest root(Genesis genesis) {
    return genesis.set().root();
  }
}
