package dev.qudag.node.hub.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.identity.HubMember;
import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.consensus.chain.identity.OperatorIdentity;
import dev.qudag.consensus.chain.policy.Policy;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.SigningKey;
import dev.qudag.crypto.VerifyingKey;
import dev.qudag.node.hub.restore.Survey.Answer;
import dev.qudag.node.hub.restore.Survey.Finding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SurveyTest {
  private static final VerifyingKey KEY = SigningKey.generate().verifyingKey();

  @ParameterizedTest
  @CsvSource({"1, 1", "4, 2", "7, 3", "13, 5", "31, 11", "100, 34"})
  void believesOneMoreThanMayBeFaulty(int validators, int needed) {
    Genesis genesis = genesis(validators);
    Survey survey = new Survey(genesis.set(), List.of());

    assertThat(survey.oneIsHonest(genesis.members().subList(0, needed))).isTrue();
    assertThat(survey.oneIsHonest(genesis.members().subList(0, needed - 1))).isFalse();
  }

  @Test
  void isNotHeldBackByAValidatorThatLags() {
    assertThat(finding(4, 9, 9, 9, 3)).isEqualTo(new Finding.Reachable(9));
  }

  /** Of seven, two may lie: what three have reached, one honest one has. */
  @Test
  void doesNotWaitForAHeightThatOnlyLiarsClaim() {
    assertThat(finding(4, 1_000_000, 9, 8, 8)).isEqualTo(new Finding.Reachable(9));
    assertThat(finding(7, 1_000_000, 1_000_000, 9, 8)).isEqualTo(new Finding.Reachable(9));
  }

  @Test
  void aNewChainHasNothing() {
    assertThat(finding(4, 0, 0)).isEqualTo(new Finding.Reachable(0));
  }

  /** Of the same index, with another key. */
  @Test
  void whoIsNotInTheSetWeighsNothing() {
    Genesis genesis = genesis(4);
    Member first = genesis.members().getFirst();
    var stranger = new Member(1, "s-v1", key(99), tls(99), 1);
    assertThat(survey(genesis, first, stranger).finding()).isInstanceOf(Finding.Refused.class);
    assertThat(survey(genesis, first, genesis.members().get(1)).finding())
        .isEqualTo(new Finding.Reachable(7));
  }

  @Test
  void refusesWhenTooFewAnswerAndSaysWhoDidNot() {
    Genesis genesis = genesis(4);
    Survey survey =
        new Survey(
            genesis.set(),
            List.of(
                new Answer.Height(genesis.members().get(0), 9),
                new Answer.Silent(genesis.members().get(1), "UNAVAILABLE"),
                new Answer.Stranger(genesis.members().get(2), "c0ffee")));

    assertThat(survey.finding())
        .isEqualTo(
            new Finding.Refused(
                "validators of weight 1 answer for this chain, 2 are needed to believe them"
                    + " (s-v0 is at height 9; s-v1 does not answer: UNAVAILABLE;"
                    + " s-v2 has joined another genesis, c0ffee)"));
  }

  @Test
  void countsWeightNotHeads() {
    Genesis genesis = genesis(7, 2);
    List<Member> members = genesis.members();

    assertThat(survey(genesis, members.get(1), members.get(2)).finding())
        .isInstanceOf(Finding.Refused.class);
    assertThat(survey(genesis, members.get(0), members.get(1)).finding())
        .isEqualTo(new Finding.Reachable(7));
  }

  private static Survey survey(Genesis genesis, Member... atSeven) {
    return new Survey(
        genesis.set(),
        Arrays.stream(atSeven).<Answer>map(member -> new Answer.Height(member, 7)).toList());
  }

  private static Finding finding(int validators, long... heights) {
    Genesis genesis = genesis(validators);
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < heights.length; i++) {
      answers.add(new Answer.Height(genesis.members().get(i), heights[i]));
    }
    return new Survey(genesis.set(), answers).finding();
  }

  /** Each validator weighs 1, but for the weights given. */
  private static Genesis genesis(int validators, int... weights) {
    List<Member> members = new ArrayList<>();
    for (int i = 0; i < validators; i++) {
      int weight = i < weights.length ? weights[i] : 1;
      members.add(new Member(i, "s-v" + i, key(i), tls(i), weight));
    }
    return new Genesis(
        Bytes.of(new byte[Genesis.NONCE_SIZE]),
        "s",
        "refs/heads/main",
        "a".repeat(40),
        new OperatorIdentity(key(200), tls(200)),
        new HubMember("s-hub", key(201), tls(201)),
        members,
        new Policy(List.of(), List.of()),
        500);
  }

  /** A key of its own for each, at no cost: nobody signs here. */
  private static VerifyingKey key(int index) {
    byte[] bytes = KEY.bytes();
    bytes[0] ^= (byte) index;
    return VerifyingKey.of(bytes);
  }

  private static Digest tls(int index) {
    return Digest.sha256(new byte[] {(byte) index});
  }
}
