package dev.qudag.operator.swarm;

import dev.qudag.api.v1alpha1.Condition;
import dev.qudag.api.v1alpha1.Validator;
import dev.qudag.operator.node.SwarmKey;
import dev.qudag.operator.pod.NodeStatefulSet;
import dev.qudag.operator.policy.ChainPolicy;
import dev.qudag.operator.status.Conditions;
import dev.qudag.operator.status.PodReason;
import dev.qudag.operator.status.PodReasons;
import dev.qudag.operator.swarm.configmap.RecoveryMap;
import dev.qudag.operator.swarm.configmap.ToSign;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** What can be wrong with a Swarm, in the order in which people must mend it. Pure. */
final class SwarmChecks {
  private static final List<Function<SwarmObservation, Optional<Finding>>> BEFORE_ENROLMENT =
      List.of(
          SwarmChecks::refusedRecovery,
          SwarmChecks::retainedVolume,
          SwarmChecks::missingSeed,
          SwarmChecks::hubPod,
          SwarmChecks::validatorPods);

  private static final List<Function<SwarmObservation, Optional<Finding>>> AFTER_ENROLMENT =
      List.of(
          SwarmChecks::smallerSet,
          SwarmChecks::hubConnection,
          SwarmChecks::hubStall,
          SwarmChecks::upstream,
          SwarmChecks::unsigned,
          SwarmChecks::quorum,
          SwarmChecks::invalidPolicy);

  private SwarmChecks() {}

  /**
   * The first thing that is wrong.
   *
   * @param enrolment what enrolment found in this pass
   * @param asking what is in the way of asking for another policy; while no quorum is there to
   *     decide on one, that comes first
   */
  static Optional<Finding> first(
      SwarmObservation observed, Optional<Finding> enrolment, Optional<Finding> asking) {
    return Stream.of(
            first(BEFORE_ENROLMENT, observed),
            enrolment,
            first(AFTER_ENROLMENT, observed),
            policy(observed, asking))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /**
   * The change that an administrator is asked to sign: one at a time, for a Swarm has one
   * annotation for signatures. That of the policy comes first: without it nothing lands.
   *
   * @param others findings that may wait for one
   */
  @SafeVarargs
  static Optional<ToSign> toSign(SwarmObservation observed, Optional<Finding>... others) {
    Optional<ToSign> policy =
        observed.wantedPolicy().filter(WantedPolicy::isPending).map(WantedPolicy::toSign);
    return policy.or(
        () ->
            Stream.of(others)
                .flatMap(Optional::stream)
                .flatMap(finding -> finding.toSign().stream())
                .findFirst());
  }

  private static Optional<Finding> first(
      List<Function<SwarmObservation, Optional<Finding>>> checks, SwarmObservation observed) {
    return checks.stream().flatMap(check -> check.apply(observed).stream()).findFirst();
  }

  private static Optional<Finding> refusedRecovery(SwarmObservation observed) {
    return observed
        .recovery()
        .flatMap(
            content ->
                switch (content) {
                  case RecoveryMap.Content.Proven _ -> Optional.empty();
                  case RecoveryMap.Content.Refused(String why) ->
                      Optional.of(Finding.stalled(SwarmReasons.RECOVERY_REFUSED, why));
                });
  }

  private static Optional<Finding> retainedVolume(SwarmObservation observed) {
    if (!observed.hubClaimIsForeign() || observed.takesOver()) {
      return Optional.empty();
    }
    SwarmKey key = observed.key();
    String claim = NodeStatefulSet.claimName(key.hubName());
    boolean going =
        observed.hubClaim().filter(c -> c.getMetadata().getDeletionTimestamp() != null).isPresent();
    return Optional.of(
        going
            ? Finding.reconciling(
                SwarmReasons.VOLUME_TERMINATING,
                "PersistentVolumeClaim %s of the Swarm that was here before is being removed"
                    .formatted(claim))
            : Finding.stalled(
                SwarmReasons.REPOSITORY_RETAINED,
                ("PersistentVolumeClaim %s holds the repository of an earlier Swarm %s. To give it"
                        + " up: kubectl delete pvc -n %s %s. To go on with it, hand in a recovery"
                        + " (docs/how-to/recover.md). To keep it, choose another name for this"
                        + " Swarm")
                    .formatted(claim, key.name(), key.namespace(), claim)));
  }

  private static Optional<Finding> missingSeed(SwarmObservation observed) {
    return observed.seedIsMissing()
        ? Optional.of(
            Finding.stalled(
                SwarmReasons.SEED_MISSING,
                "ConfigMap %s has no key files.yaml: create it, or remove repository.seedConfigMapRef"
                    .formatted(observed.swarm().getSpec().repository().seedConfigMapRef().name())))
        : Optional.empty();
  }

  private static Optional<Finding> hubPod(SwarmObservation observed) {
    return trouble(observed.pod(observed.key().hubName()))
        .map(why -> Finding.reconciling(why.reason(), why.message()));
  }

  /** A validator that does not run matters here only when the others cannot decide without it. */
  private static Optional<Finding> validatorPods(SwarmObservation observed) {
    if (readyValidators(observed) >= observed.quorum()) {
      return Optional.empty();
    }
    return observed.indices().stream()
        .map(index -> observed.pod(observed.key().validatorName(index)))
        .flatMap(pod -> trouble(pod).stream())
        .findFirst()
        .map(why -> Finding.reconciling(why.reason(), why.message()));
  }

  private static Optional<PodReason> trouble(Optional<Pod> pod) {
    return pod.filter(p -> !isReady(p)).flatMap(PodReasons::of);
  }

  private static Optional<Finding> smallerSet(SwarmObservation observed) {
    return observed.wantedSize() >= observed.setSize()
        ? Optional.empty()
        : Optional.of(
            Finding.stalled(
                SwarmReasons.SET_IS_FIXED,
                "The set has %d validators and this version cannot make it smaller: put validators.replicas back to %d, or make a new Swarm"
                    .formatted(observed.setSize(), observed.setSize())));
  }

  private static Optional<Finding> hubConnection(SwarmObservation observed) {
    return observed.hubConnected()
        ? Optional.empty()
        : Optional.of(
            Finding.reconciling(
                SwarmReasons.HUB_UNAVAILABLE,
                "The hub %s cannot be reached yet".formatted(observed.key().hubName())));
  }

  private static Optional<Finding> hubStall(SwarmObservation observed) {
    return observed
        .hubState()
        .filter(state -> !state.getStalledReason().isEmpty())
        .map(state -> Finding.stalled(state.getStalledReason(), state.getStalledMessage()));
  }

  private static Optional<Finding> upstream(SwarmObservation observed) {
    return observed
        .upstream()
        .filter(state -> !state.getReason().isEmpty())
        .map(
            state ->
                state.getReason().equals(SwarmReasons.UPSTREAM_UNREACHABLE)
                    ? Finding.reconciling(state.getReason(), state.getMessage())
                    : Finding.stalled(state.getReason(), state.getMessage()));
  }

  private static Optional<Finding> unsigned(SwarmObservation observed) {
    return observed
        .hubState()
        .filter(state -> !state.getUnsigned().isEmpty())
        .map(
            state ->
                Finding.stalled(
                    SwarmReasons.SIGNING_KEY_UNUSABLE,
                    "Nothing lands unsigned: " + state.getUnsigned()));
  }

  private static Optional<Finding> quorum(SwarmObservation observed) {
    long ready = readyValidators(observed);
    long needed = observed.quorum();
    if (ready >= needed) {
      return Optional.empty();
    }
    List<String> lost = validatorsWithOtherKeys(observed);
    return Optional.of(
        observed.setSize() - lost.size() < needed
            ? Finding.stalled(
                SwarmReasons.QUORUM_LOST,
                "%s lost their volumes, and with them the keys that the set names: the others are no quorum of %d, and nothing lands any more. Put the volumes back, or begin a new chain (docs/how-to/recover.md)"
                    .formatted(String.join(", ", lost), needed))
            : Finding.reconciling(
                SwarmReasons.QUORUM_LOST,
                "%d of %d validators are ready and a decision needs %d: nothing lands until they are back. See kubectl get qval"
                    .formatted(ready, observed.setSize(), needed)));
  }

  private static List<String> validatorsWithOtherKeys(SwarmObservation observed) {
    return deciding(observed)
        .filter(
            validator ->
                Conditions.find(validator.getStatus().conditions(), Condition.READY)
                    .map(Condition::reason)
                    .filter(SwarmReasons.KEY_CHANGED::equals)
                    .isPresent())
        .map(validator -> validator.getMetadata().getName())
        .sorted()
        .toList();
  }

  private static Optional<Finding> invalidPolicy(SwarmObservation observed) {
    return ChainPolicy.fault(observed.swarm().getSpec().policy())
        .map(
            why ->
                Finding.stalled(
                    SwarmReasons.POLICY_INVALID,
                    "No validator can judge by spec.policy, and nothing lands until it is mended: "
                        + why));
  }

  private static Optional<Finding> policy(SwarmObservation observed, Optional<Finding> asking) {
    return observed
        .wantedPolicy()
        .map(
            wanted ->
                wanted.isPending()
                    ? unsigned(observed, wanted.toSign())
                    : decided(observed.rejectionOf(wanted.change().encode()), asking));
  }

  /** Whether it was rejected is the hub's word: it can hold the policy back anyway. */
  private static Finding decided(Optional<String> rejection, Optional<Finding> asking) {
    return rejection
        .map(
            why ->
                Finding.stalled(
                    SwarmReasons.POLICY_REJECTED,
                    "The validators reject the policy of spec.policy, says the hub, and nothing lands until it is another, or the old one is back: "
                        + why))
        .or(() -> asking)
        .orElseGet(
            () ->
                Finding.reconciling(
                    SwarmReasons.POLICY_CHANGING,
                    "The validators decide on the policy that spec.policy asks for"));
  }

  private static Finding unsigned(SwarmObservation observed, ToSign change) {
    return Finding.unsigned(
        SwarmReasons.AWAITING_ADMINISTRATOR,
        AdminKeys.demand(
            observed.swarm(),
            "The policy of spec.policy",
            change,
            ", or put the old policy back; nothing lands until then"),
        change);
  }

  static long readyValidators(SwarmObservation observed) {
    return deciding(observed)
        .filter(validator -> Conditions.isTrue(validator.getStatus().conditions(), Condition.READY))
        .count();
  }

  /** Those of the set who have a status. */
  private static Stream<Validator> deciding(SwarmObservation observed) {
    List<Integer> indices = observed.indices();
    return observed.validators().stream()
        .filter(validator -> indices.contains(validator.getSpec().index()))
        .filter(validator -> validator.getStatus() != null);
  }

  static boolean isReady(Pod pod) {
    return pod.getStatus() != null
        && pod.getStatus().getConditions().stream()
            .anyMatch(
                condition ->
                    "Ready".equals(condition.getType()) && "True".equals(condition.getStatus()));
  }
}
