package dev.qudag.operator.agent;

import dev.qudag.api.v1alpha1.Agent;
import dev.qudag.api.v1alpha1.Condition;
import dev.qudag.api.v1alpha1.MergeProposal;
import dev.qudag.api.v1alpha1.Swarm;
import dev.qudag.api.v1alpha1.Workspace;
import dev.qudag.operator.agent.lifecycle.AgentObservation;
import dev.qudag.operator.agent.lifecycle.AgentObservation.CandidateView;
import dev.qudag.operator.agent.lifecycle.AgentObservation.HandoverPod;
import dev.qudag.operator.agent.lifecycle.AgentObservation.HubView;
import dev.qudag.operator.agent.lifecycle.AgentObservation.Stall;
import dev.qudag.operator.agent.lifecycle.AgentObservation.SwarmView;
import dev.qudag.operator.agent.lifecycle.AgentObservation.WorkspaceView;
import dev.qudag.operator.agent.lifecycle.Feedback;
import dev.qudag.operator.agent.pod.AgentNames;
import dev.qudag.operator.agent.pod.RunPlace;
import dev.qudag.operator.children.Children;
import dev.qudag.operator.node.Hub;
import dev.qudag.operator.node.SwarmKey;
import dev.qudag.operator.pod.NodeSettings;
import dev.qudag.operator.status.Conditions;
import dev.qudag.proto.HubState;
import dev.qudag.proto.WorkspaceState;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the API server and the hub told a pass, before it is reduced to an observation.
 *
 * @param swarm the Swarm, also one that is going
 * @param pods all pods that run, or ran, in the agent's Workspace or belong to the agent
 * @param papers what the agent was given to read
 */
record AgentWorld(
    Agent agent,
    Optional<Swarm> swarm,
    Optional<Workspace> workspace,
    List<Pod> pods,
    List<ConfigMap> papers,
    List<MergeProposal> proposals,
    Optional<Hub> hub,
    Optional<HubState> state) {
  private static final String PAUSED = "qudag.dev/paused";

  AgentObservation observation(Instant now) {
    return new AgentObservation(
        name(),
        agent.getSpec(),
        agent.getStatus() == null ? AgentObservation.NO_STATUS : agent.getStatus(),
        isPaused(),
        liveSwarm()
            .map(
                s ->
                    new SwarmView(s.getSpec().suspended(), Set.copyOf(s.getSpec().agentSecrets()))),
        workspace.map(this::view),
        rival(),
        ownPods().stream().filter(pod -> isPart(pod, "agent")).map(RunReader::read).toList(),
        ownPapers().stream().filter(AgentNames::isFeedback).map(AgentWorld::feedback).toList(),
        workspace
            .map(w -> ProposalReader.read(w.getMetadata().getUid(), state, proposals))
            .orElse(List.of()),
        workspace.flatMap(w -> state.map(s -> view(s, w.getMetadata().getUid()))),
        ownPods().stream()
            .filter(pod -> isPart(pod, "handover"))
            .findFirst()
            .map(AgentWorld::handover),
        now);
  }

  /** Where pods run; empty while the Swarm or the Workspace is not there. */
  Optional<RunPlace> place(NodeSettings settings) {
    return liveSwarm()
        .flatMap(
            s ->
                workspace.map(
                    w ->
                        new RunPlace(
                            settings,
                            SwarmKey.of(s),
                            s.getMetadata().getUid(),
                            s.getSpec().repository().branch(),
                            w.getMetadata().getName(),
                            w.getMetadata().getUid(),
                            w.getMetadata().getName() + "-workspace",
                            w.getSpec().vcs().name())));
  }

  Optional<Swarm> liveSwarm() {
    return swarm.filter(s -> s.getMetadata().getDeletionTimestamp() == null);
  }

  private boolean isPaused() {
    var annotations = agent.getMetadata().getAnnotations();
    return agent.getSpec().suspended()
        || (annotations != null && "true".equals(annotations.get(PAUSED)));
  }

  private WorkspaceView view(Workspace w) {
    return new WorkspaceView(
        w.getMetadata().getName(),
        w.getMetadata().getUid(),
        w.getSpec().swarmRef().name().equals(agent.getSpec().swarmRef().name()),
        Optional.ofNullable(w.getStatus())
            .flatMap(status -> Conditions.find(status.conditions(), Condition.STALLED))
            .filter(stalled -> stalled.status() == Condition.Status.True)
            .map(stalled -> new Stall(stalled.reason(), stalled.message())));
  }

  /** Another agent with a pod that has not ended in the same Workspace. */
  private Optional<String> rival() {
    return pods.stream()
        .filter(pod -> !isOwn(pod) && isPart(pod, "agent") && !RunReader.read(pod).isOver())
        .map(pod -> pod.getMetadata().getLabels().get(AgentNames.AGENT))
        .findFirst();
  }

  private static HubView view(HubState state, String workspaceUid) {
    return state.getWorkspacesList().stream()
        .filter(w -> w.getUid().equals(workspaceUid))
        .findFirst()
        .map(w -> new HubView(w.getHandoverPodUid(), candidate(w)))
        .orElseGet(() -> new HubView("", Optional.empty()));
  }

  private static Optional<CandidateView> candidate(WorkspaceState w) {
    return w.getCandidateCommit().isEmpty()
        ? Optional.empty()
        : Optional.of(new CandidateView(w.getCandidateCommit(), w.getCandidateProposal()));
  }

  private static Feedback feedback(ConfigMap given) {
    return new Feedback(
        AgentNames.attempt(given), AgentNames.annotation(given, AgentNames.PROPOSAL));
  }

  private static HandoverPod handover(Pod pod) {
    String phase = pod.getStatus() == null ? "" : pod.getStatus().getPhase();
    return new HandoverPod(
        AgentNames.annotation(pod, AgentNames.HANDOVER_FINALIZER),
        "Succeeded".equals(phase),
        "Failed".equals(phase),
        pod.getMetadata().getDeletionTimestamp() != null);
  }

  /** The paper with the agent's task. */
  Optional<ConfigMap> task() {
    String name = AgentNames.task(name());
    return papers.stream().filter(paper -> paper.getMetadata().getName().equals(name)).findFirst();
  }

  List<ConfigMap> ownPapers() {
    return papers.stream().filter(this::isOwn).toList();
  }

  List<Pod> ownPods() {
    return pods.stream().filter(this::isOwn).toList();
  }

  private boolean isOwn(HasMetadata child) {
    return Children.isControlledBy(child, agent);
  }

  private static boolean isPart(Pod pod, String component) {
    return component.equals(pod.getMetadata().getLabels().get(Children.COMPONENT));
  }

  String name() {
    return agent.getMetadata().getName();
  }
}
