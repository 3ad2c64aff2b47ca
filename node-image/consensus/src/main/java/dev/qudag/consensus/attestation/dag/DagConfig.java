package dev.qudag.consensus.attestation.dag;

import dev.qudag.consensus.simplex.member.Signer;
import dev.qudag.consensus.simplex.member.ValidatorSet;
import dev.qudag.crypto.Digest;

/**
 * What a member's part in the attestation layer is given.
 *
 * @param self this member's index in the set
 */
public record DagConfig(
    Digest chainId, long epoch, ValidatorSet set, int self, Signer signer, Limits limits) {
  /**
   * The bounds of what a hostile author can make a member hold.
   *
   * @param orphansOfOne vertices of one author that wait for its vertex before
   * @param orphans vertices of all authors that wait for one
   * @param heldBytes bytes of one author's vertices whose decisions are open
   */
  public record Limits(int orphansOfOne, int orphans, long heldBytes) {
    /** Room for 1024 open decisions with words of 10 kB, and for 35 MB of orphans at worst. */
    public static final Limits DEFAULT = new Limits(64, 256, 16 << 20);

    public Limits {
      if (orphansOfOne < 1 || orphans < orphansOfOne || heldBytes < 1) {
        throw new IllegalArgumentException(
            "%d orphans of one author, %d of all, %d bytes: expected 1 ≤ one ≤ all, 1 ≤ bytes"
                .formatted(orphansOfOne, orphans, heldBytes));
      }
    }
  }

  public DagConfig {
    if (!set.contains(self)) {
      throw new IllegalArgumentException("member " + self + " is not in a set of " + set.size());
    }
  }

  ValidatorSet.SignatureCheck check(int author) {
    return set.members().get(author).check();
  }
}
