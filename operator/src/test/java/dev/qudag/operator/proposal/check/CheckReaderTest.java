package dev.qudag.operator.proposal.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.consensus.chain.policy.CheckSpec;
import dev.qudag.operator.proposal.check.CheckRun.Ending;
import dev.qudag.operator.status.PodReasons;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodFluent;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CheckReaderTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final CheckKey KEY =
      new CheckKey(
          "1".repeat(40), new CheckSpec("tests", "image:1", List.of("true"), 60, new TreeMap<>()));
  private static final Ending ENDING =
      new Ending("image@sha256:aa", Optional.of("pod"), Tries.FIRST);

  @Test
  void withoutAJobItHasNotStarted() {
    assertThat(read(Optional.empty(), List.of(), 0)).isEqualTo(new CheckRun.NotStarted());
  }

  @Test
  void aJobThatIsGoingCountsAsNone() {
    Job going = job().editMetadata().withDeletionTimestamp(START.toString()).endMetadata().build();

    assertThat(read(Optional.of(going), List.of(), 0)).isEqualTo(new CheckRun.NotStarted());
  }

  @Test
  void exitCodeZeroPasses() {
    assertThat(read(ended(0, 59), 100)).isEqualTo(new CheckRun.Passed(ENDING));
  }

  @Test
  void anotherExitCodeFails() {
    assertThat(read(ended(3, 59), 100)).isEqualTo(new CheckRun.Failed(3, ENDING));
  }

  @Test
  void whatEndsTooLateHasFailedWhateverItsExitCode() {
    assertThat(read(ended(0, 61), 100)).isEqualTo(new CheckRun.TimedOut(ENDING));
  }

  @Test
  void whatRunsIsLookedAtAgainWhenItsTimeIsOver() {
    Pod pod = pod(p -> p.withPhase("Running"), started());

    assertThat(read(pod, 10)).isEqualTo(running(61));
    assertThat(read(pod, 61)).isEqualTo(new CheckRun.TimedOut(ENDING));
  }

  @Test
  void anImageThatCannotBePulledBlocksWhileKubernetesTriesOn() {
    Pod pod = pod(p -> p.withPhase("Pending"), waiting("ImagePullBackOff"));

    assertThat(read(pod, 10))
        .isInstanceOfSatisfying(
            CheckRun.Blocked.class,
            blocked -> {
              assertThat(blocked.why().reason()).isEqualTo(PodReasons.IMAGE_PULL_FAILED);
              assertThat(blocked.retry()).isEmpty();
            });
  }

  @Test
  void aFullClusterIsPatience() {
    assertThat(read(unschedulable(), 10))
        .isInstanceOfSatisfying(
            CheckRun.Running.class,
            running -> {
              assertThat(running.held().orElseThrow().reason()).isEqualTo(PodReasons.UNSCHEDULABLE);
              assertThat(running.lookAgain()).contains(START.plusSeconds(601));
            });
  }

  @Test
  void patienceHasAnEnd() {
    assertThat(read(unschedulable(), 601))
        .isInstanceOfSatisfying(
            CheckRun.Blocked.class,
            blocked -> {
              assertThat(blocked.why().reason()).isEqualTo(PodReasons.UNSCHEDULABLE);
              assertThat(blocked.retry()).as("the Job's own deadline ends it").isEmpty();
            });
  }

  @Test
  void aJobThatFoundNoRoomInTimeIsTriedAgain() {
    Job failed =
        failed()
            .editStatus()
            .editFirstCondition()
            .withReason("DeadlineExceeded")
            .endCondition()
            .endStatus()
            .build();

    assertBlocked(read(Optional.of(failed), List.of(), 10), CheckReader.NOT_SCHEDULED);
  }

  @Test
  void aPodThatIsRefusedSaysNothingOfTheTree() {
    Job job = job().editMetadata().withCreationTimestamp(START.toString()).endMetadata().build();
    String quota = "Error creating: pods \"chk-x\" is forbidden: exceeded quota: small";

    assertThat(reader(4).lacksPod(job, List.of())).isFalse();
    assertThat(reader(5).lacksPod(job, List.of())).isTrue();
    assertThat(refusalOf(job, quota)).isEqualTo(PodRefusal.QUOTA_EXCEEDED);
    assertThat(refusalOf(job, "violates PodSecurity")).isEqualTo(PodRefusal.POD_REFUSED);
  }

  private static String refusalOf(Job job, String words) {
    var blocked =
        (CheckRun.Blocked) reader(5).read(Optional.of(job), List.of(), Optional.of(words));
    assertThat(blocked.why().message()).contains(words);
    assertThat(blocked.retry()).as("the Job controller tries on").isEmpty();
    return blocked.why().reason();
  }

  private static Pod unschedulable() {
    Pod pod =
        pod(
            p ->
                p.withPhase("Pending")
                    .addNewCondition()
                    .withType("PodScheduled")
                    .withStatus("False")
                    .withMessage("0/1 nodes are available: Insufficient cpu")
                    .endCondition(),
            new ContainerStateBuilder());
    pod.getMetadata().setCreationTimestamp(START.toString());
    return pod;
  }

  @Test
  void anEvictionSaysNothingOfTheTree() {
    Pod evicted =
        pod(
            p -> p.withPhase("Failed").withReason("Evicted").withMessage("disk pressure"),
            terminated(137, 5));

    assertBlocked(read(evicted, 10), PodReasons.EVICTED);
  }

  @Test
  void aDrainedNodeSaysNothingOfTheTree() {
    Pod drained =
        pod(
            p ->
                p.withPhase("Failed")
                    .addNewCondition()
                    .withType("DisruptionTarget")
                    .withStatus("True")
                    .endCondition(),
            terminated(143, 5));

    assertBlocked(read(drained, 10), CheckReader.NODE_LOST);
  }

  @Test
  void aPodThatIsDeletedBeforeTheCheckHasPassedSaysNothingOfTheTree() {
    assertBlocked(read(deleted(ended(137, 5)), 10), CheckReader.NODE_LOST);
    assertThat(read(deleted(ended(0, 5)), 10)).isEqualTo(new CheckRun.Passed(ENDING));
  }

  /** Its Job does not fail as long as the pod is there. */
  @Test
  void aPodOnANodeThatIsGoneIsNotWaitedForForEver() {
    Pod gone = deleted(pod(p -> p.withPhase("Running"), started()));

    assertThat(retryOf(read(gone, 1))).isEqualTo(START.plusSeconds(5));
    assertThat(retryOf(read(gone, 300))).isEqualTo(START.plusSeconds(5));
  }

  private static Pod deleted(Pod pod) {
    return new PodBuilder(pod)
        .editMetadata()
        .withDeletionTimestamp(START.toString())
        .endMetadata()
        .build();
  }

  private static Instant retryOf(CheckRun run) {
    return ((CheckRun.Blocked) run).retry().orElseThrow();
  }

  @Test
  void aTreeThatDidNotComeSaysNothingOfTheTree() {
    Pod pod = pod(p -> p.withPhase("Failed"), waiting("PodInitializing"));

    assertBlocked(read(pod, 10), CheckReader.TREE_FETCH_FAILED);
  }

  @Test
  void aPodThatIsGoneIsTriedAgain() {
    assertBlocked(read(Optional.of(failed().build()), List.of(), 10), CheckReader.NODE_LOST);
  }

  @Test
  void thePauseBeforeAnotherTryDoublesUpToFiveMinutes() {
    assertThat(retryAfter(1)).isEqualTo(Duration.ofSeconds(5));
    assertThat(retryAfter(2)).isEqualTo(Duration.ofSeconds(10));
    assertThat(retryAfter(4)).isEqualTo(Duration.ofSeconds(40));
    assertThat(retryAfter(50)).isEqualTo(Duration.ofMinutes(5));
  }

  @Test
  void aRunTellsWhichOneItWas() {
    Job second =
        job().editMetadata().addToAnnotations(Tries.after(1).annotations()).endMetadata().build();

    assertThat(read(Optional.of(second), List.of(ended(0, 59)), 100).ended().orElseThrow().tries())
        .isEqualTo(new Tries(1, 1));
  }

  @Test
  void aPodOfAnEarlierJobOfThatNameIsNotLookedAt() {
    Pod old =
        new PodBuilder(ended(1, 5)).editMetadata().withOwnerReferences().endMetadata().build();

    assertThat(read(old, 10)).isEqualTo(running(16));
  }

  private static Duration retryAfter(int attempt) {
    Job failed =
        failed()
            .editMetadata()
            .addToAnnotations(Tries.ATTEMPT, Integer.toString(attempt))
            .endMetadata()
            .build();
    var blocked = (CheckRun.Blocked) read(Optional.of(failed), List.of(), 0);
    return Duration.between(START, blocked.retry().orElseThrow());
  }

  private static void assertBlocked(CheckRun run, String reason) {
    assertThat(run)
        .isInstanceOfSatisfying(
            CheckRun.Blocked.class,
            blocked -> {
              assertThat(blocked.why().reason()).isEqualTo(reason);
              assertThat(blocked.retry()).isPresent();
            });
  }

  private static CheckRun read(Pod pod, int seconds) {
    return read(Optional.of(job().build()), List.of(pod), seconds);
  }

  private static CheckRun read(Optional<Job> job, List<Pod> pods, int seconds) {
    return reader(seconds).read(job, pods, Optional.empty());
  }

  private static CheckReader reader(int seconds) {
    return new CheckReader(KEY, START.plusSeconds(seconds));
  }

  private static JobBuilder job() {
    return new JobBuilder().withNewMetadata().withName("chk").withUid("job-uid").endMetadata();
  }

  private static JobBuilder failed() {
    return job()
        .withNewStatus()
        .addNewCondition()
        .withType("Failed")
        .withStatus("True")
        .withLastTransitionTime(START.toString())
        .endCondition()
        .endStatus();
  }

  private static Pod ended(int exitCode, int seconds) {
    return pod(
        p -> p.withPhase(exitCode == 0 ? "Succeeded" : "Failed"), terminated(exitCode, seconds));
  }

  private static ContainerStateBuilder terminated(int exitCode, int seconds) {
    return new ContainerStateBuilder()
        .withNewTerminated()
        .withExitCode(exitCode)
        .withStartedAt(START.toString())
        .withFinishedAt(START.plusSeconds(seconds).toString())
        .endTerminated();
  }

  /** Under way, and looked at again so many seconds after the start. */
  private static CheckRun running(int lookAgain) {
    return new CheckRun.Running(
        Optional.empty(), Optional.of(START.plusSeconds(lookAgain)), Tries.FIRST);
  }

  private static ContainerStateBuilder started() {
    return new ContainerStateBuilder().withNewRunning(START.toString());
  }

  private static ContainerStateBuilder waiting(String reason) {
    return new ContainerStateBuilder().withNewWaiting("why", reason);
  }

  /** Edits a pod's status. */
  private interface Edit {
    PodFluent<PodBuilder>.StatusNested<PodBuilder> on(
        PodFluent<PodBuilder>.StatusNested<PodBuilder> status);
  }

  private static Pod pod(Edit edit, ContainerStateBuilder state) {
    return edit.on(
            new PodBuilder()
                .withNewMetadata()
                .withName("pod")
                .addNewOwnerReference()
                .withUid("job-uid")
                .endOwnerReference()
                .endMetadata()
                .withNewStatus())
        .addNewContainerStatus()
        .withName(CheckJob.CHECK)
        .withImage("image:1")
        .withImageID("image@sha256:aa")
        .withState(state.build())
        .endContainerStatus()
        .endStatus()
        .build();
  }
}
