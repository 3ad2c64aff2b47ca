package dev.qudag.operator.workspace;

import dev.qudag.api.v1alpha1.Condition;
import dev.qudag.api.v1alpha1.Retention;
import dev.qudag.api.v1alpha1.Swarm;
import dev.qudag.api.v1alpha1.Workspace;
import dev.qudag.operator.children.ChildApplier;
import dev.qudag.operator.children.Observed;
import dev.qudag.operator.node.Hub;
import dev.qudag.operator.node.HubChange;
import dev.qudag.operator.node.HubEventSource;
import dev.qudag.operator.node.Hubs;
import dev.qudag.operator.node.NodeEnrolment;
import dev.qudag.operator.node.SwarmKey;
import dev.qudag.operator.status.Conditions;
import dev.qudag.operator.status.StatusWriter;
import dev.qudag.proto.WorkspaceState;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.MaxReconciliationInterval;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Gives a Workspace its volume, lets its sidecar join the swarm, and reports what the hub knows
 * about it.
 */
@ControllerConfiguration(
    name = "workspace",
    maxReconciliationInterval =
        @MaxReconciliationInterval(interval = 60, timeUnit = TimeUnit.SECONDS))
@GradualRetry(maxAttempts = -1, initialInterval = 500, maxInterval = 15_000)
public final class WorkspaceReconciler implements Reconciler<Workspace> {
  private static final System.Logger LOG = System.getLogger(WorkspaceReconciler.class.getName());
  private static final Duration SOON = Duration.ofMillis(500);

  private final KubernetesClient client;
  private final Hubs hubs;
  private final SidecarEnrolment enrolment;
  private final ChildApplier children;
  private final StatusWriter writer;
  private final WorkspaceStatusFactory statuses;

  public WorkspaceReconciler(
      KubernetesClient client,
      Hubs hubs,
      NodeEnrolment enrolment,
      ChildApplier children,
      StatusWriter writer,
      Conditions conditions) {
    this.client = client;
    this.hubs = hubs;
    this.enrolment = new SidecarEnrolment(enrolment);
    this.children = children;
    this.writer = writer;
    this.statuses = new WorkspaceStatusFactory(conditions);
  }

  @Override
  public List<EventSource<?, Workspace>> prepareEventSources(
      EventSourceContext<Workspace> context) {
    return List.of(
        Observed.labelled(context, Pod.class, Sidecar.WORKSPACE),
        Observed.labelled(context, PersistentVolumeClaim.class, Sidecar.WORKSPACE),
        Observed.referred(
            context,
            Swarm.class,
            workspace ->
                Set.of(
                    new ResourceID(
                        workspace.getSpec().swarmRef().name(),
                        workspace.getMetadata().getNamespace())),
            swarm -> ofSwarm(context, SwarmKey.of(swarm))),
        new HubEventSource<>(hubs, change -> concerned(context, change)));
  }

  private static Set<ResourceID> ofSwarm(EventSourceContext<Workspace> context, SwarmKey swarm) {
    return Observed.primaries(
        context,
        swarm.namespace(),
        workspace -> workspace.getSpec().swarmRef().name().equals(swarm.name()));
  }

  private static Set<ResourceID> concerned(
      EventSourceContext<Workspace> context, HubChange change) {
    String namespace = change.swarm().namespace();
    return change.concernsAll()
        ? ofSwarm(context, change.swarm())
        : change.workspaces().stream()
            .map(name -> new ResourceID(name, namespace))
            .collect(Collectors.toSet());
  }

  @Override
  public UpdateControl<Workspace> reconcile(Workspace workspace, Context<Workspace> context) {
    Optional<Swarm> swarm = swarm(workspace, context);
    Optional<PersistentVolumeClaim> volume = volume(workspace, context);
    Optional<Sidecar> sidecar = Sidecar.among(context.getSecondaryResources(Pod.class));
    boolean foreign =
        volume.filter(there -> WorkspaceVolume.isForeign(there, workspace)).isPresent();
    boolean outlived =
        volume.flatMap(there -> swarm.filter(s -> hasOutlived(workspace, there, s))).isPresent();
    if (!foreign && !outlived) {
      keepVolume(workspace, swarm, volume);
    }
    Optional<Refusal> refused =
        outlived
            ? Optional.of(Refusal.ofEarlierChain(workspace, sidecar.map(Sidecar::pod)))
            : swarm.flatMap(
                live ->
                    sidecar
                        .filter(pod -> enrolment.isDue(workspace, pod))
                        .flatMap(pod -> enrol(workspace, live, pod)));
    refused.ifPresent(why -> tell(workspace, why));
    var seen =
        new WorkspaceObservation(
            workspace,
            swarm.map(s -> s.getSpec().repository().branch()),
            foreign,
            sidecar,
            known(workspace),
            refused);
    UpdateControl<Workspace> reported = writer.report(workspace, statuses.status(seen));
    boolean due = sidecar.filter(pod -> enrolment.isDue(workspace, pod)).isPresent();
    return due ? reported.rescheduleAfter(SOON) : reported;
  }

  /**
   * A Workspace outlives its Swarm if a person made it; its volume does so only if it is to be
   * retained.
   */
  private void keepVolume(
      Workspace workspace, Optional<Swarm> swarm, Optional<PersistentVolumeClaim> volume) {
    if (swarm.isPresent()) {
      children.apply(WorkspaceVolume.desired(workspace, swarm.get()), volume);
    } else if (workspace.getSpec().retention() == Retention.Delete) {
      volume.ifPresent(there -> client.resource(there).delete());
    }
  }

  /** Whether its working copy is on a volume that was kept over the re-creation of its Swarm. */
  private static boolean hasOutlived(
      Workspace workspace, PersistentVolumeClaim volume, Swarm swarm) {
    return workspace.getStatus() != null
        && Conditions.isTrue(workspace.getStatus().conditions(), WorkspaceStatusFactory.CLONED)
        && WorkspaceVolume.isOfEarlier(volume, swarm);
  }

  /** Once in the log: then the status says it all the time. */
  private static void tell(Workspace workspace, Refusal refusal) {
    boolean isSaid =
        workspace.getStatus() != null
            && Conditions.find(workspace.getStatus().conditions(), Condition.READY)
                .filter(ready -> ready.reason().equals(refusal.reason().name()))
                .isPresent();
    if (!isSaid) {
      LOG.log(
          System.Logger.Level.WARNING,
          "Workspace {0} of namespace {1}: {2}: {3}",
          workspace.getMetadata().getName(),
          workspace.getMetadata().getNamespace(),
          refusal.reason(),
          refusal.message());
    }
  }

  private Optional<Refusal> enrol(Workspace workspace, Swarm swarm, Sidecar sidecar) {
    return hubs.hub(SwarmKey.of(swarm))
        .map(Hub::genesis)
        .flatMap(genesis -> enrolment.enrol(workspace, swarm, sidecar, genesis));
  }

  private Optional<WorkspaceState> known(Workspace workspace) {
    return hubs.state(SwarmKey.near(workspace, workspace.getSpec().swarmRef().name())).stream()
        .flatMap(state -> state.getWorkspacesList().stream())
        .filter(known -> known.getUid().equals(workspace.getMetadata().getUid()))
        .findFirst();
  }

  /** That it is missing decides over a volume: the API server has the last word on that. */
  private Optional<Swarm> swarm(Workspace workspace, Context<Workspace> context) {
    return context
        .getSecondaryResource(Swarm.class)
        .or(
            () ->
                Optional.ofNullable(
                    client
                        .resources(Swarm.class)
                        .inNamespace(workspace.getMetadata().getNamespace())
                        .withName(workspace.getSpec().swarmRef().name())
                        .get()))
        .filter(swarm -> swarm.getMetadata().getDeletionTimestamp() == null);
  }

  /** One that the informer does not know may be another's. */
  private Optional<PersistentVolumeClaim> volume(Workspace workspace, Context<Workspace> context) {
    String name = WorkspaceVolume.name(workspace);
    return context
        .getSecondaryResourcesAsStream(PersistentVolumeClaim.class)
        .filter(volume -> volume.getMetadata().getName().equals(name))
        .findFirst()
        .or(
            () ->
                Optional.ofNullable(
                    client
                        .persistentVolumeClaims()
                        .inNamespace(workspace.getMetadata().getNamespace())
                        .withName(name)
                        .get()));
  }
}
