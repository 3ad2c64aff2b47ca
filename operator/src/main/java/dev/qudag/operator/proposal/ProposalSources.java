package dev.qudag.operator.proposal;

import dev.qudag.api.v1alpha1.MergeProposal;
import dev.qudag.api.v1alpha1.MergeProposalStatus;
import dev.qudag.api.v1alpha1.Swarm;
import dev.qudag.operator.children.Children;
import dev.qudag.operator.children.Observed;
import dev.qudag.operator.node.HubChange;
import dev.qudag.operator.node.HubEventSource;
import dev.qudag.operator.node.Hubs;
import dev.qudag.operator.node.SwarmKey;
import dev.qudag.operator.proposal.state.Progress;
import dev.qudag.operator.proposal.state.ProposalState;
import dev.qudag.operator.proposal.state.QueueControls;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What makes a proposal be looked at again, and the caches to look into: the hub, the Swarm, the
 * checks' Jobs and pods, and the other proposals of the same line.
 */
final class ProposalSources {
  private static final String CHECKS = Children.SELECTOR + "," + Children.COMPONENT + "=check";
  private static final String JOB_NAME = "batch.kubernetes.io/job-name";

  private final EventSourceContext<MergeProposal> context;
  private final InformerEventSource<Swarm, MergeProposal> swarms;
  private final InformerEventSource<MergeProposal, MergeProposal> proposals;
  private final InformerEventSource<Job, MergeProposal> jobs;
  private final InformerEventSource<Pod, MergeProposal> pods;
  private final HubEventSource<MergeProposal> hub;

  ProposalSources(EventSourceContext<MergeProposal> context, Hubs hubs) {
    this.context = context;
    this.swarms = Observed.mapped(context, Swarm.class, swarm -> openOf(SwarmKey.of(swarm)));
    this.proposals =
        new InformerEventSource<>(
            InformerEventSourceConfiguration.from(MergeProposal.class, MergeProposal.class)
                .withName("proposal-line")
                .withSecondaryToPrimaryMapper(
                    moved ->
                        withoutItself(
                            openOf(SwarmKey.near(moved, moved.getSpec().swarmRef().name())), moved))
                .withOnUpdateFilter(ProposalSources::movesTheLine)
                .build(),
            context);
    this.jobs =
        new InformerEventSource<>(
            InformerEventSourceConfiguration.from(Job.class, MergeProposal.class)
                .withName("proposal-jobs")
                .withLabelSelector(CHECKS)
                .withSecondaryToPrimaryMapper(job -> checkedBy(job, job.getMetadata().getName()))
                .build(),
            context);
    this.pods =
        new InformerEventSource<>(
            InformerEventSourceConfiguration.from(Pod.class, MergeProposal.class)
                .withName("proposal-pods")
                .withLabelSelector(CHECKS)
                .withSecondaryToPrimaryMapper(pod -> checkedBy(pod, jobOf(pod)))
                .build(),
            context);
    this.hub = new HubEventSource<>(hubs, this::concerned);
  }

  List<EventSource<?, MergeProposal>> all() {
    return List.of(swarms, proposals, jobs, pods, hub);
  }

  Optional<Swarm> swarm(SwarmKey key) {
    return swarms.get(new ResourceID(key.name(), key.namespace()));
  }

  /** Every proposal of the swarm, ended ones too. */
  List<MergeProposal> proposals(SwarmKey key) {
    return proposals
        .list(key.namespace(), p -> p.getSpec().swarmRef().name().equals(key.name()))
        .toList();
  }

  Optional<Job> job(String namespace, String name) {
    return jobs.get(new ResourceID(name, namespace));
  }

  List<Pod> pods(String namespace, String job) {
    return pods.list(namespace, pod -> jobOf(pod).equals(job)).toList();
  }

  /** Of the checks of every swarm there. */
  List<Pod> checkPods(String namespace) {
    return pods.list(namespace, _ -> true).toList();
  }

  /**
   * A proposal that moves may move all others in the line; votes and snapshots concern their own.
   */
  private Set<ResourceID> concerned(HubChange change) {
    if (change.movesChain() || change.movesLine()) {
      return openOf(change.swarm());
    }
    Set<String> moved = change.workspaces();
    return primaries(
        change.swarm().namespace(), p -> moved.contains(workspace(p)) && !hasEnded(p.getStatus()));
  }

  /** As a hub tells it: of a revert, empty text. */
  private static String workspace(MergeProposal proposal) {
    return Objects.requireNonNullElse(proposal.getSpec().source().workspace(), "");
  }

  private Set<ResourceID> openOf(SwarmKey key) {
    return primaries(
        key.namespace(),
        p -> p.getSpec().swarmRef().name().equals(key.name()) && !hasEnded(p.getStatus()));
  }

  private Set<ResourceID> checkedBy(HasMetadata object, String job) {
    return primaries(
        object.getMetadata().getNamespace(),
        p ->
            p.getStatus() != null
                && p.getStatus().checks().stream().anyMatch(c -> job.equals(c.job())));
  }

  private Set<ResourceID> primaries(String namespace, Predicate<MergeProposal> concerned) {
    return Observed.primaries(context, namespace, concerned);
  }

  /**
   * A proposal that moved is woken by the cache of the primary. A pass that this one woke may come
   * before the other cache knows, and do again what the pass before has done.
   */
  static Set<ResourceID> withoutItself(Set<ResourceID> open, MergeProposal moved) {
    Set<ResourceID> others = new HashSet<>(open);
    others.remove(ResourceID.fromResource(moved));
    return others;
  }

  /** Places and votes of one proposal are nothing to another. */
  private static boolean movesTheLine(MergeProposal now, MergeProposal before) {
    return !Objects.equals(movable(now), movable(before))
        || !Objects.equals(
            now.getMetadata().getDeletionTimestamp(), before.getMetadata().getDeletionTimestamp());
  }

  private static List<Object> movable(MergeProposal proposal) {
    var progress = Progress.of(proposal.getStatus());
    return List.of(
        Optional.ofNullable(progress.build()),
        Optional.ofNullable(progress.batch()),
        progress.checks(),
        progress.isEjected(),
        hasEnded(proposal.getStatus()),
        QueueControls.ordered(proposal));
  }

  private static boolean hasEnded(MergeProposalStatus status) {
    return ProposalState.hasEnded(status);
  }

  private static String jobOf(Pod pod) {
    return Children.label(pod, JOB_NAME);
  }
}
