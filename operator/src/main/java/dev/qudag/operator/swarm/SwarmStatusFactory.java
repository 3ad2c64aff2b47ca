package dev.qudag.operator.swarm;

import dev.qudag.api.v1alpha1.Agent;
import dev.qudag.api.v1alpha1.Condition;
import dev.qudag.api.v1alpha1.Swarm;
import dev.qudag.api.v1alpha1.SwarmStatus;
import dev.qudag.operator.status.Conditions;
import dev.qudag.operator.status.Fact;
import dev.qudag.operator.swarm.configmap.ToSign;
import dev.qudag.proto.HubState;
import dev.qudag.proto.Proposal;
import dev.qudag.proto.UpstreamState;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Computes a Swarm's status from what a pass knows. Pure but for the clock of transitions. */
final class SwarmStatusFactory {
  private final Conditions conditions;

  SwarmStatusFactory(Conditions conditions) {
    this.conditions = conditions;
  }

  /**
   * @param joining how far those are who have to join
   * @param toSign the change that waits for the signature of an administrator
   */
  SwarmStatus report(
      SwarmObservation observed,
      Optional<Finding> finding,
      Optional<Finding> joining,
      Optional<ToSign> toSign) {
    Swarm swarm = observed.swarm();
    List<Condition> before = swarm.getStatus() == null ? List.of() : swarm.getStatus().conditions();
    long generation = swarm.getMetadata().getGeneration();
    return new SwarmStatus(
        generation,
        conditions.merge(before, generation, facts(observed, finding, joining)),
        summary(observed),
        head(observed),
        chain(observed),
        observed
            .hubState()
            .map(state -> HexFormat.of().formatHex(state.getPolicyDigest().toByteArray()))
            .orElse(null),
        toSign.map(ToSign::status).orElse(null));
  }

  private static List<Fact> facts(
      SwarmObservation observed, Optional<Finding> finding, Optional<Finding> joining) {
    List<Fact> facts = new ArrayList<>();
    facts.add(ready(observed, finding));
    finding.map(SwarmStatusFactory::progress).ifPresent(facts::add);
    facts.add(repositoryReady(observed, finding));
    facts.add(quorumHealthy(observed));
    facts.add(faultTolerant(observed));
    facts.add(setComplete(observed, joining));
    facts.add(agentsAvailable(observed));
    facts.add(setTrustsOperator(observed));
    observed.upstream().map(SwarmStatusFactory::upstreamReachable).ifPresent(facts::add);
    return facts;
  }

  private static Fact upstreamReachable(UpstreamState state) {
    String type = "UpstreamReachable";
    return state.getReason().equals(SwarmReasons.UPSTREAM_UNREACHABLE)
        ? Fact.no(type, state.getReason(), state.getMessage())
        : Fact.yes(type, SwarmReasons.REACHABLE, "Upstream answers the hub");
  }

  private static Fact setComplete(SwarmObservation observed, Optional<Finding> joining) {
    String type = "SetComplete";
    if (observed.set().isEmpty()) {
      return Fact.unknown(type, SwarmReasons.ENROLLING, "There is no set yet");
    }
    return joining
        .map(why -> Fact.no(type, why.reason(), why.message()))
        .orElseGet(
            () ->
                Fact.yes(
                    type,
                    SwarmReasons.COMPLETE,
                    "%d validators are in the set of epoch %d"
                        .formatted(observed.setSize(), epoch(observed))));
  }

  private static Fact setTrustsOperator(SwarmObservation observed) {
    String type = "SetTrustsOperator";
    int keys = observed.genesis().map(genesis -> genesis.adminKeys().size()).orElse(0);
    return keys > 0
        ? Fact.no(
            type,
            SwarmReasons.ADMIN_KEYS,
            "One of %d administrator keys signs each change of policy and set".formatted(keys))
        : Fact.yes(
            type,
            SwarmReasons.NO_ADMIN_KEYS,
            "The genesis names no admin keys: the operator's signature changes policy and set");
  }

  private static long epoch(SwarmObservation observed) {
    return observed.set().map(known -> known.set().epoch()).orElse(0L);
  }

  private static Fact ready(SwarmObservation observed, Optional<Finding> finding) {
    if (finding.isPresent()) {
      return Fact.no(Condition.READY, finding.get().reason(), finding.get().message());
    }
    String branch = observed.swarm().getSpec().repository().branch();
    return observed.swarm().getSpec().suspended()
        ? Fact.yes(
            Condition.READY,
            SwarmReasons.SUSPENDED,
            "No agent is started and nothing lands until spec.suspended is false")
        : Fact.yes(
            Condition.READY,
            SwarmReasons.RUNNING,
            "%d validators guard branch %s".formatted(observed.setSize(), branch));
  }

  private static Fact progress(Finding finding) {
    return switch (finding.kind()) {
      case STALLED -> Fact.stalled(finding.reason(), finding.message());
      case RECONCILING -> Fact.reconciling(finding.reason(), finding.message());
    };
  }

  private static Fact repositoryReady(SwarmObservation observed, Optional<Finding> finding) {
    String type = "RepositoryReady";
    if (observed.hubConnected()) {
      return observed
          .hubState()
          .filter(state -> state.getRefusingReason().equals(SwarmReasons.VOLUME_FULL))
          .map(state -> Fact.no(type, SwarmReasons.VOLUME_FULL, state.getRefusingMessage()))
          .orElseGet(() -> Fact.yes(type, SwarmReasons.SERVING, "The hub serves the repository"));
    }
    return finding
        .map(why -> Fact.no(type, why.reason(), why.message()))
        .orElseGet(() -> Fact.no(type, SwarmReasons.HUB_UNAVAILABLE, "The hub cannot be reached"));
  }

  private static Fact quorumHealthy(SwarmObservation observed) {
    long ready = SwarmChecks.readyValidators(observed);
    long needed = observed.quorum();
    String message =
        "%d of %d validators are ready, a decision needs %d"
            .formatted(ready, observed.setSize(), needed);
    return ready >= needed
        ? Fact.yes("QuorumHealthy", SwarmReasons.QUORUM_READY, message)
        : Fact.no("QuorumHealthy", SwarmReasons.QUORUM_LOST, message);
  }

  private static Fact faultTolerant(SwarmObservation observed) {
    String type = "FaultTolerant";
    int size = observed.setSize();
    if (size == 1) {
      return Fact.no(
          type, SwarmReasons.SINGLE_VALIDATOR, "One validator tolerates no fault: use at least 4");
    }
    long margin = SwarmChecks.readyValidators(observed) - observed.quorum();
    if (margin < 1) {
      return Fact.no(type, SwarmReasons.NO_MARGIN, "One more validator that fails stops merging");
    }
    long together = mostOnOneNode(observed);
    return together > margin
        ? Fact.no(
            type,
            SwarmReasons.SHARED_NODE,
            "%d validators run on one node, and only %d may fail: add nodes"
                .formatted(together, margin))
        : Fact.yes(type, SwarmReasons.SPREAD, "The loss of any one node leaves a quorum");
  }

  private static long mostOnOneNode(SwarmObservation observed) {
    Map<String, Long> byNode =
        observed.indices().stream()
            .map(index -> observed.pod(observed.key().validatorName(index)))
            .flatMap(Optional::stream)
            .map(SwarmStatusFactory::nodeName)
            .filter(Objects::nonNull)
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    return byNode.values().stream().mapToLong(Long::longValue).max().orElse(0);
  }

  private static @Nullable String nodeName(Pod pod) {
    return pod.getSpec() == null ? null : pod.getSpec().getNodeName();
  }

  private static Fact agentsAvailable(SwarmObservation observed) {
    String type = "AgentsAvailable";
    int wanted = observed.agents().size();
    long available = availableAgents(observed);
    if (wanted == 0) {
      return Fact.yes(type, SwarmReasons.NO_AGENTS, "The Swarm has no agents");
    }
    return available == wanted
        ? Fact.yes(
            type, SwarmReasons.ALL_AVAILABLE, "All %d agents work or are done".formatted(wanted))
        : Fact.no(
            type,
            SwarmReasons.SOME_UNAVAILABLE,
            "%d of %d agents work or are done. See kubectl get qag".formatted(available, wanted));
  }

  private static long availableAgents(SwarmObservation observed) {
    return observed.agents().stream()
        .map(Agent::getStatus)
        .filter(Objects::nonNull)
        .filter(status -> Conditions.isTrue(status.conditions(), Condition.READY))
        .count();
  }

  private static SwarmStatus.Summary summary(SwarmObservation observed) {
    return new SwarmStatus.Summary(
        availableAgents(observed) + "/" + observed.agents().size(),
        SwarmChecks.readyValidators(observed) + "/" + observed.setSize(),
        observed.hubState().map(SwarmStatusFactory::proposals).orElse(null));
  }

  private static String proposals(HubState state) {
    long merged = 0;
    long open = 0;
    for (Proposal proposal : state.getProposalsList()) {
      switch (proposal.getState()) {
        case LANDED -> merged++;
        case OPEN, DECIDING, STALE -> open++;
        case CLOSED, PROPOSAL_STATE_UNSPECIFIED, UNRECOGNIZED -> {}
      }
    }
    return "%d open, %d merged".formatted(open, merged);
  }

  private static @Nullable String head(SwarmObservation observed) {
    return observed.hubState().map(HubState::getHead).filter(head -> !head.isEmpty()).orElse(null);
  }

  private static SwarmStatus.@Nullable Chain chain(SwarmObservation observed) {
    return observed
        .genesis()
        .map(
            genesis ->
                new SwarmStatus.Chain(
                    genesis.chainId().hex(),
                    genesis.digest().hex(),
                    epoch(observed),
                    (int) observed.quorum()))
        .orElse(null);
  }
}
