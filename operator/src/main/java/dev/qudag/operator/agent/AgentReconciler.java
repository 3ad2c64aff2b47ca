package dev.qudag.operator.agent;

import dev.qudag.api.v1alpha1.Agent;
import dev.qudag.api.v1alpha1.AgentStatus;
import dev.qudag.api.v1alpha1.Swarm;
import dev.qudag.api.v1alpha1.Workspace;
import dev.qudag.operator.agent.lifecycle.AgentLifeCycle;
import dev.qudag.operator.agent.lifecycle.AgentObservation;
import dev.qudag.operator.agent.lifecycle.AgentPlan;
import dev.qudag.operator.agent.lifecycle.Farewell;
import dev.qudag.operator.agent.pod.AgentPapers;
import dev.qudag.operator.agent.pod.OwnWorkspace;
import dev.qudag.operator.children.ChildApplier;
import dev.qudag.operator.crash.CrashInjector;
import dev.qudag.operator.crash.CrashPoint;
import dev.qudag.operator.node.Hubs;
import dev.qudag.operator.node.SwarmKey;
import dev.qudag.operator.pod.NodeSettings;
import dev.qudag.operator.status.Conditions;
import dev.qudag.operator.status.EventRecorder;
import dev.qudag.operator.status.StatusWriter;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
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
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps an Agent going: observe, plan, apply, report. {@link AgentLifeCycle} decides. A pass goes
 * on from the status that the one before wrote, so that a write of it wakes the agent too.
 */
@ControllerConfiguration(
    name = "agent",
    generationAwareEventProcessing = false,
    maxReconciliationInterval =
        @MaxReconciliationInterval(interval = 60, timeUnit = TimeUnit.SECONDS))
@GradualRetry(maxAttempts = -1, initialInterval = 500, maxInterval = 15_000)
public final class AgentReconciler implements Reconciler<Agent>, Cleaner<Agent> {
  private static final Duration FAREWELL_PACE = Duration.ofSeconds(1);

  private final KubernetesClient client;
  private final AgentObserver observer;
  private final AgentSteps steps;
  private final AgentStatusFactory statuses;
  private final StatusWriter writer;
  private final ChildApplier children;
  private final Hubs hubs;
  private final Clock clock;
  private final CrashInjector crashes;
  private @Nullable AgentSources cache;

  public AgentReconciler(
      KubernetesClient client,
      NodeSettings settings,
      Hubs hubs,
      ChildApplier children,
      StatusWriter writer,
      EventRecorder events,
      Conditions conditions,
      Clock clock,
      CrashInjector crashes) {
    this.client = client;
    this.observer = new AgentObserver(hubs);
    this.steps = new AgentSteps(client, settings, events, crashes);
    this.statuses = new AgentStatusFactory(conditions);
    this.writer = writer;
    this.children = children;
    this.hubs = hubs;
    this.clock = clock;
    this.crashes = crashes;
  }

  @Override
  public List<EventSource<?, Agent>> prepareEventSources(EventSourceContext<Agent> context) {
    cache = new AgentSources(context, hubs);
    return cache.all();
  }

  /**
   * Most passes find nothing to do, or figures that are too early to be written. One that acts is
   * made again from what the API server says.
   */
  @Override
  public UpdateControl<Agent> reconcile(Agent agent, Context<Agent> context) {
    Verdict verdict = judge(agent, cache());
    if (!verdict.plan().steps().isEmpty() || writer.isDue(agent, verdict.status())) {
      verdict = judge(agent, live());
    }
    AgentWorld world = verdict.world();
    world.liveSwarm().ifPresent(swarm -> equip(world, swarm));
    steps.carryOut(world, verdict.plan().steps());
    UpdateControl<Agent> reported = writer.report(agent, verdict.status());
    return reported.getScheduleDelay().isEmpty() && verdict.plan().comeBack().isPositive()
        ? reported.rescheduleAfter(verdict.plan().comeBack())
        : reported;
  }

  private record Verdict(AgentWorld world, AgentPlan plan, AgentStatus status) {}

  private Verdict judge(Agent agent, Surroundings around) {
    AgentWorld world = observer.observe(agent, around);
    AgentObservation seen = world.observation(clock.instant());
    AgentPlan plan = AgentLifeCycle.plan(seen);
    return new Verdict(
        world, plan, statuses.status(seen, plan, agent.getMetadata().getGeneration()));
  }

  private AgentSources cache() {
    return Objects.requireNonNull(cache);
  }

  private LiveSurroundings live() {
    return new LiveSurroundings(client, cache());
  }

  /**
   * What an agent has before its first pod: its task on paper, and a Workspace unless it names one.
   */
  private void equip(AgentWorld world, Swarm swarm) {
    Agent agent = world.agent();
    children.apply(AgentPapers.task(agent, SwarmKey.of(swarm)), world.task());
    if (agent.getSpec().workspace().name() == null) {
      Workspace desired = OwnWorkspace.of(agent, swarm);
      children.apply(desired, world.workspace());
    }
    crashes.reached(CrashPoint.AGENT_EQUIPPED);
  }

  @Override
  public DeleteControl cleanup(Agent agent, Context<Agent> context) {
    try {
      return takeLeave(agent);
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN && isNamespaceGoing(agent)) {
        return DeleteControl.defaultDelete();
      }
      throw e;
    }
  }

  private DeleteControl takeLeave(Agent agent) {
    AgentWorld world = observer.observe(agent, live());
    AgentObservation seen = world.observation(clock.instant());
    Farewell farewell =
        Farewell.of(seen, Instant.parse(agent.getMetadata().getDeletionTimestamp()));
    steps.carryOut(world, farewell.steps());
    if (!farewell.done()) {
      return DeleteControl.noFinalizerRemoval().rescheduleAfter(FAREWELL_PACE);
    }
    crashes.reached(CrashPoint.AGENT_LEFT);
    return DeleteControl.defaultDelete();
  }

  /** It takes the operator's Role with it, once its pods are gone (KEP-5080). */
  private boolean isNamespaceGoing(Agent agent) {
    Namespace namespace = client.namespaces().withName(agent.getMetadata().getNamespace()).get();
    return namespace == null || namespace.isMarkedForDeletion();
  }
}
