package dev.qudag.operator.validator;

import dev.qudag.api.v1alpha1.Swarm;
import dev.qudag.api.v1alpha1.Validator;
import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.consensus.chain.identity.NodeRole;
import dev.qudag.operator.children.ChildApplier;
import dev.qudag.operator.children.Children;
import dev.qudag.operator.children.Observed;
import dev.qudag.operator.node.ChainClient;
import dev.qudag.operator.node.Hub;
import dev.qudag.operator.node.HubEventSource;
import dev.qudag.operator.node.Hubs;
import dev.qudag.operator.node.NodeEnrolment.Welcome;
import dev.qudag.operator.node.NodeJoiner;
import dev.qudag.operator.node.NodeJoiner.Standing;
import dev.qudag.operator.node.NodeTarget;
import dev.qudag.operator.node.SetInForce;
import dev.qudag.operator.node.SwarmKey;
import dev.qudag.operator.pod.NodeSettings;
import dev.qudag.operator.pod.NodeStatefulSet;
import dev.qudag.operator.status.Conditions;
import dev.qudag.operator.status.StatusWriter;
import dev.qudag.proto.ChainStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
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

/** Keeps one validator: its objects, its place in the set, and what its chain says. */
@ControllerConfiguration(
    name = "validator",
    maxReconciliationInterval =
        @MaxReconciliationInterval(interval = 60, timeUnit = TimeUnit.SECONDS))
@GradualRetry(maxAttempts = -1, initialInterval = 500, maxInterval = 15_000)
public final class ValidatorReconciler implements Reconciler<Validator> {
  private static final Duration WHILE_UNDER_WAY = Duration.ofSeconds(1);
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);
  private static final List<Class<? extends HasMetadata>> CHILDREN =
      List.of(Service.class, StatefulSet.class, Pod.class);

  private final ChildApplier applier;
  private final StatusWriter writer;
  private final NodeSettings settings;
  private final NodeJoiner joiner;
  private final ChainClient chains;
  private final Hubs hubs;
  private final ValidatorStatusFactory statuses;

  ValidatorReconciler(
      ChildApplier applier,
      StatusWriter writer,
      Conditions conditions,
      NodeSettings settings,
      NodeJoiner joiner,
      ChainClient chains,
      Hubs hubs) {
    this.applier = applier;
    this.writer = writer;
    this.settings = settings;
    this.joiner = joiner;
    this.chains = chains;
    this.hubs = hubs;
    this.statuses = new ValidatorStatusFactory(conditions);
  }

  @Override
  public List<EventSource<?, Validator>> prepareEventSources(
      EventSourceContext<Validator> context) {
    return List.of(
        Observed.labelled(context, Service.class, Children.NODE),
        Observed.labelled(context, StatefulSet.class, Children.NODE),
        Observed.labelled(context, Pod.class, Children.NODE),
        Observed.referred(
            context,
            Swarm.class,
            validator ->
                Set.of(
                    new ResourceID(
                        validator.getSpec().swarmRef().name(),
                        validator.getMetadata().getNamespace())),
            swarm -> validatorsOf(context, SwarmKey.of(swarm))),
        new HubEventSource<>(
            hubs,
            change ->
                change.movesChain()
                    ? validatorsOf(context, change.swarm())
                    : Set.<ResourceID>of()));
  }

  private static Set<ResourceID> validatorsOf(
      EventSourceContext<Validator> context, SwarmKey swarm) {
    return Observed.primaries(
        context,
        swarm.namespace(),
        validator -> validator.getSpec().swarmRef().name().equals(swarm.name()));
  }

  @Override
  public UpdateControl<Validator> reconcile(Validator validator, Context<Validator> context) {
    Observed children = Observed.read(context, CHILDREN);
    Optional<Swarm> swarm = context.getSecondaryResource(Swarm.class);
    Optional<SetInForce> set = hubs.set(ValidatorObservation.key(validator));
    if (swarm.isPresent() && set.isEmpty() && ValidatorObservation.saysThatItLeft(validator)) {
      // The operator has just started, and the Swarm's first pass has not told the set yet.
      return UpdateControl.<Validator>noUpdate().rescheduleAfter(WHILE_UNDER_WAY);
    }
    boolean runs = set.filter(known -> known.hasLeft(validator.getSpec().index())).isEmpty();
    swarm.ifPresent(
        s ->
            ValidatorObjects.of(validator, s, settings, runs)
                .forEach(child -> applier.apply(child, children.like(child))));
    ValidatorObservation observed = observe(validator, swarm, set, children);
    var status = statuses.report(observed);
    boolean underWay = observed.member().isPresent() && observed.chain().isEmpty();
    return writer.report(validator, status, underWay ? WHILE_UNDER_WAY : LOOK_AGAIN);
  }

  private ValidatorObservation observe(
      Validator validator, Optional<Swarm> swarm, Optional<SetInForce> set, Observed children) {
    SwarmKey key = ValidatorObservation.key(validator);
    String name = validator.getMetadata().getName();
    Optional<Pod> pod =
        children
            .find(Pod.class, NodeStatefulSet.podName(name))
            .filter(p -> p.getMetadata().getDeletionTimestamp() == null);
    Optional<Genesis> genesis = hubs.hub(key).map(Hub::genesis);
    Optional<Member> member = set.flatMap(known -> known.member(name));
    Optional<Standing> standing = Optional.empty();
    Optional<ChainStatus> chain = Optional.empty();
    if (swarm.isPresent()
        && genesis.isPresent()
        && member.isPresent()
        && pod.filter(ValidatorReconciler::isRunning).isPresent()) {
      var target =
          NodeTarget.ofService(
              key, swarm.get().getMetadata().getUid(), NodeRole.VALIDATOR, name, pod.get());
      Standing now =
          joiner.ensureJoined(
              target,
              Welcome.of(genesis.get(), set),
              member.get().signingKey(),
              member.get().tlsFingerprint());
      standing = Optional.of(now);
      chain = now instanceof Standing.Joined ? chains.status(key, member.get()) : Optional.empty();
    }
    return new ValidatorObservation(validator, swarm, pod, set, hubs.state(key), standing, chain);
  }

  private static boolean isRunning(Pod pod) {
    return pod.getStatus() != null && "Running".equals(pod.getStatus().getPhase());
  }
}
