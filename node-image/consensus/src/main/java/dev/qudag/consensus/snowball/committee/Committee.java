package dev.qudag.consensus.snowball.committee;

import dev.qudag.consensus.snowball.stake.Seats;
import dev.qudag.consensus.snowball.stake.Stake;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.encoding.MerkleTree;
import java.util.List;
import java.util.Optional;

/**
 * Who finalizes in an epoch: the owners of 256 units of stake, or of all where there are fewer,
 * drawn by a seed that nobody knew when the stake was set. A member votes with the weight of its
 * seats; where each member holds one unit, each has at most one seat, and in a set of up to 256
 * everybody has. The odds of a bad draw are {@link CaptureBound}'s.
 *
 * @param seed digest of a finalized block one epoch earlier
 */
public record Committee(Digest seed, Seats seats) {
  /** The most seats that a committee has. */
  public static final int MOST_SEATS = 256;

  /** The committee of a set: the same on every node, and drawn again with every seed. */
  public static Committee draw(Digest seed, Stake stake) {
    int seats = (int) Math.min(stake.total(), MOST_SEATS);
    return new Committee(seed, stake.draw(seats, new SeedStream(seed)));
  }

  /** Merkle root over the members in the order of their index: the draw, in 32 bytes. */
  public Digest root() {
    return MerkleTree.root(leaves());
  }

  /** The proof that a member is in the committee; empty for one that is not. */
  public Optional<Membership> membership(int member) {
    Integer held = seats.byMember().get(member);
    if (held == null) {
      return Optional.empty();
    }
    int place = seats.byMember().headMap(member).size();
    return Optional.of(new Membership(seed, member, held, MerkleTree.path(leaves(), place)));
  }

  private List<byte[]> leaves() {
    return seats.byMember().entrySet().stream()
        .map(entry -> Membership.leaf(seed, entry.getKey(), entry.getValue()))
        .toList();
  }
}
