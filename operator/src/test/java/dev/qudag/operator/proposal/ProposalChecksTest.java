package dev.qudag.operator.proposal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.qudag.api.v1alpha1.MergeProposalStatus.Check;
import dev.qudag.api.v1alpha1.MergeProposalStatus.Result;
import dev.qudag.operator.policy.ChainPolicy;
import dev.qudag.operator.proposal.check.CheckKey;
import dev.qudag.operator.proposal.check.CheckRun;
import dev.qudag.operator.proposal.check.Tries;
import dev.qudag.operator.proposal.state.Effect;
import dev.qudag.operator.proposal.state.Effect.RestartCheck.Why;
import dev.qudag.operator.proposal.state.ProposalState;
import dev.qudag.operator.status.Conditions;
import dev.qudag.operator.status.PodReason;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a check's runs make of a proposal, pass by pass, against a hub in memory. */
class ProposalChecksTest extends ProposalLine {
  private static final String TWICE =
      "{name: tests, image: \"image:1\", command: [sh], timeoutSeconds: 60, retries: 1}";
  private static final String DOCS =
      "{name: docs, image: \"image:1\", command: [sh], timeoutSeconds: 60, paths: [docs/**]}";

  @Test
  void aFailureIsRunAgainBeforeItCounts() {
    demand(TWICE);
    checkOnce(new CheckRun.Failed(3, ended(0)));

    assertThat(next(A)).isEqualTo(restart(Tries.after(1), Why.FAILED));
    settle(A);
    Check check = check(A);
    assertThat(check.result()).isEqualTo(Result.Retrying);
    assertThat(check.failures()).isEqualTo(1);
    assertThat(check.exitCode()).isEqualTo(3);
    assertThat(check.log()).isEqualTo("log of tests");
    assertThat(ready(A).reason()).isEqualTo("Checking");
    assertThat(hub.closed).isEmpty();
  }

  @Test
  void whatPassesThenIsFlakyAndLands() {
    demand(TWICE);
    checkOnce(new CheckRun.Failed(3, ended(0)));
    settle(A);
    runs.put(job(A), new CheckRun.Running(Optional.empty(), Optional.empty(), Tries.after(1)));
    settle(A);
    assertThat(check(A).result()).as("until it has ended").isEqualTo(Result.Retrying);
    runs.put(job(A), new CheckRun.Passed(ended(1)));
    settle(A);

    assertThat(check(A).result()).isEqualTo(Result.Flaky);
    assertThat(check(A).failures()).isEqualTo(1);
    assertThat(objects.get(A).getStatus().checksPassed()).isEqualTo("1/1");
    assertThat(checked(A)).contains("flaky: tests");
    assertThat(hub.decided).hasSize(1);
    assertThat(registry.get(ProposalMeters.FLAKY).tag("check", "tests").counter().count())
        .isEqualTo(1);
  }

  @Test
  void whatFailsAsOftenAsItMayEnds() {
    demand(TWICE);
    checkOnce(new CheckRun.Failed(3, ended(0)));
    settle(A);
    runs.put(job(A), new CheckRun.TimedOut(ended(1)));
    settle(A);

    assertThat(ready(A).reason()).isEqualTo("CheckFailed");
    assertThat(hub.closed).isNotEmpty();
    assertThat(registry.find(ProposalMeters.FLAKY).counters()).isEmpty();
  }

  /** Its failures stand in the status, too. */
  @Test
  void aJobThatIsGoneAfterAFailureIsMadeAgainAsTheNextOne() {
    demand(TWICE);
    checkOnce(new CheckRun.Failed(3, ended(0)));
    settle(A);
    runs.put(job(A), new CheckRun.NotStarted());

    assertThat(next(A))
        .isInstanceOfSatisfying(
            Effect.StartChecks.class,
            start ->
                assertThat(start.checks())
                    .singleElement()
                    .satisfies(job -> assertThat(job.tries()).isEqualTo(Tries.after(1))));
  }

  @Test
  void thoseBehindStayOnOneThatIsRunAgain() {
    demand(TWICE);
    announce(A, 1);
    announce(B, 2);
    settle(A);
    settle(B);
    runs.put(job(A), new CheckRun.Failed(3, ended(0)));
    settle(A);
    settle(B);

    assertThat(objects.get(B).getStatus().build().base())
        .isEqualTo(objects.get(A).getStatus().build().commit());
  }

  @Test
  void whatCannotRunIsInfraAndEndsNothing() {
    var why = new PodReason("ImagePullFailed", "correct the image");
    checkOnce(new CheckRun.Blocked(why, Optional.of(NOW), Tries.FIRST));

    assertThat(next(A)).isEqualTo(restart(Tries.FIRST.blocked(), Why.BLOCKED));
    settle(A);
    assertThat(check(A).result()).isEqualTo(Result.Infra);
    assertThat(ready(A).reason()).isEqualTo("ImagePullFailed");
    assertThat(hub.closed).isEmpty();

    swarm = edited("image:1", "image:2");
    hub.policy(ChainPolicy.of(swarm.getSpec().policy()));
    settle(A);
    runs.put(job(A), new CheckRun.Passed(ENDING));
    settle(A);
    assertThat(hub.decided).hasSize(1);
  }

  @Test
  void aJobThatTheNamespaceHasNoRoomForIsInfra() {
    announce(A, 1);
    settle(A);
    var seen = observe(objects.get(A));
    var start = (Effect.StartChecks) ProposalState.of(seen).next(seen).effect();
    var refused =
        ProposalState.of(seen)
            .next(seen)
            .refused(start.checks().getFirst().check(), new PodReason("QuotaExceeded", "no room"));
    objects.get(A).setStatus(statuses.status(seen, refused));

    assertThat(check(A).result()).isEqualTo(Result.Infra);
    assertThat(ready(A).reason()).isEqualTo("QuotaExceeded");
    assertThat(next(A)).as("tried again").isEqualTo(start);
  }

  @Test
  void aResultOfAnImageOfOldIsNotUsed() {
    checkOnce(new CheckRun.Outdated(Tries.FIRST));

    assertThat(next(A)).isEqualTo(restart(Tries.FIRST.discarded(), Why.OUTDATED));
    settle(A);
    assertThat(check(A).result()).isEqualTo(Result.Pending);
    assertThat(hub.decided).isEmpty();
  }

  @Test
  void aCheckWhosePathsAreNotTouchedIsSkippedAndNamed() {
    demand(TWICE + ", " + DOCS);
    hub.unneeded.add(ChainPolicy.of(swarm.getSpec().policy().checks().getLast()));
    checkOnce(new CheckRun.Passed(ENDING));
    settle(A);

    assertThat(objects.get(A).getStatus().checks())
        .extracting(Check::name, Check::result)
        .containsExactly(tuple("tests", Result.Passed), tuple("docs", Result.Skipped));
    assertThat(checked(A)).contains("not needed: docs");
    assertThat(hub.decided)
        .singleElement()
        .satisfies(
            request ->
                assertThat(request.getChecksList())
                    .singleElement()
                    .satisfies(verdict -> assertThat(verdict.getName()).isEqualTo("tests")));
  }

  @Test
  void aChangeThatNeedsNoCheckIsDecidedAtOnce() {
    demand(DOCS);
    hub.unneeded.add(ChainPolicy.of(swarm.getSpec().policy().checks().getFirst()));
    announce(A, 1);
    pass(A);
    assertThat(ready(A).reason()).isEqualTo("Voting");
  }

  /** The hub said so of the check with its old paths. */
  @Test
  void aSkippedCheckRunsWhenItsPathsAreEdited() {
    demand(DOCS);
    hub.unneeded.add(ChainPolicy.of(swarm.getSpec().policy().checks().getFirst()));
    swarm = edited("docs/**", "src/**");
    hub.policy(ChainPolicy.of(swarm.getSpec().policy()));
    announce(A, 1);
    settle(A);

    assertThat(check(A).result()).isEqualTo(Result.Pending);
    assertThat(hub.decided).isEmpty();
  }

  private void checkOnce(CheckRun run) {
    announce(A, 1);
    settle(A);
    runs.put(job(A), run);
  }

  private Effect next(String name) {
    var seen = observe(objects.get(name));
    return ProposalState.of(seen).next(seen).effect();
  }

  private Effect restart(Tries tries, Why why) {
    var seen = observe(objects.get(A));
    var check = ChainPolicy.of(seen.policyChecks().getFirst());
    var key = new CheckKey(objects.get(A).getStatus().build().tree(), check);
    return new Effect.RestartCheck(new Effect.Start(key, tries), why);
  }

  private Check check(String name) {
    return objects.get(name).getStatus().checks().getFirst();
  }

  private String checked(String name) {
    return Conditions.find(
            objects.get(name).getStatus().conditions(), ProposalStatusFactory.CHECKED)
        .orElseThrow()
        .message();
  }
}
