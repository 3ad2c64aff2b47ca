package dev.qudag.operator.agent;

import dev.qudag.api.v1alpha1.Agent;
import dev.qudag.api.v1alpha1.Swarm;
import dev.qudag.api.v1alpha1.Workspace;
import dev.qudag.operator.children.ChildApplier;
import dev.qudag.operator.node.HubEventSource;
import dev.qudag.operator.node.Hubs;
import dev.qudag.operator.node.SwarmKey;
import dev.qudag.operator.pod.NodeSettings;
import dev.qudag.operator.status.Conditions;
import dev.qudag.operator.status.EventRecorder;
import dev.qudag.operator.status.StatusWriter;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.MaxReconciliationInterval;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Keeps an Agent going: observe, plan, apply, report. {@link AgentLifeCycle} decides. */
@ControllerConfiguration(
    name = "agent",
    maxReconciliationInterval =
        @MaxReconciliationInterval(interval = 60, timeUnit = TimeUnit.SECONDS))
@GradualRetry(maxAttempts = -1, initialInterval = 500, maxInterval = 15_000)
public final class AgentReconciler implements Reconciler<Agent>, Cleaner<Agent> {
  private static final Duration FAREWELL_PACE = Duration.ofSeconds(1);

  private final AgentObserver observer;
  private final AgentSteps steps;
  private final AgentStatusFactory statuses;
  private final StatusWriter writer;
  private final ChildApplier children;
  private final Hubs hubs;
  private final Clock clock;

  public AgentReconciler(
      KubernetesClient client,
      NodeSettings settings,
      Hubs hubs,
      ChildApplier children,
      StatusWriter writer,
      EventRecorder events,
      Conditions conditions,
      Clock clock) {
    this.observer = new AgentObserver(client, hubs);
    this.steps = new AgentSteps(client, settings, events);
    this.statuses = new AgentStatusFactory(conditions);
    this.writer = writer;
    this.children = children;
    this.hubs = hubs;
    this.clock = clock;
  }

  @Override
  public List<EventSource<?, Agent>> prepareEventSources(EventSourceContext<Agent> context) {
    return AgentEvents.sources(
        context, new HubEventSource<>(hubs, swarm -> AgentEvents.ofSwarm(context, swarm)));
  }

  @Override
  public UpdateControl<Agent> reconcile(Agent agent, Context<Agent> context) {
    AgentWorld world = observer.observe(agent, AgentEvents.proposals(context, agent));
    AgentObservation seen = world.observation(clock.instant());
    AgentPlan plan = AgentLifeCycle.plan(seen);
    world.liveSwarm().ifPresent(swarm -> equip(world, swarm));
    steps.carryOut(world, plan.steps());
    UpdateControl<Agent> reported =
        writer.report(agent, statuses.status(seen, plan, agent.getMetadata().getGeneration()));
    return reported.getScheduleDelay().isEmpty() && plan.comeBack().isPositive()
        ? reported.rescheduleAfter(plan.comeBack())
        : reported;
  }

  /**
   * What an agent has before its first pod: its task on paper, and a Workspace unless it names one.
   */
  private void equip(AgentWorld world, Swarm swarm) {
    Agent agent = world.agent();
    children.apply(AgentPapers.task(agent, SwarmKey.of(swarm)), observer.task(agent));
    if (agent.getSpec().workspace().name() == null) {
      Workspace desired = OwnWorkspace.of(agent, swarm);
      children.apply(desired, world.workspace());
    }
  }

  @Override
  public DeleteControl cleanup(Agent agent, Context<Agent> context) {
    AgentWorld world = observer.observe(agent, AgentEvents.proposals(context, agent));
    AgentObservation seen = world.observation(clock.instant());
    Farewell farewell =
        Farewell.of(seen, Instant.parse(agent.getMetadata().getDeletionTimestamp()));
    steps.carryOut(world, farewell.steps());
    return farewell.done()
        ? DeleteControl.defaultDelete()
        : DeleteControl.noFinalizerRemoval().rescheduleAfter(FAREWELL_PACE);
  }
}
