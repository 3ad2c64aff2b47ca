package dev.qudag.consensus.chain;

import static dev.qudag.consensus.chain.TestingChain.BRANCH;
import static dev.qudag.consensus.chain.TestingChain.commit;
import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.consensus.chain.decision.MergeDecision;
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
    assertThat(afterB.isVoided(b.digest())).isTrue();
    assertThat(afterB.isVoided(a.digest())).isFalse();

    Branch afterA = branch().takeBack(a.digest()).orElseThrow();
    assertThat(afterA.head()).isEqualTo(before);
    assertThat(afterA.moves()).isEmpty();
    assertThat(branch().isVoided(c.digest())).isFalse();
  }

  /** What was made for a commit to which the branch cannot come back needs no memory. */
  @Test
  void remembersWhatWasVoidedOnlyWhereTheBranchCanStandAgain() {
    MergeDecision a = land("a");
    MergeDecision b = land("b");
    Branch onA = branch().takeBack(b.digest()).orElseThrow();
    assertThat(onA.voided()).hasSize(1);
    Branch onGenesis = onA.takeBack(a.digest()).orElseThrow();
    assertThat(onGenesis.isVoided(a.digest())).isTrue();
    assertThat(onGenesis.isVoided(b.digest())).as("made for a, which is gone").isFalse();
  }

  @Test
  void anAdoptionLeavesNothingToTakeBack() {
    MergeDecision a = land("a");
    Branch adopted = branch().takeBack(a.digest()).orElseThrow().adopt(commit("upstream"));
    assertThat(adopted).isEqualTo(Branch.at(commit("upstream")));
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

  @Test
  void voidsNoMoreThanItCanRemember() {
    Branch branch = branch();
    for (int i = 0; i < Branch.MAX_VOIDED; i++) {
      MergeDecision merge = chain.merge(state, "" + i);
      branch = branch.land(merge).takeBack(merge.digest()).orElseThrow();
    }
    MergeDecision last = chain.merge(state, "last");
    assertThat(branch.land(last).takeBack(last.digest())).isEmpty();
  }
}
