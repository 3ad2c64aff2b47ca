package dev.qudag.operator.proposal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.api.v1alpha1.Condition;
import dev.qudag.operator.policy.ChainPolicy;
import dev.qudag.operator.proposal.check.CheckRun;
import dev.qudag.operator.proposal.check.Tries;
import dev.qudag.operator.proposal.state.ProposalReason;
import dev.qudag.operator.proposal.state.Summary;
import dev.qudag.operator.proposal.state.Transition;
import dev.qudag.operator.status.PodReason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The decisions of a whole life, pass by pass, against a hub in memory; no API server. */
class ProposalLifeTest extends ProposalLine {
  @Test
  void anAnnouncedProposalIsAnalysedCheckedDecidedAndLands() {
    announce(A, 1);

    assertThat(reasonsUntilSettled(A)).containsExactly("Checking");
    runs.put(job(A), new CheckRun.Passed(ENDING));
    assertThat(reasonsUntilSettled(A)).containsExactly("Voting");
    assertThat(hub.decided)
        .singleElement()
        .satisfies(
            request -> {
              assertThat(request.getBase()).isEqualTo(TestingHub.HEAD);
              assertThat(request.getCommit())
                  .isEqualTo(objects.get(A).getStatus().build().commit());
              assertThat(request.getChecks(0).getTree())
                  .isEqualTo(objects.get(A).getStatus().build().tree());
              assertThat(request.getChecks(0).getImage()).isEqualTo("image@sha256:aa");
            });
    hub.land(A);
    assertThat(reasonsUntilSettled(A)).containsExactly("Merged");
    var status = objects.get(A).getStatus();
    assertThat(status.conditions())
        .filteredOn(c -> c.status() == Condition.Status.True)
        .extracting(Condition::type)
        .containsExactly("Ready", "Analyzed", "Checked", "Approved", "Merged");
    assertThat(status.checksPassed()).isEqualTo("1/1");
    assertThat(status.mergedCommit()).isEqualTo(status.build().commit());
    assertThat(status.queue()).isNull();
  }

  /** Each write is a round trip to the API server, and each pass waits for one. */
  @Test
  void theLastCheckIsShownWithTheDecisionThatFollows() {
    announce(A, 1);
    settle(A);
    runs.put(job(A), new CheckRun.Passed(ENDING));

    pass(A);
    assertThat(ready(A).reason()).isEqualTo("Voting");
    assertThat(objects.get(A).getStatus().checksPassed()).isEqualTo("1/1");
    assertThat(hub.decided).as("not before it is persisted").isEmpty();
    pass(A);
    assertThat(hub.decided).hasSize(1);
  }

  @Test
  void withoutChecksTheTrialMergeIsShownWithTheDecisionThatFollows() {
    demand("");
    announce(A, 1);

    pass(A);
    assertThat(ready(A).reason()).isEqualTo("Voting");
    assertThat(isTrue(A, "Checked")).isTrue();
    assertThat(hub.decided).as("not before it is persisted").isEmpty();
    pass(A);
    assertThat(hub.decided).hasSize(1);
  }

  @Test
  void withoutChecksWhatIsBehindAnotherWaitsForTheHead() {
    demand("");
    announce(A, 1);
    announce(B, 2);
    settle(A);
    assertThat(reasonsUntilSettled(B)).doesNotContain("Voting");

    hub.land(A);
    settle(B);
    assertThat(hub.decided).hasSize(2);
  }

  @Test
  void aFailedCheckClosesWithFeedbackAfterItIsPersisted() {
    announce(A, 1);
    settle(A);
    runs.put(job(A), new CheckRun.Failed(3, ENDING));

    pass(A); // the result
    pass(A); // ejected: shown
    assertThat(hub.closed).as("not told before it is persisted").isEmpty();
    assertThat(objects.get(A).getStatus().queue().ejectedBecause()).contains("exit code 3");
    settle(A);

    assertThat(hub.closed).isNotEmpty();
    assertThat(hub.closed.getFirst().getReason()).isEqualTo("CheckFailed");
    assertThat(hub.closed.getFirst().getFeedback().toStringUtf8())
        .contains(
            "\"check\":\"tests\"", "\"exitCode\":3", "\"log\":\"log of tests\"", "\"remedy\"");
    assertThat(ready(A).reason()).isEqualTo("CheckFailed");
    assertThat(ready(A).status()).isEqualTo(Condition.Status.True);
    assertThat(hub.decided).isEmpty();
  }

  @Test
  void outOfTimeIsAFailureWithoutAnExitCode() {
    announce(A, 1);
    settle(A);
    runs.put(job(A), new CheckRun.TimedOut(ENDING));
    settle(A);

    assertThat(hub.closed.getFirst().getMessage()).contains("ran out of time");
    assertThat(hub.closed.getFirst().getFeedback().toStringUtf8()).doesNotContain("exitCode");
  }

  @Test
  void aConflictOnTheHeadClosesWithItsPaths() {
    hub.conflicts.put(A, "src/a.sh");
    announce(A, 1);
    settle(A);

    assertThat(ready(A).reason()).isEqualTo("ConflictUnresolved");
    assertThat(hub.closed.getFirst().getFeedback().toStringUtf8())
        .contains("\"paths\":[\"src/a.sh\"]");
    assertThat(objects.get(A).getStatus().category().name()).isEqualTo("Complex");
  }

  @Test
  void aSymbolThatBothSidesChangedClosesWithItsName() {
    hub.symbols.put(A, "both sides changed A.f in src/A.java");
    announce(A, 1);
    settle(A);

    assertThat(ready(A).reason()).isEqualTo("ConflictUnresolved");
    assertThat(hub.closed.getFirst().getMessage())
        .startsWith("lines merge with the branch at ")
        .endsWith("but both sides changed A.f in src/A.java");
    assertThat(hub.closed.getFirst().getFeedback().toStringUtf8())
        .contains("\"symbols\":[\"both sides changed A.f in src/A.java\"]");
    assertThat(objects.get(A).getStatus().category().name()).isEqualTo("Semantic");
    assertThat(objects.get(A).getStatus().conflicts().symbols())
        .containsExactly("both sides changed A.f in src/A.java");
  }

  @Test
  void theSecondIsCheckedOnTopOfTheFirstAndItsResultHoldsWhenThatLands() {
    announce(A, 1);
    announce(B, 2);
    settle(A);
    settle(B);
    assertThat(objects.get(B).getStatus().build().base())
        .isEqualTo(objects.get(A).getStatus().build().commit());
    runs.put(job(B), new CheckRun.Passed(ENDING));
    settle(B);
    assertThat(ready(B).reason()).isEqualTo("Queued");
    assertThat(objects.get(B).getStatus().queue().waitingFor()).isEqualTo(A);

    runs.put(job(A), new CheckRun.Passed(ENDING));
    settle(A);
    hub.land(A);
    var built = objects.get(B).getStatus().build();
    settle(B);

    assertThat(objects.get(B).getStatus().build()).as("nothing is built anew").isEqualTo(built);
    assertThat(hub.decided).hasSize(2);
  }

  @Test
  void whenTheFirstFailsTheSecondIsBuiltOnTheHead() {
    announce(A, 1);
    announce(B, 2);
    settle(A);
    settle(B);
    runs.put(job(A), new CheckRun.Failed(1, ENDING));
    runs.put(job(B), new CheckRun.Failed(1, ENDING));
    settle(B);
    assertThat(hub.closed).as("a failure on a speculation ejects nobody").isEmpty();
    settle(A);
    settle(B);

    assertThat(objects.get(B).getStatus().build().base()).isEqualTo(TestingHub.HEAD);
    runs.put(job(B), new CheckRun.Passed(ENDING));
    settle(B);
    assertThat(hub.decided)
        .singleElement()
        .satisfies(r -> assertThat(r.getProposal()).isEqualTo(B));
  }

  @Test
  void aCheckThatCannotRunIsShownAndOvertaken() {
    announce(A, 1);
    announce(B, 2);
    settle(A);
    runs.put(
        job(A),
        new CheckRun.Blocked(
            new PodReason("ImagePullFailed", "correct the image"), Optional.empty(), Tries.FIRST));
    settle(A);
    assertThat(ready(A).reason()).isEqualTo("ImagePullFailed");
    assertThat(ready(A).message()).contains("correct the image");
    settle(B);
    runs.put(job(B), new CheckRun.Passed(ENDING));
    settle(B);

    assertThat(hub.decided)
        .singleElement()
        .satisfies(r -> assertThat(r.getProposal()).isEqualTo(B));
    assertThat(hub.closed).isEmpty();
  }

  @Test
  void anEditedCheckOfTheSameNameRunsAgain() {
    announce(A, 1);
    settle(A);
    runs.put(job(A), new CheckRun.Passed(ENDING));
    pass(A);
    swarm = edited("timeoutSeconds: 60", "timeoutSeconds: 61");
    hub.policy(ChainPolicy.of(swarm.getSpec().policy()));
    settle(A);

    assertThat(hub.decided).isEmpty();
    assertThat(objects.get(A).getStatus().checksPassed()).isEqualTo("0/1");
    runs.put(job(A), new CheckRun.Passed(ENDING));
    settle(A);
    assertThat(hub.decided).hasSize(1);
  }

  @Test
  void theReasonOfAnEndOutlivesWhatIsShownOverIt() {
    announce(A, 1);
    settle(A);
    runs.put(job(A), new CheckRun.Failed(1, ENDING));
    pass(A);
    pass(A);
    var seen = observe(objects.get(A));
    var shown = Summary.working(ProposalReason.HubUnavailable, "the hub is away");
    objects.get(A).setStatus(statuses.status(seen, Transition.show(seen.progress(), shown)));
    settle(A);

    assertThat(hub.closed.getFirst().getReason()).isEqualTo("CheckFailed");
  }

  @Test
  void cancellingWithdraws() {
    announce(A, 1);
    settle(A);
    objects.get(A).getMetadata().setAnnotations(Map.of("qudag.dev/cancel", ""));
    settle(A);

    assertThat(hub.closed.getFirst().getReason()).isEqualTo("Withdrawn");
    assertThat(ready(A).reason()).isEqualTo("Withdrawn");
  }

  @Test
  void aPersonsRejectionEndsItWithTheWordsForTheAgent() {
    hub.conflicts.put(B, "src/a.sh");
    announce(A, 1);
    announce(B, 2);
    settle(A);
    settle(B);
    for (String name : List.of(B, A)) {
      objects.get(name).getMetadata().setAnnotations(Map.of("qudag.dev/reject", "Use\nthe parser"));
      settle(name);
      assertThat(ready(name).reason()).isEqualTo("Rejected");
    }

    assertThat(hub.closed.getFirst().getMessage())
        .isEqualTo("rejected by a person: Use the parser");
    assertThat(hub.closed.getFirst().getFeedback().toStringUtf8())
        .contains("\"reason\":\"Rejected\"", "Use the parser");
  }

  @Test
  void aSuspendedSwarmLandsNothing() {
    swarm = edited("suspended: false", "suspended: true");
    announce(A, 1);
    settle(A);
    runs.put(job(A), new CheckRun.Passed(ENDING));
    settle(A);

    assertThat(ready(A).reason()).isEqualTo("Suspended");
    assertThat(hub.decided).isEmpty();
  }

  @Test
  void anUnknownBranchSwarmAndRevisionAreNamed() {
    apply("mp-00000000000000000001", "elsewhere");
    settle("mp-00000000000000000001");
    assertThat(ready("mp-00000000000000000001").reason()).isEqualTo("UnknownBranch");
    assertThat(ready("mp-00000000000000000001").message()).contains("elsewhere", "main");

    apply("mp-00000000000000000002", "main");
    settle("mp-00000000000000000002");
    assertThat(ready("mp-00000000000000000002").reason()).isEqualTo("UnknownRevision");
    assertThat(isTrue("mp-00000000000000000002", Condition.STALLED)).isTrue();
  }

  @Test
  void aProposalByAnotherNameIsToldTheRightOne() {
    announce(A, 1);
    var copy = apply("mp-00000000000000000003", "main", TestingHub.commit(A));
    settle("mp-00000000000000000003");

    assertThat(ready("mp-00000000000000000003").reason()).isEqualTo("WrongName");
    assertThat(ready("mp-00000000000000000003").message()).contains(A);
    assertThat(copy.getStatus().build()).isNull();
  }

  @Test
  void onlyWhatIsOpenIsAnnounced() {
    hub.accept(A, 1);
    hub.accept(B, 2);
    hub.close(
        dev.qudag.proto.CloseRequest.newBuilder().setProposal(B).setReason("Withdrawn").build());

    assertThat(ProposalAnnouncer.missing(swarm, hubState(), Set.of()))
        .singleElement()
        .satisfies(
            made -> {
              assertThat(made.getMetadata().getName()).isEqualTo(A);
              assertThat(made.getSpec().targetBranch()).isEqualTo("main");
              assertThat(made.getSpec().source().revision()).isEqualTo(TestingHub.commit(A));
              assertThat(made.getMetadata().getOwnerReferences().getFirst().getController())
                  .isTrue();
            });
    assertThat(ProposalAnnouncer.missing(swarm, hubState(), Set.of(A))).isEmpty();
  }
}
