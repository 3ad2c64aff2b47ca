package dev.qudag.operator.proposal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.api.v1alpha1.Condition;
import dev.qudag.api.v1alpha1.MergeProposal;
import dev.qudag.api.v1alpha1.Swarm;
import dev.qudag.operator.node.SwarmKey;
import dev.qudag.operator.policy.ChainPolicy;
import dev.qudag.operator.proposal.check.CheckKey;
import dev.qudag.operator.proposal.check.CheckRun;
import dev.qudag.operator.status.Conditions;
import dev.qudag.operator.status.PodReason;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The decisions of a whole life, pass by pass, against a hub in memory; no API server. */
class ProposalLifeTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final String A = "mp-aaaaaaaaaaaaaaaaaaaa";
  private static final String B = "mp-bbbbbbbbbbbbbbbbbbbb";
  private static final CheckRun.Ending ENDING =
      new CheckRun.Ending("image@sha256:aa", Optional.of("pod"));

  private final ProposalStatusFactory statuses =
      new ProposalStatusFactory(new Conditions(Clock.fixed(NOW, ZoneOffset.UTC)));
  private final Map<String, MergeProposal> objects = new LinkedHashMap<>();

  /** By the Job's name. */
  private final Map<String, CheckRun> runs = new HashMap<>();

  private Swarm swarm;
  private TestingHub hub;

  @BeforeEach
  void init() {
    swarm =
        new KubernetesSerialization()
            .unmarshal(
                """
                apiVersion: qudag.dev/v1alpha1
                kind: Swarm
                metadata: {name: s, namespace: n, uid: 5e1f}
                spec:
                  repository: {branch: main}
                  validators: {replicas: 1}
                  policy:
                    checks: [{name: tests, image: "image:1", command: [sh], timeoutSeconds: 60}]
                """,
                Swarm.class);
    hub = new TestingHub(SwarmKey.of(swarm), ChainPolicy.of(swarm.getSpec().policy()));
  }

  @Test
  void anAnnouncedProposalIsAnalysedCheckedDecidedAndLands() {
    announce(A, 1);

    assertThat(reasonsUntilSettled(A)).containsExactly("Checking");
    runs.put(job(A), new CheckRun.Passed(ENDING));
    assertThat(reasonsUntilSettled(A)).containsExactly("Checking", "Voting");
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
            new PodReason("ImagePullFailed", "correct the image"), Optional.empty(), 1));
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

  private void announce(String name, long at) {
    hub.accept(name, at);
    ProposalAnnouncer.missing(swarm, hubState(), objects.keySet()).forEach(this::add);
  }

  private MergeProposal apply(String name, String branch) {
    return apply(name, branch, TestingHub.commit("nowhere"));
  }

  private MergeProposal apply(String name, String branch, String revision) {
    return add(
        new KubernetesSerialization()
            .unmarshal(
                """
                apiVersion: qudag.dev/v1alpha1
                kind: MergeProposal
                metadata: {name: %s, namespace: n}
                spec: {swarmRef: {name: s}, source: {workspace: w, revision: %s}, targetBranch: %s}
                """
                    .formatted(name, revision, branch),
                MergeProposal.class));
  }

  private MergeProposal add(MergeProposal proposal) {
    proposal.getMetadata().setGeneration(1L);
    objects.put(proposal.getMetadata().getName(), proposal);
    return proposal;
  }

  /** Passes until one shows and does nothing new; the reasons on the way, without repetition. */
  private List<String> reasonsUntilSettled(String name) {
    var reasons = new java.util.ArrayList<String>();
    while (pass(name)) {
      if (reasons.isEmpty() || !reasons.getLast().equals(ready(name).reason())) {
        reasons.add(ready(name).reason());
      }
      assertThat(reasons).as("it settles").hasSizeLessThan(20);
    }
    return reasons;
  }

  private void settle(String name) {
    var unused = reasonsUntilSettled(name);
  }

  /** What the reconciler does, without Kubernetes; false when nothing was shown or done. */
  private boolean pass(String name) {
    var object = objects.get(name);
    var seen = observe(object);
    var state = ProposalState.of(seen);
    var transition = state.next(seen);
    if (transition.effect() instanceof Effect.Analyze(var base) && state instanceof Queued queued) {
      transition = queued.analyzed(seen, base, hub.analyze(name, base));
    }
    var status = statuses.status(seen, transition);
    if (!status.equals(object.getStatus())) {
      object.setStatus(status);
      return true;
    }
    return switch (transition.effect()) {
      case Effect.Decide() -> {
        new ProposalEffects(null, null).decide(hub, seen);
        yield true;
      }
      case Effect.Close(var reason, var message) -> {
        new ProposalEffects(null, null).close(hub, seen, reason, message);
        yield true;
      }
      default -> false;
    };
  }

  private ProposalObservation observe(MergeProposal object) {
    var plan = new Line(swarm, hubState(), List.copyOf(objects.values())).plan();
    var name = object.getMetadata().getName();
    Map<String, CheckRun> mine = new HashMap<>();
    if (Progress.of(object.getStatus()).isBuilt()) {
      Optional.ofNullable(runs.get(job(name))).ifPresent(run -> mine.put("tests", run));
    }
    return new ProposalObservation(
        object,
        Optional.of(swarm),
        Optional.of(hubState()),
        Optional.ofNullable(plan.get(name)),
        mine,
        Map.of("tests", "log of tests"),
        NOW);
  }

  private dev.qudag.proto.HubState hubState() {
    return hub.state(SwarmKey.of(swarm)).orElseThrow();
  }

  private String job(String name) {
    var check = swarm.getSpec().policy().checks().getFirst();
    return new CheckKey(objects.get(name).getStatus().build().tree(), ChainPolicy.of(check))
        .jobName();
  }

  private Condition ready(String name) {
    return Conditions.find(objects.get(name).getStatus().conditions(), Condition.READY)
        .orElseThrow();
  }

  private boolean isTrue(String name, String type) {
    return Conditions.isTrue(objects.get(name).getStatus().conditions(), type);
  }

  private Swarm edited(String old, String next) {
    var json = new KubernetesSerialization();
    String spec = json.asYaml(swarm);
    assertThat(spec).contains(old);
    return json.unmarshal(spec.replace(old, next), Swarm.class);
  }
}
