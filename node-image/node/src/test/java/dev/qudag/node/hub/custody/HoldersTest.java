package dev.qudag.node.hub.custody;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.consensus.chain.identity.MemberSet;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.NodeIdentity;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HoldersTest {
  private static final Digest RECORD = Digest.sha256(new byte[] {1});
  private static final Digest OTHER = Digest.sha256(new byte[] {2});
  private static final List<NodeIdentity> KEYS =
      IntStream.range(0, 5).mapToObj(_ -> NodeIdentity.generate()).toList();

  private final Holders holders = new Holders();

  @Test
  void ofOneValidatorThatOneIsEnough() {
    MemberSet one = set(0);
    assertThat(holders.isSafe(RECORD, one)).isFalse();

    holders.holdsAlso(one.members().getFirst(), RECORD);

    assertThat(holders.isSafe(RECORD, one)).isTrue();
  }

  @Test
  void ofFourItTakesTwoSinceOneMayLie() {
    MemberSet four = set(0, 1, 2, 3);
    holders.holdsAlso(four.members().get(2), RECORD);
    holders.holdsAlso(four.members().get(3), OTHER);
    assertThat(holders.isSafe(RECORD, four)).isFalse();

    holders.holdsAlso(four.members().get(0), RECORD);

    assertThat(holders.isSafe(RECORD, four)).isTrue();
    assertThat(holders.holders(RECORD, four)).extracting(Member::name).containsExactly("v0", "v2");
  }

  @Test
  void whoIsNoMemberDoesNotCount() {
    MemberSet four = set(0, 1, 2, 3);
    holders.holdsAlso(four.members().get(0), RECORD);
    holders.holdsAlso(set(4).members().getFirst(), RECORD);

    assertThat(holders.isSafe(RECORD, four)).isFalse();
  }

  @Test
  void whatWasSafeStaysSoWhoeverLeavesTheSet() {
    MemberSet four = set(0, 1, 2, 3);
    holders.holdsAlso(four.members().get(0), RECORD);
    holders.holdsAlso(four.members().get(1), RECORD);
    assertThat(holders.isSafe(RECORD, four)).isTrue();

    holders.left(four.members().get(0));
    holders.left(four.members().get(1));

    assertThat(holders.isSafe(RECORD, set(2, 3, 4))).isTrue();
    assertThat(holders.has(four.members().get(0), RECORD)).isFalse();
  }

  @Test
  void aValidatorThatLostItsVolumeHoldsWhatItSaysNow() {
    MemberSet four = set(0, 1, 2, 3);
    Member member = four.members().get(0);
    holders.holdsAlso(member, RECORD);

    holders.holds(member, List.of(OTHER));

    assertThat(holders.has(member, RECORD)).isFalse();
    assertThat(holders.has(member, OTHER)).isTrue();
  }

  @Test
  void whatIsNotWantedIsForgotten() {
    MemberSet one = set(0);
    holders.holdsAlso(one.members().getFirst(), RECORD);
    assertThat(holders.isSafe(RECORD, one)).isTrue();
    holders.left(one.members().getFirst());

    holders.retain(Set.of(OTHER));

    assertThat(holders.isSafe(RECORD, one)).isFalse();
  }

  private static MemberSet set(int... indices) {
    return new MemberSet(
        0,
        IntStream.of(indices)
            .mapToObj(
                index ->
                    new Member(
                        index,
                        "v" + index,
                        KEYS.get(index).verifyingKey(),
                        KEYS.get(index).tlsFingerprint(),
                        1))
            .toList(),
        KEYS.size());
  }
}
