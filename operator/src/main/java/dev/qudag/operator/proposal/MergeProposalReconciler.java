package dev.qudag.operator.proposal;

import dev.qudag.api.v1alpha1.Condition;
import dev.qudag.api.v1alpha1.MergeProposal;
import dev.qudag.api.v1alpha1.MergeProposalStatus;
import dev.qudag.api.v1alpha1.Swarm;
import dev.qudag.crypto.NodeIdentity;
import dev.qudag.operator.crash.CrashInjector;
import dev.qudag.operator.crash.CrashPoint;
import dev.qudag.operator.node.Hub;
import dev.qudag.operator.node.Hubs;
import dev.qudag.operator.node.SwarmKey;
import dev.qudag.operator.pod.NodeSettings;
import dev.qudag.operator.proposal.batch.Batches;
import dev.qudag.operator.proposal.check.CheckEvents;
import dev.qudag.operator.proposal.check.CheckLogs;
import dev.qudag.operator.proposal.state.Effect;
import dev.qudag.operator.proposal.state.Ended;
import dev.qudag.operator.proposal.state.ProposalObservation;
import dev.qudag.operator.proposal.state.ProposalReason;
import dev.qudag.operator.proposal.state.ProposalState;
import dev.qudag.operator.proposal.state.Queued;
import dev.qudag.operator.proposal.state.Summary;
import dev.qudag.operator.proposal.state.Transition;
import dev.qudag.operator.proposal.state.Unheld;
import dev.qudag.operator.status.Conditions;
import dev.qudag.operator.status.StatusWriter;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
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
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Brings a proposal to its end, one transition a pass: observe, decide ({@link ProposalState}),
 * show, do. A final effect is done only by a pass that finds what it shows persisted already.
 *
 * <p>What a pass reads must also wake it: the proposal's own status, from the cache of the primary,
 * as well as that of the others in its line.
 */
@ControllerConfiguration(
    name = "mergeproposal",
    finalizerName = MergeProposalReconciler.FINALIZER,
    generationAwareEventProcessing = false,
    maxReconciliationInterval =
        @MaxReconciliationInterval(interval = 60, timeUnit = TimeUnit.SECONDS))
@GradualRetry(maxAttempts = -1, initialInterval = 500, maxInterval = 15_000)
public final class MergeProposalReconciler
    implements Reconciler<MergeProposal>, Cleaner<MergeProposal> {
  /** Holds a proposal's object until the hub says that the proposal has ended. */
  static final String FINALIZER = "mergeproposals.qudag.dev/finalizer";

  private static final System.Logger LOG =
      System.getLogger(MergeProposalReconciler.class.getName());
  private static final Duration SOON = Duration.ofSeconds(2);
  private static final Duration AT_ONCE = Duration.ofMillis(50);

  private final KubernetesClient client;
  private final Hubs hubs;
  private final Clock clock;
  private final StatusWriter writer;
  private final ProposalStatusFactory statuses;
  private final ProposalEffects effects = new ProposalEffects();
  private final CheckJobs jobs;
  private final RevertOrders reverts;
  private final CrashInjector crashes;
  private final ProposalMeters meters;
  private @Nullable ProposalObserver observer;

  public MergeProposalReconciler(
      KubernetesClient client,
      NodeSettings settings,
      NodeIdentity identity,
      Hubs hubs,
      StatusWriter writer,
      Conditions conditions,
      Clock clock,
      CrashInjector crashes,
      MeterRegistry registry) {
    this.client = client;
    this.hubs = hubs;
    this.clock = clock;
    this.writer = writer;
    this.statuses = new ProposalStatusFactory(conditions);
    this.reverts = new RevertOrders(identity);
    this.crashes = crashes;
    this.meters = new ProposalMeters(registry);
    this.jobs = new CheckJobs(client, settings, crashes, meters);
  }

  @Override
  public List<EventSource<?, MergeProposal>> prepareEventSources(
      EventSourceContext<MergeProposal> context) {
    var sources = new ProposalSources(context, hubs);
    var checks = new CheckRuns(sources, new CheckLogs(client), new CheckEvents(client));
    observer = new ProposalObserver(sources, hubs, checks, clock);
    List<EventSource<?, MergeProposal>> all = new ArrayList<>(sources.all());
    all.add(new Announcements(client, hubs, sources, crashes));
    return all;
  }

  @Override
  public UpdateControl<MergeProposal> reconcile(
      MergeProposal proposal, Context<MergeProposal> context) {
    ProposalObservation seen = Objects.requireNonNull(observer).observe(proposal);
    ProposalState state = ProposalState.of(seen);
    Transition transition = state.next(seen);
    try {
      return pass(seen, state, transition);
    } catch (StatusRuntimeException e) {
      return show(seen, hindered(seen, transition, e)).rescheduleAfter(SOON);
    }
  }

  private UpdateControl<MergeProposal> pass(
      ProposalObservation seen, ProposalState state, Transition transition) {
    if (state instanceof Ended) {
      crashes.reached(CrashPoint.END_HEARD);
    }
    return switch (transition.effect()) {
      case Effect.None() -> show(seen, transition);
      case Effect.LookAgain(var at) -> {
        UpdateControl<MergeProposal> shown = show(seen, transition);
        Duration wait = Duration.between(clock.instant(), at);
        yield shown.rescheduleAfter(sooner(shown, wait.isPositive() ? wait : AT_ONCE));
      }
      case Effect.Analyze asked when state instanceof Queued queued -> {
        var merged = effects.merge(hub(seen), asked);
        crashes.reached(CrashPoint.PROPOSAL_ANALYZED);
        yield show(seen, queued.analyzed(seen, asked, merged));
      }
      case Effect.Join(var batch) when state instanceof Queued queued -> {
        String base = Batches.baseOf(batch, seen.name()).orElseThrow();
        yield show(seen, queued.joined(seen, batch, hub(seen).analyze(seen.name(), base)));
      }
      case Effect.Analyze _, Effect.Join _ ->
          throw new IllegalStateException("only a queued proposal is merged: " + seen.name());
      case Effect.StartChecks(var checks) -> {
        Transition started = jobs.start(hub(seen), swarm(seen), transition, checks);
        crashes.reached(CrashPoint.CHECKS_STARTED);
        yield show(seen, started);
      }
      case Effect.RestartCheck restart ->
          show(seen, jobs.restart(hub(seen), swarm(seen), transition, restart));
      case Effect.OrderRevert() -> order(seen, transition);
      case Effect.Decide what when state instanceof Queued queued ->
          decide(seen, queued, transition, what);
      case Effect.Decide _, Effect.Close _, Effect.ProposeCandidate _ -> finish(seen, transition);
    };
  }

  /** Handed in again and again it is one order: the hub's state tells when it has it. */
  private UpdateControl<MergeProposal> order(ProposalObservation seen, Transition transition) {
    var answer = reverts.handIn(hub(seen), seen);
    crashes.reached(CrashPoint.CANDIDATE_PROPOSED);
    return answer.getRefusedReason().isEmpty()
        ? show(seen, transition).rescheduleAfter(SOON)
        : show(seen, Unheld.refused(seen, answer.getRefusedReason(), answer.getRefusedMessage()));
  }

  /** What was too early to be written is not to wait longer for it. */
  private static Duration sooner(UpdateControl<MergeProposal> shown, Duration wait) {
    Duration due = shown.getScheduleDelay().map(Duration::ofMillis).orElse(wait);
    return due.compareTo(wait) < 0 ? due : wait;
  }

  /** What the hub merges otherwise by now, since the policy lands otherwise, is merged anew. */
  private UpdateControl<MergeProposal> decide(
      ProposalObservation seen, Queued queued, Transition transition, Effect.Decide what) {
    try {
      return finish(seen, transition);
    } catch (StatusRuntimeException e) {
      if (!isMergedOtherwise(e.getStatus())) {
        throw e;
      }
      var asked = new Effect.Analyze(what.base(), what.members(), 0);
      return show(seen, queued.analyzed(seen, asked, effects.merge(hub(seen), asked)));
    }
  }

  private static boolean isMergedOtherwise(Status answer) {
    String why = Optional.ofNullable(answer.getDescription()).orElse("");
    return answer.getCode() == Status.Code.FAILED_PRECONDITION
        && (why.startsWith("OtherCommit: ") || why.startsWith("NotMergeable: "));
  }

  /** Show first; do it when that is persisted, and again until the hub's state tells of it. */
  private UpdateControl<MergeProposal> finish(ProposalObservation seen, Transition transition) {
    if (!isPersisted(seen, transition)) {
      if (writer.persist(seen.proposal(), statuses.status(seen, transition))) {
        meters.moved(seen, transition);
      }
      crashes.reached(CrashPoint.INTENT_PERSISTED);
      return UpdateControl.<MergeProposal>noUpdate().rescheduleAfter(AT_ONCE);
    }
    switch (transition.effect()) {
      case Effect.Decide what -> {
        effects.decide(hub(seen), seen, what);
        crashes.reached(CrashPoint.DECISION_ASKED);
      }
      case Effect.Close(var reason, var message) -> {
        effects.close(hub(seen), seen, reason, message);
        crashes.reached(CrashPoint.CLOSING_ASKED);
      }
      case Effect.ProposeCandidate(var workspaceUid) -> {
        var answer = effects.proposeCandidate(hub(seen), seen, workspaceUid);
        crashes.reached(CrashPoint.CANDIDATE_PROPOSED);
        if (!answer.getRefusedReason().isEmpty()) {
          return show(
              seen, Unheld.refused(seen, answer.getRefusedReason(), answer.getRefusedMessage()));
        }
      }
      case Effect.None _,
          Effect.LookAgain _,
          Effect.Analyze _,
          Effect.Join _,
          Effect.StartChecks _,
          Effect.RestartCheck _,
          Effect.OrderRevert _ ->
          throw new IllegalStateException("not a final effect: " + transition.effect());
    }
    return UpdateControl.<MergeProposal>noUpdate().rescheduleAfter(SOON);
  }

  /** Whether an earlier pass wrote down what this one is about to act on. */
  private static boolean isPersisted(ProposalObservation seen, Transition transition) {
    MergeProposalStatus status = seen.proposal().getStatus();
    return status != null
        && !seen.progress().isFurther(transition.progress())
        && Conditions.find(status.conditions(), Condition.READY)
            .filter(ready -> ready.reason().equals(transition.summary().reason()))
            .isPresent();
  }

  /** What others wait for is written at once, the rest at the writer's pace. */
  private UpdateControl<MergeProposal> show(ProposalObservation seen, Transition transition) {
    MergeProposalStatus status = statuses.status(seen, transition);
    if (seen.progress().isFurther(transition.progress())) {
      if (writer.persist(seen.proposal(), status)) {
        meters.moved(seen, transition);
      }
      if (transition.progress().isEjected()) {
        crashes.reached(CrashPoint.INTENT_PERSISTED);
      }
      return UpdateControl.noUpdate();
    }
    return writer.report(seen.proposal(), status);
  }

  /**
   * A refusal means that the world has moved, which the hub's next state tells. The reason that a
   * final effect waits for stays, so that the next pass finds it persisted.
   */
  private static Transition hindered(
      ProposalObservation seen, Transition transition, StatusRuntimeException e) {
    String swarm = seen.proposal().getSpec().swarmRef().name();
    Status answer = e.getStatus();
    String why =
        Optional.ofNullable(answer.getDescription()).orElseGet(() -> answer.getCode().name());
    Summary summary = transition.summary();
    boolean keepsReason =
        transition.effect().isFinal()
            || answer.getCode() == Status.Code.FAILED_PRECONDITION
            || answer.getCode() == Status.Code.INVALID_ARGUMENT;
    return Transition.show(
        transition.progress(),
        keepsReason
            ? new Summary(
                summary.kind(), summary.reason(), "the hub of Swarm " + swarm + " says: " + why)
            : Summary.working(
                ProposalReason.HubUnavailable,
                "the hub of Swarm %s cannot be asked: %s; see its pod %s-hub-0"
                    .formatted(swarm, why, swarm)));
  }

  private Hub hub(ProposalObservation seen) {
    SwarmKey key = SwarmKey.near(seen.proposal(), seen.proposal().getSpec().swarmRef().name());
    return hubs.hub(key)
        .orElseThrow(
            () -> Status.UNAVAILABLE.withDescription("it is not known yet").asRuntimeException());
  }

  private static Swarm swarm(ProposalObservation seen) {
    return seen.swarm().orElseThrow();
  }

  /**
   * Withdraws it. The object stays until the hub says that the proposal has ended: otherwise the
   * next announcement would bring it back.
   */
  @Override
  public DeleteControl cleanup(MergeProposal proposal, Context<MergeProposal> context) {
    ProposalObservation seen = Objects.requireNonNull(observer).observe(proposal);
    if (seen.swarm().filter(s -> !s.isMarkedForDeletion()).isEmpty()) {
      return DeleteControl.defaultDelete();
    }
    boolean open = seen.announced().filter(said -> !isOver(said.getState())).isPresent();
    if (seen.hub().isPresent() && !open) {
      crashes.reached(CrashPoint.WITHDRAWAL_HEARD);
      return DeleteControl.defaultDelete();
    }
    try {
      effects.close(hub(seen), seen, ProposalReason.Withdrawn, "its MergeProposal was deleted");
      crashes.reached(CrashPoint.WITHDRAWAL_ASKED);
    } catch (StatusRuntimeException e) {
      LOG.log(System.Logger.Level.DEBUG, "withdrawn on the next pass", e);
    }
    return DeleteControl.noFinalizerRemoval().rescheduleAfter(SOON);
  }

  private static boolean isOver(dev.qudag.proto.ProposalState state) {
    return state == dev.qudag.proto.ProposalState.LANDED
        || state == dev.qudag.proto.ProposalState.CLOSED;
  }
}
