package dev.qudag.consensus.simplex.member;

import dev.qudag.crypto.Bytes;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;

/**
 * The members of an epoch by index, with the quorum: the smallest weight {@code q} with {@code 3q >
 * 2·total}. Any two quorums share more weight than all faulty members may have together, whether or
 * not the total is {@code 3f + 1}.
 */
public record ValidatorSet(List<Member> members) {
  /** One member: whoever holds the key that {@code check} knows, and how much its vote weighs. */
  public record Member(SignatureCheck check, long weight) {
    public Member {
      if (weight < 1) {
        throw new IllegalArgumentException("a member weighs " + weight + ", expected at least 1");
      }
    }
  }

  /**
   * Whether a signature over a message is the member's; ML-DSA-87 in a swarm, something faster in
   * the simulation.
   */
  @FunctionalInterface
  public interface SignatureCheck {
    boolean verify(byte[] message, Bytes signature);
  }

  public ValidatorSet {
    members = List.copyOf(members);
    if (members.isEmpty() || members.size() == 2) {
      throw new IllegalArgumentException(
          members.size()
              + " members: 1 is for trying out, 4 or more tolerate a fault, 3 are what evidence"
              + " leaves of 4, and 2 only look as if they tolerated one");
    }
  }

  /** Members that weigh the same, in index order. */
  public static ValidatorSet ofEqualWeight(List<? extends SignatureCheck> checks) {
    return new ValidatorSet(checks.stream().map(check -> new Member(check, 1)).toList());
  }

  public int size() {
    return members.size();
  }

  public long totalWeight() {
    return members.stream().mapToLong(Member::weight).sum();
  }

  /** The least weight that is a quorum. */
  public long quorum() {
    return 2 * totalWeight() / 3 + 1;
  }

  /**
   * Whether distinct members of the set weigh a quorum together. An index that is not in the set
   * weighs nothing.
   */
  public boolean isQuorum(Collection<Integer> indices) {
    return weightOf(indices) >= quorum();
  }

  /** Whether the members are so many that one of them is honest, given that a quorum is. */
  public boolean containsHonest(Collection<Integer> indices) {
    return weightOf(indices) > totalWeight() - quorum();
  }

  private long weightOf(Collection<Integer> indices) {
    return new HashSet<>(indices)
        .stream().filter(this::contains).mapToLong(index -> members.get(index).weight()).sum();
  }

  public boolean contains(int index) {
    return index >= 0 && index < members.size();
  }

  public boolean verify(int index, byte[] message, Bytes signature) {
    return contains(index) && members.get(index).check().verify(message, signature);
  }

  /** Who proposes in a view: round robin, each member as often in a round as it weighs. */
  public int leader(long view) {
    long turn = Math.floorMod(view, totalWeight());
    int index = 0;
    while (turn >= members.get(index).weight()) {
      turn -= members.get(index).weight();
      index++;
    }
    return index;
  }
}
