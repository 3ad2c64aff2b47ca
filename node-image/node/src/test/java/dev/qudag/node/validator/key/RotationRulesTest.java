package dev.qudag.node.validator.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.consensus.chain.identity.MemberSet;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.SigningKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Epoch after epoch one validator gets another key. */
class RotationRulesTest {
  private final List<MemberSet> sets = new ArrayList<>();

  private void begin(int size) {
    List<Member> members = IntStream.range(0, size).mapToObj(RotationRulesTest::fresh).toList();
    sets.add(new MemberSet(0, members, size));
  }

  private static Member fresh(int index) {
    return new Member(
        index,
        "s-v" + index,
        SigningKey.generate().verifyingKey(),
        Digest.sha256(new byte[] {(byte) index}),
        1);
  }

  private void rotate(int index) {
    sets.add(sets.getLast().change(List.of(index), List.of(fresh(index))));
  }

  private Optional<String> refusal(int index) {
    return RotationRules.refusal(
        sets.getLast(),
        index,
        epoch -> epoch < sets.size() ? Optional.of(sets.get((int) epoch)) : Optional.empty());
  }

  @Test
  void eachRotatesOnceInARound() {
    begin(4);
    for (int index = 0; index < 4; index++) {
      assertThat(refusal(index)).as("validator %d", index).isEmpty();
      rotate(index);
    }
    assertThat(refusal(0)).as("three others have, after it").isEmpty();
  }

  @Test
  void nobodyRotatesAgainBeforeTheOthersHaveEndedAsManyEpochs() {
    begin(4);
    rotate(2);
    assertThat(refusal(2))
        .hasValueSatisfying(why -> assertThat(why).startsWith("RotatedLately: validator 2"));
    rotate(0);
    rotate(1);
    assertThat(refusal(2)).isPresent();
    assertThat(refusal(3)).isEmpty();
    rotate(3);
    assertThat(refusal(2)).isEmpty();
  }

  @Test
  void oneAloneRotatesWhenItLikes() {
    begin(1);
    rotate(0);
    assertThat(refusal(0)).isEmpty();
  }
}
