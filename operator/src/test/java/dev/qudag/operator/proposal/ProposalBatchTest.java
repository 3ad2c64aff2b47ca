package dev.qudag.operator.proposal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.api.v1alpha1.MergeProposalStatus.Batch;
import dev.qudag.api.v1alpha1.MergeProposalStatus.Member;
import dev.qudag.api.v1alpha1.MergeProposalStatus.Result;
import dev.qudag.operator.policy.ChainPolicy;
import dev.qudag.operator.proposal.check.CheckRun;
import dev.qudag.operator.proposal.state.Progress;
import dev.qudag.proto.ProposalState;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Proposals that share their checks and land together, pass by pass, against a hub in memory. */
class ProposalBatchTest extends ProposalLine {
  private static final String C = "mp-cccccccccccccccccccc";
  private static final String D = "mp-dddddddddddddddddddd";

  @BeforeEach
  void shareChecks() {
    swarm =
        edited("checks:", "queue: {maxWindow: 1, batchSize: 3, maxRunningChecks: 64}\n    checks:");
  }

  private void announceThree() {
    announce(A, 1);
    announce(B, 2);
    announce(C, 3);
    settleAll();
  }

  /** Passes over all, in turn, until none shows or does anything new. */
  private void settleAll() {
    int passes = 0;
    boolean moved = true;
    while (moved) {
      moved = false;
      for (String name : List.copyOf(objects.keySet())) {
        moved |= pass(name);
      }
      assertThat(++passes).as("it settles").isLessThan(60);
    }
  }

  private Progress progress(String name) {
    return Progress.of(objects.get(name).getStatus());
  }

  private Batch batch(String name) {
    return progress(name).batch();
  }

  @Test
  void threeShareTheChecksOfTheLastOnesTree() {
    announceThree();

    assertThat(batch(A).members()).extracting(Member::proposal).containsExactly(A, B, C);
    assertThat(List.of(batch(B), batch(C))).containsOnly(batch(A));
    assertThat(progress(C).build().tree()).isEqualTo(batch(A).tree());
    assertThat(progress(B).build().base()).isEqualTo(progress(A).build().commit());
    assertThat(job(A)).isEqualTo(job(B)).isEqualTo(job(C));
    assertThat(ready(A).message())
        .isEqualTo(
            "checked on tree %s, which %s, %s, %s make together: tests Pending"
                .formatted(batch(A).tree(), A, B, C));
    assertThat(ready(C).reason()).isEqualTo("Checking");
  }

  @Test
  void allLandByOneDecisionWhenTheLastTreePassed() {
    announceThree();
    runs.put(job(A), new CheckRun.Passed(ENDING));
    settleAll();

    assertThat(hub.decided).hasSize(1);
    var decision = hub.decided.getFirst();
    assertThat(decision.getProposal()).isEqualTo(A);
    assertThat(decision.getTogetherList()).containsExactly(B, C);
    assertThat(decision.getBase()).isEqualTo(TestingHub.HEAD);
    assertThat(decision.getCommit()).isEqualTo(batch(A).commit());
    assertThat(decision.getChecksList())
        .singleElement()
        .satisfies(check -> assertThat(check.getTree()).isEqualTo(batch(A).tree()));
    hub.land(A);
    settleAll();

    for (String name : List.of(A, B, C)) {
      assertThat(ready(name).reason()).isEqualTo("Merged");
      assertThat(progress(name).mergedCommit()).isEqualTo(progress(name).build().commit());
      assertThat(progress(name).stages().checked()).isNotNull();
      assertThat(progress(name).checks())
          .singleElement()
          .satisfies(
              check -> {
                assertThat(check.result()).isEqualTo(Result.Passed);
                assertThat(check.log()).isEqualTo("log of tests");
              });
    }
  }

  /** A bad one among three: halves are checked, it alone ends, and the others land. */
  @Test
  void onlyWhoIsToBlameEnds() {
    announceThree();
    for (int i = 0; i < 30 && !lands(C); i++) {
      objects.keySet().forEach(this::runAsIfBWereBad);
      settleAll();
      hub.decided.stream()
          .map(d -> d.getProposal())
          .filter(name -> hub.proposal(name).getState() == ProposalState.DECIDING)
          .findFirst()
          .ifPresent(hub::land);
      settleAll();
    }

    assertThat(ready(A).reason()).isEqualTo("Merged");
    assertThat(ready(B).reason()).isEqualTo("CheckFailed");
    assertThat(ready(C).reason()).isEqualTo("Merged");
    assertThat(hub.closed).singleElement().satisfies(c -> assertThat(c.getProposal()).isEqualTo(B));
  }

  private boolean lands(String name) {
    return hub.proposal(name).getState() == ProposalState.LANDED;
  }

  private void runAsIfBWereBad(String name) {
    Progress progress = progress(name);
    if (progress.isBuilt()) {
      boolean isBad =
          progress.batch() != null && !progress.batch().members().isEmpty()
              ? progress.batch().members().stream().anyMatch(m -> m.proposal().equals(B))
              : name.equals(B);
      runs.putIfAbsent(
          job(name), isBad ? new CheckRun.Failed(1, ended(9)) : new CheckRun.Passed(ENDING));
    }
  }

  @Test
  void whoIsInConflictBehindTheOthersIsLeftOut() {
    hub.conflicts.put(C, "src/a.sh");
    announceThree();

    assertThat(batch(A).members()).extracting(Member::proposal).containsExactly(A, B);
    assertThat(batch(C)).isNull();
  }

  @Test
  void whoComesLaterStandsBehindTheBatch() {
    announceThree();
    announce(D, 4);
    settleAll();

    assertThat(batch(A).members()).hasSize(3);
    assertThat(progress(D).build()).isNull();
    assertThat(ready(D).reason()).isEqualTo("Queued");
  }

  @Test
  void whatWasRejectedTogetherIsDecidedEachByItself() {
    announceThree();
    runs.put(job(A), new CheckRun.Passed(ENDING));
    settleAll();
    hub.part(A);
    settleAll();

    assertThat(batch(A)).isNull();
    runs.put(job(A), new CheckRun.Passed(ENDING));
    settleAll();
    assertThat(hub.decided).hasSize(2);
    assertThat(hub.decided.getLast().getProposal()).isEqualTo(A);
    assertThat(hub.decided.getLast().getTogetherList()).isEmpty();
  }

  @Test
  void whoIsWithdrawnIsNotMissedByTheOthers() {
    announceThree();
    objects.get(B).getMetadata().setAnnotations(Map.of("qudag.dev/cancel", ""));
    settleAll();

    assertThat(batch(A).members()).extracting(Member::proposal).containsExactly(A, C);
    assertThat(batch(C)).isEqualTo(batch(A));
  }

  @Test
  void withABatchSizeOfOneEachHasItsOwnChecks() {
    swarm = edited("batchSize: 3", "batchSize: 1");
    announceThree();

    assertThat(batch(A)).isNull();
    assertThat(progress(B).build()).isNull();
  }

  /** Who lands by the tree of another must not need a check that was left out of that. */
  @Test
  void aCheckIsLeftOutOnlyWhenNoneOfThemNeedsIt() {
    demand("{name: tests, image: \"image:1\", command: [sh], timeoutSeconds: 60, paths: [src/**]}");
    shareChecks();
    hub.unneeded.add(ChainPolicy.of(swarm.getSpec().policy().checks().getFirst()));
    hub.needed.add(B);
    announceThree();

    assertThat(progress(A).checks()).singleElement().matches(c -> c.result() == Result.Pending);
  }

  @Test
  void aCheckThatNoneOfThemNeedsIsLeftOutOfTheDecision() {
    demand("{name: tests, image: \"image:1\", command: [sh], timeoutSeconds: 60, paths: [src/**]}");
    shareChecks();
    hub.unneeded.add(ChainPolicy.of(swarm.getSpec().policy().checks().getFirst()));
    announceThree();

    assertThat(hub.decided).singleElement().matches(d -> d.getChecksCount() == 0);
    assertThat(hub.decided.getFirst().getTogetherList()).containsExactly(B, C);
  }
}
