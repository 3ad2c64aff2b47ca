package dev.qudag.operator.agent;

import dev.qudag.api.v1alpha1.Agent;
import dev.qudag.operator.agent.lifecycle.AgentObservation;
import dev.qudag.operator.agent.lifecycle.Run;
import dev.qudag.operator.agent.lifecycle.Step;
import dev.qudag.operator.agent.pod.AgentNames;
import dev.qudag.operator.agent.pod.AgentPapers;
import dev.qudag.operator.agent.pod.AgentPods;
import dev.qudag.operator.agent.pod.RunPlace;
import dev.qudag.operator.children.Children;
import dev.qudag.operator.crash.CrashInjector;
import dev.qudag.operator.crash.CrashPoint;
import dev.qudag.operator.node.Hub;
import dev.qudag.operator.pod.NodeSettings;
import dev.qudag.operator.status.EventRecorder;
import dev.qudag.proto.ProposeCandidateRequest;
import dev.qudag.proto.ProposeCandidateResponse;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Carries out the steps of a plan, in their order; each may be carried out again. */
final class AgentSteps {
  /** For a pod with nothing to hand over: its program need not be waited for. */
  private static final long DROP_SECONDS = 5;

  private final KubernetesClient client;
  private final NodeSettings settings;
  private final EventRecorder events;
  private final CrashInjector crashes;

  AgentSteps(
      KubernetesClient client, NodeSettings settings, EventRecorder events, CrashInjector crashes) {
    this.client = client;
    this.settings = settings;
    this.events = events;
    this.crashes = crashes;
  }

  void carryOut(AgentWorld world, List<Step> steps) {
    for (Step step : steps) {
      carryOut(world, step);
      point(step).ifPresent(crashes::reached);
    }
  }

  /** What a step leaves behind that no status tells. */
  private static Optional<CrashPoint> point(Step step) {
    return switch (step) {
      case Step.Start start -> Optional.of(CrashPoint.RUN_STARTED);
      case Step.GiveFeedback give -> Optional.of(CrashPoint.FEEDBACK_GIVEN);
      case Step.HandOver handOver -> Optional.of(CrashPoint.HANDOVER_STARTED);
      case Step.Release release -> Optional.of(CrashPoint.RUN_RELEASED);
      case Step.Propose propose -> Optional.of(CrashPoint.LEFTOVER_PROPOSED);
      case Step.Stop stop -> Optional.empty();
      case Step.Drop drop -> Optional.empty();
      case Step.DropHandover drop -> Optional.empty();
      case Step.Forget forget -> Optional.empty();
    };
  }

  private void carryOut(AgentWorld world, Step step) {
    Agent agent = world.agent();
    switch (step) {
      case Step.Start start ->
          create(agent, AgentPods.attempt(agent, place(world), start.attempt(), start.feedback()));
      case Step.GiveFeedback give ->
          create(
              agent,
              AgentPapers.feedback(agent, place(world).swarm(), give.feedback(), give.refused()));
      case Step.Stop stop -> pods(world, stop.run()).forEach(Resource::delete);
      case Step.Drop drop ->
          pods(world, drop.run()).forEach(pod -> pod.withGracePeriod(DROP_SECONDS).delete());
      case Step.HandOver handOver -> handOver(world, handOver.run());
      case Step.DropHandover drop -> pod(agent, AgentNames.handover(world.name())).delete();
      case Step.Release release -> release(agent, release.run());
      case Step.Forget forget -> forget(world);
      case Step.Propose propose -> propose(world, propose.candidate());
    }
  }

  private RunPlace place(AgentWorld world) {
    return world
        .place(settings)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "Agent " + world.name() + " has no Swarm or no Workspace to run in"));
  }

  /**
   * In a namespace that goes, nothing can be made any more, its pods go before all else, and the
   * hub with them: a held pod would hold up the namespace for ever.
   */
  private void handOver(AgentWorld world, Run run) {
    Agent agent = world.agent();
    try {
      create(agent, AgentPods.handover(agent, place(world), run.podUid()));
    } catch (KubernetesClientException e) {
      if (!isNamespaceGoing(e)) {
        throw e;
      }
      release(agent, run);
    }
  }

  private static boolean isNamespaceGoing(KubernetesClientException e) {
    return e.getCode() == HttpURLConnection.HTTP_FORBIDDEN
        && e.getStatus() != null
        && e.getStatus().getDetails() != null
        && e.getStatus().getDetails().getCauses().stream()
            .anyMatch(cause -> "NamespaceTerminating".equals(cause.getReason()));
  }

  /** What is there already is what an earlier pass made, or else another's, which is left alone. */
  private void create(Agent agent, HasMetadata desired) {
    try {
      client.resource(desired).create();
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw e;
      }
      HasMetadata there = client.resource(desired).get();
      if (there != null && !Children.isControlledBy(there, agent)) {
        throw new IllegalStateException(
            "%s %s is there and does not belong to Agent %s: rename one of the two"
                .formatted(
                    desired.getKind(),
                    desired.getMetadata().getName(),
                    agent.getMetadata().getName()),
            e);
      }
    }
  }

  private Stream<Resource<Pod>> pods(AgentWorld world, Run run) {
    return world.ownPods().stream()
        .filter(pod -> pod.getMetadata().getUid().equals(run.podUid()))
        .map(client::resource);
  }

  private void release(Agent agent, Run run) {
    PodResource resource = pod(agent, run.pod());
    Pod pod = resource.get();
    if (pod == null || !pod.getMetadata().getUid().equals(run.podUid())) {
      return;
    }
    try {
      var unused =
          resource.edit(
              held ->
                  new PodBuilder(held)
                      .editMetadata()
                      .removeFromFinalizers(AgentNames.HANDOVER_FINALIZER)
                      .endMetadata()
                      .build());
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
        throw e;
      }
    }
  }

  private void forget(AgentWorld world) {
    world.ownPapers().forEach(paper -> client.resource(paper).delete());
  }

  private void propose(AgentWorld world, AgentObservation.CandidateView candidate) {
    Hub hub = world.hub().orElseThrow();
    Agent agent = world.agent();
    ProposeCandidateResponse response =
        hub.proposeCandidate(
            ProposeCandidateRequest.newBuilder()
                .setProposal(candidate.proposal())
                .setWorkspaceUid(world.workspace().orElseThrow().getMetadata().getUid())
                .setCommit(candidate.commit())
                .setBranch(hub.genesis().branch())
                .setTitle(title(agent))
                .build());
    if (!response.getRefusedReason().isEmpty()) {
      events.tell(
          agent,
          EventRecorder.Type.Warning,
          response.getRefusedReason(),
          response.getRefusedMessage());
    }
  }

  private static String title(Agent agent) {
    return agent.getSpec().task() == null
        ? "Changes of " + agent.getMetadata().getName()
        : agent.getSpec().task().title();
  }

  private PodResource pod(Agent agent, String name) {
    return client.pods().inNamespace(agent.getMetadata().getNamespace()).withName(name);
  }
}
