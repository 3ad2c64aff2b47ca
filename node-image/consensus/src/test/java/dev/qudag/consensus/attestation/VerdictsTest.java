package dev.qudag.consensus.attestation;

import static dev.qudag.consensus.attestation.TestingAuthors.approve;
import static dev.qudag.consensus.attestation.TestingAuthors.reject;
import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.consensus.attestation.Verdicts.Outcome;
import dev.qudag.consensus.chain.Attestation;
import dev.qudag.consensus.chain.Verdict;
import dev.qudag.consensus.simplex.member.ValidatorSet;
import dev.qudag.crypto.Digest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictsTest {
  @ParameterizedTest(name = "of {0} members {1} approve and {2} reject: {3}")
  @CsvSource({
    "4, 0, 0, OPEN",
    "4, 2, 1, OPEN",
    "4, 3, 0, APPROVED",
    "4, 3, 1, APPROVED",
    "4, 1, 3, REJECTED",
    "4, 2, 2, HUNG",
    "7, 4, 2, OPEN",
    "7, 3, 3, HUNG",
    "7, 2, 5, REJECTED",
    "6, 4, 1, OPEN",
    "6, 5, 1, APPROVED",
    "1, 1, 0, APPROVED",
    "1, 0, 1, REJECTED",
  })
  void aQuorumOfEitherKindDecides(int members, int approve, int reject, Outcome outcome) {
    ValidatorSet set = TestingAuthors.set(members);
    Verdicts verdicts = new Verdicts(set);
    for (int author = 0; author < approve + reject; author++) {
      verdicts.add(word(author, author < approve ? approve("d") : reject("d")));
    }
    assertThat(verdicts.outcome(set.quorum())).isEqualTo(outcome);
  }

  @Test
  void weightDecidesNotHeads() {
    List<ValidatorSet.Member> members = new ArrayList<>();
    for (long weight : new long[] {7, 1, 1, 1}) {
      members.add(new ValidatorSet.Member((message, signature) -> true, weight));
    }
    Verdicts verdicts = new Verdicts(new ValidatorSet(members));
    verdicts.add(word(1, approve("d")));
    verdicts.add(word(2, approve("d")));
    verdicts.add(word(3, approve("d")));
    assertThat(verdicts.outcome(7)).isEqualTo(Outcome.OPEN);
    assertThat(verdicts.approvalsWeighing(7)).isEmpty();
    verdicts.add(word(0, approve("d")));
    assertThat(verdicts.outcome(7)).isEqualTo(Outcome.APPROVED);
    assertThat(verdicts.approvalsWeighing(7))
        .as("the fewest by index that weigh 7 of 10")
        .containsExactly(word(0, approve("d")));
  }

  @ParameterizedTest(name = "of 4 members {0} approve and {1} reject what needs all: {2}")
  @CsvSource({"3, 0, OPEN", "4, 0, APPROVED", "3, 1, HUNG", "0, 1, OPEN", "1, 3, REJECTED"})
  void whatNeedsAllIsApprovedByAllAndRejectedByAQuorum(int approve, int reject, Outcome outcome) {
    Verdicts verdicts = new Verdicts(TestingAuthors.set(4));
    for (int author = 0; author < approve + reject; author++) {
      verdicts.add(word(author, author < approve ? approve("d") : reject("d")));
    }
    assertThat(verdicts.outcome(4)).isEqualTo(outcome);
    assertThat(verdicts.approvalsWeighing(4)).hasSize(approve == 4 ? 4 : 0);
  }

  @Test
  void anAbstentionIsNoWordSoOneMayFollow() {
    Verdicts verdicts = new Verdicts(TestingAuthors.set(4));
    verdicts.add(word(0, approve("d")));
    verdicts.add(word(1, approve("d")));
    assertThat(verdicts.outcome(3)).isEqualTo(Outcome.OPEN);
    verdicts.add(word(3, approve("d")));
    assertThat(verdicts.outcome(3)).isEqualTo(Outcome.APPROVED);
  }

  @Test
  void theFirstWordOfAnAuthorCountsWhateverItSaysLater() {
    Verdicts verdicts = new Verdicts(TestingAuthors.set(4));
    assertThat(verdicts.add(word(0, reject("d")))).isTrue();
    assertThat(verdicts.add(word(0, approve("d")))).isFalse();
    assertThat(verdicts.of(Verdict.APPROVE)).isEmpty();
    assertThat(verdicts.of(Verdict.REJECT)).hasSize(1);
  }

  @Test
  void whatAnEquivocatorSaidAndWillSayDoesNotCount() {
    Verdicts verdicts = new Verdicts(TestingAuthors.set(4));
    verdicts.add(word(0, approve("d")));
    verdicts.add(word(1, approve("d")));
    verdicts.add(word(2, approve("d")));
    verdicts.strike(1);
    assertThat(verdicts.outcome(3)).isEqualTo(Outcome.OPEN);
    assertThat(verdicts.add(word(1, approve("d")))).isFalse();
    verdicts.add(word(3, reject("d")));
    assertThat(verdicts.outcome(3)).isEqualTo(Outcome.HUNG);
  }

  @Test
  void aWordOfNobodyInTheSetDoesNotCount() {
    Verdicts verdicts = new Verdicts(TestingAuthors.set(4));
    assertThat(verdicts.add(word(4, approve("d")))).isFalse();
  }

  private static Attestation word(int author, Word word) {
    return TestingAuthors.attestation(author, 0, Digest.ZERO, word);
  }
}
