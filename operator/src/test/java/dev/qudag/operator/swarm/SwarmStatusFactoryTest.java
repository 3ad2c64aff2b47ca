package dev.qudag.operator.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.api.v1alpha1.Condition;
import dev.qudag.api.v1alpha1.SwarmStatus;
import dev.qudag.api.v1alpha1.Validator;
import dev.qudag.consensus.certificate.Recovery;
import dev.qudag.operator.TestingManifests;
import dev.qudag.operator.status.Conditions;
import dev.qudag.operator.swarm.configmap.RecoveryMap;
import dev.qudag.operator.swarm.configmap.ToSign;
import dev.qudag.proto.HubState;
import dev.qudag.proto.Proposal;
import dev.qudag.proto.ProposalState;
import dev.qudag.proto.UpstreamState;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SwarmStatusFactoryTest {
  private static final SwarmStatusFactory STATUSES =
      new SwarmStatusFactory(
          new Conditions(Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC)));

  private static SwarmStatus report(TestingSwarm swarm) {
    return report(swarm, Optional.empty());
  }

  private static SwarmStatus report(TestingSwarm swarm, Optional<Finding> enrolment) {
    return report(swarm, enrolment, Optional.empty());
  }

  private static SwarmStatus report(
      TestingSwarm swarm, Optional<Finding> enrolment, Optional<Finding> joining) {
    SwarmObservation observed = swarm.observed();
    return STATUSES.report(
        observed,
        SwarmChecks.first(observed, enrolment, Optional.empty()),
        joining,
        SwarmChecks.toSign(observed, joining));
  }

  private static String is(SwarmStatus status, String type) {
    return Conditions.find(status.conditions(), type)
        .map(c -> c.status() + " " + c.reason())
        .orElse("absent");
  }

  private static String message(SwarmStatus status) {
    return Conditions.find(status.conditions(), Condition.READY).orElseThrow().message();
  }

  @Test
  void isReadyWhenAllIsWell() {
    SwarmStatus status = report(new TestingSwarm());
    assertThat(is(status, "Ready")).isEqualTo("True Running");
    assertThat(is(status, "Reconciling")).isEqualTo("absent");
    assertThat(is(status, "Stalled")).isEqualTo("absent");
    assertThat(is(status, "RepositoryReady")).isEqualTo("True Serving");
    assertThat(is(status, "QuorumHealthy")).isEqualTo("True QuorumReady");
    assertThat(is(status, "FaultTolerant")).isEqualTo("True Spread");
    assertThat(is(status, "AgentsAvailable")).isEqualTo("True NoAgents");
    assertThat(is(status, "SetComplete")).isEqualTo("True Complete");
    assertThat(is(status, "SetTrustsOperator")).isEqualTo("True NoAdminKeys");
    assertThat(status.summary().validators()).isEqualTo("4/4");
    assertThat(status.head()).isEqualTo("c0ffee");
    assertThat(status.chain().quorum()).isEqualTo(3);
    assertThat(status.observedGeneration()).isEqualTo(3);
  }

  @Test
  void saysThatTheHubTakesNothingNewWhileItGoesOn() {
    SwarmStatus status =
        report(
            new TestingSwarm()
                .withHub(
                    HubState.newBuilder()
                        .setRefusingReason("VolumeFull")
                        .setRefusingMessage("The hub's volume has 3 MiB free")));

    assertThat(is(status, "RepositoryReady")).isEqualTo("False VolumeFull");
    assertThat(Conditions.find(status.conditions(), "RepositoryReady").orElseThrow().message())
        .isEqualTo("The hub's volume has 3 MiB free");
    assertThat(is(status, "Ready")).as("what was accepted lands").isEqualTo("True Running");
    assertThat(is(status, "Stalled")).isEqualTo("absent");
  }

  @Test
  void countsProposals() {
    SwarmStatus status =
        report(
            new TestingSwarm()
                .withHub(
                    HubState.newBuilder()
                        .addProposals(Proposal.newBuilder().setState(ProposalState.OPEN))
                        .addProposals(Proposal.newBuilder().setState(ProposalState.LANDED))
                        .addProposals(Proposal.newBuilder().setState(ProposalState.LANDED))
                        .addProposals(Proposal.newBuilder().setState(ProposalState.CLOSED))));
    assertThat(status.summary().proposals()).isEqualTo("1 open, 2 merged");
  }

  @Test
  void saysHowItStandsWithItsUpstream() {
    assertThat(is(report(new TestingSwarm()), "UpstreamReachable")).isEqualTo("absent");
    SwarmStatus well = report(withUpstream("", ""));
    assertThat(is(well, "UpstreamReachable")).isEqualTo("True Reachable");
    assertThat(is(well, "Ready")).isEqualTo("True Running");

    SwarmStatus down = report(withUpstream("UpstreamUnreachable", "Connection refused"));
    assertThat(is(down, "UpstreamReachable")).isEqualTo("False UpstreamUnreachable");
    assertThat(is(down, "Ready")).isEqualTo("False UpstreamUnreachable");
    assertThat(is(down, "Reconciling")).isEqualTo("True UpstreamUnreachable");
    assertThat(is(down, "Stalled")).isEqualTo("absent");
  }

  @Test
  void asksAPersonForTheKeyThatTheHubCannotSignWith() {
    SwarmStatus status =
        report(new TestingSwarm().withHub(HubState.newBuilder().setUnsigned("it is missing")));

    assertThat(is(status, "Stalled")).isEqualTo("True SigningKeyUnusable");
    assertThat(message(status)).isEqualTo("Nothing lands unsigned: it is missing");
  }

  @Test
  void asksAPersonAboutAnUpstreamThatRefuses() {
    for (String reason : List.of("UpstreamRefused", "UpstreamRewritten", "UpstreamUnfit")) {
      SwarmStatus status = report(withUpstream(reason, "main is frozen"));
      assertThat(is(status, "Stalled")).isEqualTo("True " + reason);
      assertThat(is(status, "UpstreamReachable")).isEqualTo("True Reachable");
      assertThat(message(status)).contains("main is frozen");
    }
  }

  private static TestingSwarm withUpstream(String reason, String message) {
    return new TestingSwarm()
        .withHub(
            HubState.newBuilder()
                .setUpstream(UpstreamState.newBuilder().setReason(reason).setMessage(message)));
  }

  @Test
  void toleratesOneValidatorDownAndSaysThatNoMarginIsLeft() {
    SwarmStatus status = report(new TestingSwarm().withValidator(2, false));
    assertThat(is(status, "Ready")).isEqualTo("True Running");
    assertThat(is(status, "QuorumHealthy")).isEqualTo("True QuorumReady");
    assertThat(is(status, "FaultTolerant")).isEqualTo("False NoMargin");
  }

  @Test
  void losesQuorumWithTwoOfFourDown() {
    SwarmStatus status = report(new TestingSwarm().withValidator(2, false).withValidator(3, false));
    assertThat(is(status, "Ready")).isEqualTo("False QuorumLost");
    assertThat(is(status, "QuorumHealthy")).isEqualTo("False QuorumLost");
    assertThat(message(status)).contains("2 of 4", "needs 3", "kubectl get qval");
  }

  @Test
  void saysWhoseVolumesAreLostWhereTheOthersAreNoQuorum() {
    SwarmStatus status =
        report(new TestingSwarm().withAnotherKeyOf(3).withAnotherKeyOf(2).withValidator(1, false));
    assertThat(is(status, "Stalled")).isEqualTo("True QuorumLost");
    assertThat(message(status)).startsWith("s-v2, s-v3 lost").contains("docs/how-to/recover.md");
    SwarmStatus others = report(new TestingSwarm().withAnotherKeyOf(3).withValidator(2, false));
    assertThat(is(others, "Stalled")).as("who is away comes back").isEqualTo("absent");
    assertThat(is(others, "Reconciling")).isEqualTo("True QuorumLost");
  }

  @Test
  void seesValidatorsThatShareANode() {
    TestingSwarm swarm = new TestingSwarm();
    swarm.withPod("s-v1-0", "spec: {nodeName: n0}");
    assertThat(is(report(swarm), "FaultTolerant")).isEqualTo("False SharedNode");
  }

  @Test
  void asksAPersonAboutARetainedVolume() {
    SwarmStatus status = report(new TestingSwarm().withoutGenesis().withClaimOf("earlier"));
    assertThat(is(status, "Ready")).isEqualTo("False RepositoryRetained");
    assertThat(is(status, "Stalled")).isEqualTo("True RepositoryRetained");
    assertThat(message(status)).contains("kubectl delete pvc -n team data-s-hub-0");
    assertThat(is(report(new TestingSwarm().withClaimOf(TestingSwarm.UID)), "Ready"))
        .isEqualTo("True Running");
  }

  @Test
  void goesOnWithARetainedVolumeWhereAPersonHandsInWhereItsChainEnded() {
    var recovery = new Recovery(TestingSwarm.GENESIS, Optional.empty(), List.of());
    TestingSwarm swarm =
        new TestingSwarm()
            .withoutGenesis()
            .withClaimOf("earlier")
            .withRecovery(new RecoveryMap.Content.Proven(recovery));
    assertThat(swarm.observed().isBlocked()).isFalse();
    Finding unsigned =
        Finding.unsigned(
            "AwaitingAdministrator", "sign it", ToSign.of(ToSign.Kind.RECOVERY, new byte[] {1}));
    SwarmStatus status = report(swarm, Optional.of(unsigned));
    assertThat(is(status, "Stalled")).isEqualTo("True AwaitingAdministrator");
  }

  @Test
  void makesNothingOfARecoveryThatProvesNothing() {
    TestingSwarm swarm =
        new TestingSwarm()
            .withoutGenesis()
            .withRecovery(new RecoveryMap.Content.Refused("make it anew"));
    assertThat(swarm.observed().isBlocked()).isTrue();
    SwarmStatus status = report(swarm);
    assertThat(is(status, "Stalled")).isEqualTo("True RecoveryRefused");
    assertThat(message(status)).isEqualTo("make it anew");
  }

  @Test
  void namesTheSeedThatIsMissing() {
    SwarmStatus status =
        report(
            new TestingSwarm()
                .withoutGenesis()
                .withSpec(
                    "repository: {branch: main, seedConfigMapRef: {name: first}, storage: {size:"
                        + " 1Gi}}"));
    assertThat(is(status, "Stalled")).isEqualTo("True SeedMissing");
    assertThat(message(status)).contains("ConfigMap first", "files.yaml");
  }

  @Test
  void liftsWhyTheHubsPodDoesNotRun() {
    SwarmStatus status =
        report(
            new TestingSwarm()
                .disconnected()
                .withPod(
                    "s-hub-0",
                    "status: {containerStatuses: [{name: hub, image: x:1, state: {waiting: {reason:"
                        + " ErrImagePull}}}]}"));
    assertThat(is(status, "Ready")).isEqualTo("False ImagePullFailed");
    assertThat(is(status, "RepositoryReady")).isEqualTo("False ImagePullFailed");
    assertThat(message(status)).contains("x:1", "s-hub-0");
  }

  @Test
  void saysWhatEnrolmentWaitsFor() {
    Optional<Finding> waiting =
        Optional.of(Finding.reconciling("Starting", "Waiting for the pods of s-v3"));
    SwarmStatus status = report(new TestingSwarm().withoutGenesis().disconnected(), waiting);
    assertThat(is(status, "Ready")).isEqualTo("False Starting");
    assertThat(is(status, "Reconciling")).isEqualTo("True Starting");
    assertThat(status.chain()).isNull();
  }

  @Test
  void passesOnWhyTheHubLandsNothing() {
    SwarmStatus status =
        report(
            new TestingSwarm()
                .withHub(
                    HubState.newBuilder()
                        .setStalledReason("VolumeFull")
                        .setStalledMessage("no room")));
    assertThat(is(status, "Stalled")).isEqualTo("True VolumeFull");
    assertThat(message(status)).isEqualTo("no room");
  }

  @Test
  void refusesToMakeTheSetSmaller() {
    SwarmStatus status =
        report(new TestingSwarm().withSpec("validators: {replicas: 1, storage: {size: 256Mi}}"));
    assertThat(is(status, "Stalled")).isEqualTo("True SetIsFixed");
    assertThat(status.summary().validators()).isEqualTo("4/4");
  }

  @Test
  void goesOnWithoutWhomEvidenceRemovedAndSaysWhoIsToJoin() {
    Optional<Finding> joining =
        Optional.of(Finding.reconciling("SetChanging", "Waiting for the pods of s-v4"));
    TestingSwarm swarm = new TestingSwarm().without(1);
    SwarmStatus status = report(swarm, Optional.empty(), joining);
    assertThat(is(status, "Ready")).isEqualTo("True Running");
    assertThat(is(status, "SetComplete")).isEqualTo("False SetChanging");
    assertThat(is(status, "FaultTolerant")).as("three decide").isEqualTo("False NoMargin");
    assertThat(status.summary().validators()).isEqualTo("3/3");
    assertThat(status.chain().epoch()).isEqualTo(1);
    assertThat(status.chain().quorum()).isEqualTo(3);
    SwarmStatus withOneDown = report(swarm.withValidator(2, false), Optional.empty(), joining);
    assertThat(is(withOneDown, "Ready")).isEqualTo("False QuorumLost");
  }

  /** Index 1 is used up: the next one that no validator had is 4. */
  @Test
  void wantsAnotherInPlaceOfWhomEvidenceRemoved() {
    SwarmObservation observed = new TestingSwarm().without(1).observed();
    assertThat(observed.newcomers()).containsExactly(4);
    assertThat(
            SwarmPlan.of(observed, TestingManifests.SETTINGS).desired().stream()
                .filter(Validator.class::isInstance)
                .map(validator -> validator.getMetadata().getName()))
        .containsExactly("s-v0", "s-v2", "s-v3", "s-v4");
    assertThat(
            new TestingSwarm()
                .withSpec("validators: {replicas: 7, storage: {size: 256Mi}}")
                .observed()
                .newcomers())
        .containsExactly(4, 5, 6);
    assertThat(new TestingSwarm().observed().newcomers()).isEmpty();
    assertThat(new TestingSwarm().withoutGenesis().observed().newcomers()).isEmpty();
  }

  @Test
  void isChangingThePolicyUntilTheChainHasIt() {
    SwarmStatus status = report(new TestingSwarm().withSpec("policy: {denyPaths: [secret/**]}"));
    assertThat(is(status, "Ready")).isEqualTo("False PolicyChanging");
  }

  @Test
  void saysWhyNoValidatorCanJudgeByThePolicy() {
    TestingSwarm swarm = new TestingSwarm().withSpec("policy: {denyPaths: [\"a\\tb\"]}");
    assertThat(swarm.observed().wantedPolicy()).isEmpty();
    assertThat(is(report(swarm), "Stalled")).isEqualTo("True PolicyInvalid");
    assertThat(message(report(swarm))).contains("spec.policy", "denyPaths", "a?b");
  }

  @Test
  void saysWhyTheValidatorsRejectedThePolicy() {
    TestingSwarm swarm = new TestingSwarm().withSpec("policy: {denyPaths: [secret/**]}");
    byte[] wanted = swarm.observed().wantedPolicy().orElseThrow().change().encode();
    SwarmStatus status = report(swarm.withRejected(wanted, "TooLarge: by far"));
    assertThat(is(status, "Ready")).isEqualTo("False PolicyRejected");
    assertThat(is(status, "Stalled")).isEqualTo("True PolicyRejected");
    assertThat(message(status))
        .contains("spec.policy", "says the hub")
        .endsWith("TooLarge: by far");
    swarm.withSpec("policy: {denyPaths: [locked/**]}");
    assertThat(is(report(swarm), "Ready")).as("of another").isEqualTo("False PolicyChanging");
  }

  @Test
  void showsWhatAnAdministratorHasToSignForThoseWhoAreToJoin() {
    ToSign change = ToSign.of(ToSign.Kind.SET_CHANGE, new byte[] {1});
    Optional<Finding> joining =
        Optional.of(Finding.unsigned("NeedsAdministrator", "sign it", change));
    SwarmStatus status = report(new TestingSwarm().without(1), Optional.empty(), joining);
    assertThat(status.pendingChange().kind()).isEqualTo("SetChange");
    assertThat(status.pendingChange().digest()).isEqualTo(change.digest());
    assertThat(is(status, "SetComplete")).isEqualTo("False NeedsAdministrator");
    assertThat(is(status, "Ready")).as("landing goes on").isEqualTo("True Running");
  }

  @Test
  void isReadyWhileSuspended() {
    assertThat(is(report(new TestingSwarm().withSpec("suspended: true")), "Ready"))
        .isEqualTo("True Suspended");
  }
}
