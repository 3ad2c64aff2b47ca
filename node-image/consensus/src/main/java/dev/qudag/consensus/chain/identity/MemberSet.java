package dev.qudag.consensus.chain.identity;

import dev.qudag.consensus.chain.field.Fields;
import dev.qudag.consensus.snowball.stake.Stake;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.VerifyingKey;
import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;
import dev.qudag.crypto.encoding.MerkleTree;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * The validators of one epoch, or those of them who vote ({@link Electorate}). Votes, approvals and
 * signer bitmaps name a member by its place among the voters, from 0; its index is its own for good
 * and never used again.
 *
 * @param members by rising index; names, signing keys and TLS keys are distinct
 * @param nextIndex the least index that no validator of this chain ever had
 */
public record MemberSet(long epoch, List<Member> members, int nextIndex) {
  /** The fewest that tolerate a fault. */
  public static final int TOLERANT_SIZE = 4;

  /** The most that vote all of them: of a larger set a committee does. */
  public static final int LARGEST_WITHOUT_COMMITTEE = 100;

  /** The most that a set may have: the genesis of so many takes some 2.7 MB. */
  public static final int LARGEST = 1000;

  private static final String TAG = "qudag.dev/v1/validators";
  private static final String LEAF_TAG = "qudag.dev/v1/validator";

  public MemberSet {
    Fields.require(epoch >= 0, "epoch", Long.toString(epoch), "not negative");
    members = Fields.list("members", members, LARGEST);
    Fields.require(!members.isEmpty(), "members", "0", "at least 1");
    int last = -1;
    for (Member member : members) {
      Fields.require(
          member.index() > last,
          "member index",
          Integer.toString(member.index()),
          "more than " + last);
      last = member.index();
    }
    Fields.require(nextIndex > last, "nextIndex", Integer.toString(nextIndex), "more than " + last);
    Fields.distinct("name", members.stream().map(Member::name).toList());
    Fields.distinct("signing key", members.stream().map(Member::signingKey).toList());
    Fields.distinct("TLS key", members.stream().map(Member::tlsFingerprint).toList());
  }

  /** The member at a place. */
  public Optional<Member> at(int place) {
    return place >= 0 && place < members.size()
        ? Optional.of(members.get(place))
        : Optional.empty();
  }

  /** The member that has an index. */
  public Optional<Member> withIndex(int index) {
    return members.stream().filter(member -> member.index() == index).findFirst();
  }

  /** The place of the member that has an index. */
  public OptionalInt placeOf(int index) {
    return placeOf(member -> member.index() == index);
  }

  /** The place of the member that signs with a key. */
  public OptionalInt placeOf(VerifyingKey key) {
    return placeOf(member -> member.signingKey().equals(key));
  }

  private OptionalInt placeOf(Predicate<Member> wanted) {
    return IntStream.range(0, members.size())
        .filter(place -> wanted.test(members.get(place)))
        .findFirst();
  }

  /** All but the member at a place. */
  public List<Member> without(int place) {
    return IntStream.range(0, members.size())
        .filter(other -> other != place)
        .mapToObj(members::get)
        .toList();
  }

  public long totalWeight() {
    return members.stream().mapToLong(Member::weight).sum();
  }

  /** The weights as stake, by place. */
  public Stake stake() {
    return Stake.of(members.stream().map(member -> (long) member.weight()).toList());
  }

  /** The weight that decides. */
  public long quorum() {
    return Quorum.of(totalWeight());
  }

  /** Whether a committee votes for the set, and not everybody. */
  public boolean electsCommittee() {
    return members.size() > LARGEST_WITHOUT_COMMITTEE;
  }

  /**
   * Whether any one member may fail: it holds less than a third. Where a committee votes it holds a
   * tenth at most, the share for which the bound of {@link Electorate.Sortition} is published.
   */
  public boolean survivesAnyOne() {
    long total = totalWeight();
    return members.stream()
        .allMatch(
            member ->
                electsCommittee() ? 10L * member.weight() <= total : 3L * member.weight() < total);
  }

  /** Merkle root over (index, key, weight) of each member. */
  public Digest root() {
    return MerkleTree.root(members.stream().map(MemberSet::leaf).toList());
  }

  private static byte[] leaf(Member member) {
    return CanonicalWriter.tagged(LEAF_TAG)
        .int32(member.index())
        .key(member.signingKey())
        .int32(member.weight())
        .toByteArray();
  }

  /**
   * The set of the next epoch.
   *
   * @param out indices of those who leave
   * @param in those who join
   * @throws IllegalArgumentException when that is no set
   */
  public MemberSet change(List<Integer> out, List<Member> in) {
    List<Member> next = new ArrayList<>(members);
    next.removeIf(member -> out.contains(member.index()));
    next.addAll(in);
    next.sort(Comparator.comparingInt(Member::index));
    int highest = next.isEmpty() ? 0 : next.getLast().index();
    return new MemberSet(epoch + 1, next, Math.max(nextIndex, highest + 1));
  }

  public byte[] encode() {
    CanonicalWriter out = CanonicalWriter.tagged(TAG).int64(epoch);
    return out.list(members, (o, member) -> member.writeTo(o)).int32(nextIndex).toByteArray();
  }

  public static MemberSet decode(byte[] bytes) {
    return CanonicalReader.read(
        TAG, bytes, in -> new MemberSet(in.int64(), in.list(Member::readFrom), in.int32()));
  }
}
