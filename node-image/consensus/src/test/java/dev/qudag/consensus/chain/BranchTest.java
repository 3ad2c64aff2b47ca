package dev.qudag.consensus.chain;

import static dev.qudag.consensus.chain.TestingChain.BRANCH;
import static dev.qudag.consensus.chain.TestingChain.commit;
import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.consensus.chain.decision.MergeDecision;
import dev.qudag.consensus.chain.decision.RevertDecision;
import org.junit.jupiter.api.Test;

class BranchTest {
  private final TestingChain chain = new TestingChain(1);
  private ChainState state = chain.state();

  private MergeDecision land(String change) {
    MergeDecision merge = chain.merge(state, change);
    state = state.after(merge);
    return merge;
  }

  private Branch branch() {
    return state.findBranch(BRANCH).orElseThrow();
  }

  @Test
  void takesBackADecisionWithAllThatLandedOnIt() {
    String before = branch().head();
    MergeDecision a = land("a");
    MergeDecision b = land("b");
    MergeDecision c = land("c");

    Branch afterB = branch().takeBack(b.digest()).orElseThrow();
    assertThat(afterB.head()).isEqualTo(a.commit());
    assertThat(afterB.moves()).hasSize(1);
    assertThat(afterB.takeBack(c.digest())).isEmpty();

    Branch afterA = branch().takeBack(a.digest()).orElseThrow();
    assertThat(afterA.head()).isEqualTo(before);
    assertThat(afterA.moves()).isEmpty();
  }

  @Test
  void mayComeBackToWhatAVoidLeadsToAndToNothingElse() {
    String before = branch().head();
    MergeDecision a = land("a");
    MergeDecision b = land("b");

    assertThat(branch().mayComeBackTo(before)).isTrue();
    assertThat(branch().mayComeBackTo(a.commit())).isTrue();
    assertThat(branch().mayComeBackTo(b.commit())).isFalse();
    assertThat(branch().adopt(commit("upstream")).mayComeBackTo(before)).isFalse();
  }

  @Test
  void countsItsVoidsForGood() {
    MergeDecision a = land("a");
    MergeDecision b = land("b");
    assertThat(branch().voids()).isZero();
    Branch twice = branch().takeBack(b.digest()).orElseThrow().takeBack(a.digest()).orElseThrow();
    assertThat(twice.voids()).isEqualTo(2);
    assertThat(twice.land(a).adopt(commit("upstream")).voids()).isEqualTo(2);
  }

  @Test
  void countsTheRevertsThatWereNotTakenBack() {
    MergeDecision a = land("a");
    RevertDecision first = chain.revert(state, a.commit());
    Branch reverted = branch().land(first);
    assertThat(reverted.reverts()).isEqualTo(1);
    assertThat(reverted.adopt(commit("upstream")).reverts()).isEqualTo(1);
    assertThat(reverted.takeBack(first.digest()).orElseThrow().reverts()).isZero();
    assertThat(reverted.takeBack(a.digest()).orElseThrow().reverts()).isZero();
  }

  @Test
  void anAdoptionLeavesNothingToTakeBack() {
    MergeDecision a = land("a");
    Branch adopted = branch().takeBack(a.digest()).orElseThrow().adopt(commit("upstream"));
    assertThat(adopted.head()).isEqualTo(commit("upstream"));
    assertThat(adopted.moves()).isEmpty();
    assertThat(adopted.takeBack(a.digest())).isEmpty();
  }

  @Test
  void aLandingLongAgoStays() {
    MergeDecision first = land("0");
    MergeDecision second = land("1");
    for (int i = 2; i <= Branch.MAX_MOVES; i++) {
      land("" + i);
    }
    assertThat(branch().moves()).hasSize(Branch.MAX_MOVES);
    assertThat(branch().takeBack(first.digest())).isEmpty();
    assertThat(branch().takeBack(second.digest())).isPresent();
  }
}
