package dev.qudag.consensus.snowball.committee;

import dev.qudag.crypto.Digest;
import dev.qudag.crypto.encoding.CanonicalWriter;
import dev.qudag.crypto.encoding.MerklePath;

/**
 * That a member has so many seats in the committee of a seed, for who knows no more than the
 * committee's root.
 *
 * @param path its index is the member's place in the committee
 */
public record Membership(Digest seed, int member, int seats, MerklePath path) {
  private static final String LEAF_TAG = "qudag.dev/v1/committee-member";

  /** Whether the committee with this root has the member with these seats at this place. */
  public boolean isProvenBy(Digest root) {
    return path.proves(leaf(seed, member, seats), root);
  }

  static byte[] leaf(Digest seed, int member, int seats) {
    return CanonicalWriter.tagged(LEAF_TAG).digest(seed).int32(member).int32(seats).toByteArray();
  }
}
