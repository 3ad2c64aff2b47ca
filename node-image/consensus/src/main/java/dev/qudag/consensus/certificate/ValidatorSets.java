package dev.qudag.consensus.certificate;

import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.consensus.simplex.ValidatorSet;
import dev.qudag.crypto.CanonicalWriter;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.MerkleTree;

/** The set that genesis names, as Simplex knows it and as certificates name it. */
public final class ValidatorSets {
  private static final String LEAF_TAG = "qudag.dev/v1/validator";

  private ValidatorSets() {}

  /** The members with their keys, by index. */
  public static ValidatorSet of(Genesis genesis) {
    return new ValidatorSet(
        genesis.members().stream()
            .map(member -> new ValidatorSet.Member(member.signingKey()::verify, member.weight()))
            .toList());
  }

  /** Merkle root over (index, key, weight) of each member, by index. */
  public static Digest root(Genesis genesis) {
    return MerkleTree.root(genesis.members().stream().map(ValidatorSets::leaf).toList());
  }

  private static byte[] leaf(Member member) {
    return CanonicalWriter.tagged(LEAF_TAG)
        .int32(member.index())
        .key(member.signingKey())
        .int32(member.weight())
        .toByteArray();
  }
}
