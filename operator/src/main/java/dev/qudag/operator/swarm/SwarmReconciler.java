package dev.qudag.operator.swarm;

import dev.qudag.api.v1alpha1.Agent;
import dev.qudag.api.v1alpha1.Swarm;
import dev.qudag.api.v1alpha1.Validator;
import dev.qudag.consensus.chain.Genesis;
import dev.qudag.crypto.NodeIdentity;
import dev.qudag.operator.children.ChildApplier;
import dev.qudag.operator.children.Children;
import dev.qudag.operator.children.Observed;
import dev.qudag.operator.node.Hub;
import dev.qudag.operator.node.HubChange;
import dev.qudag.operator.node.HubEventSource;
import dev.qudag.operator.node.HubStates;
import dev.qudag.operator.node.NodeEnrolment;
import dev.qudag.operator.node.NodeJoiner;
import dev.qudag.operator.node.SetInForce;
import dev.qudag.operator.node.SwarmKey;
import dev.qudag.operator.pod.NodeSettings;
import dev.qudag.operator.pod.NodeStatefulSet;
import dev.qudag.operator.status.Conditions;
import dev.qudag.operator.status.StatusWriter;
import dev.qudag.operator.swarm.configmap.EpochMap;
import dev.qudag.operator.swarm.configmap.GenesisMap;
import dev.qudag.operator.swarm.configmap.RecoveryMap;
import dev.qudag.operator.swarm.configmap.ToSign;
import dev.qudag.proto.HubState;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keeps a Swarm as its spec wants it: observe, plan, apply, bring the nodes into one chain, report.
 * Deleting needs no word from here: everything is owned, and the volumes' retention is the
 * StatefulSets'.
 */
@ControllerConfiguration(
    name = "swarm",
    maxReconciliationInterval =
        @MaxReconciliationInterval(interval = 60, timeUnit = TimeUnit.SECONDS))
@GradualRetry(maxAttempts = -1, initialInterval = 500, maxInterval = 15_000)
public final class SwarmReconciler implements Reconciler<Swarm> {
  private static final Duration WHILE_UNDER_WAY = Duration.ofSeconds(1);
  private static final Duration WHILE_STALLED = Duration.ofSeconds(10);
  private static final List<Class<? extends HasMetadata>> CHILDREN =
      List.of(
          ServiceAccount.class,
          NetworkPolicy.class,
          Service.class,
          StatefulSet.class,
          PodDisruptionBudget.class,
          PersistentVolumeClaim.class,
          ConfigMap.class,
          Pod.class,
          Validator.class);

  /** Of these kinds, agents and checks have some too, which are nothing to the swarm. */
  private static final Set<Class<? extends HasMetadata>> ALSO_OF_OTHERS =
      Set.of(PersistentVolumeClaim.class, ConfigMap.class, Pod.class);

  private static final String OWN =
      Children.SWARM + "," + Children.COMPONENT + " notin (agent,handover,check)";

  private final KubernetesClient client;
  private final ChildApplier applier;
  private final StatusWriter writer;
  private final NodeSettings settings;
  private final HubStates hubs;
  private final NodeJoiner joiner;
  private final SwarmStatusFactory statuses;
  private final SwarmEnrolment enrolment;
  private final SwarmPresence presence;
  private final PolicyChanges policies;
  private final Adoptions adoptions;
  private final EpochKeeper epochs;
  private final Newcomers newcomers;

  SwarmReconciler(
      KubernetesClient client,
      ChildApplier applier,
      StatusWriter writer,
      Conditions conditions,
      NodeSettings settings,
      NodeIdentity identity,
      NodeEnrolment nodes,
      NodeJoiner joiner,
      HubStates hubs) {
    this.client = client;
    this.applier = applier;
    this.writer = writer;
    this.settings = settings;
    this.hubs = hubs;
    this.joiner = joiner;
    this.statuses = new SwarmStatusFactory(conditions);
    this.enrolment = new SwarmEnrolment(applier, new GenesisMaker(identity, nodes), joiner);
    this.presence = new SwarmPresence(client);
    this.policies = new PolicyChanges(identity);
    this.adoptions = new Adoptions(identity);
    this.epochs = new EpochKeeper(applier::createOnce);
    this.newcomers = new Newcomers(identity, nodes);
  }

  @Override
  public List<EventSource<?, Swarm>> prepareEventSources(EventSourceContext<Swarm> context) {
    List<EventSource<?, Swarm>> sources = new ArrayList<>();
    for (Class<? extends HasMetadata> kind : CHILDREN) {
      String selector = ALSO_OF_OTHERS.contains(kind) ? OWN : Children.SWARM;
      sources.add(Observed.labelled(context, kind, Children.SWARM, selector));
    }
    sources.add(Observed.mapped(context, Agent.class, SwarmReconciler::swarmOf));
    sources.add(new HubEventSource<>(hubs, SwarmReconciler::concerned));
    return sources;
  }

  private static Set<ResourceID> concerned(HubChange change) {
    SwarmKey key = change.swarm();
    return change.movesChain() || change.movesLine()
        ? Set.of(new ResourceID(key.name(), key.namespace()))
        : Set.of();
  }

  private static Set<ResourceID> swarmOf(Agent agent) {
    return agent.getSpec() == null || agent.getSpec().swarmRef() == null
        ? Set.of()
        : Set.of(
            new ResourceID(agent.getSpec().swarmRef().name(), agent.getMetadata().getNamespace()));
  }

  @Override
  public UpdateControl<Swarm> reconcile(Swarm swarm, Context<Swarm> context) {
    Observed children = Observed.read(context, CHILDREN);
    SwarmObservation observed =
        observe(swarm, children, context.getSecondaryResources(Agent.class));
    apply(SwarmPlan.of(observed, settings), children);
    observed
        .genesis()
        .ifPresent(
            genesis ->
                hubs.follow(
                    observed.key(), genesis, observed.set().orElseThrow(), () -> isThere(swarm)));
    Optional<Finding> enrolled =
        observed.isBlocked() ? Optional.empty() : enrolment.advance(observed);
    Optional<Hub> hub = observed.hubConnected() ? hubs.hub(observed.key()) : Optional.empty();
    Optional<Finding> recorded = hub.flatMap(connected -> epochs.advance(observed, connected));
    Optional<Finding> asked = policies.advance(observed, hub);
    hub.ifPresent(connected -> adoptions.advance(observed, connected));
    Optional<Finding> joining =
        observed.isBlocked() ? Optional.empty() : newcomers.advance(observed, hub);
    Optional<Finding> finding = SwarmChecks.first(observed, enrolled.or(() -> recorded), asked);
    Optional<ToSign> toSign = SwarmChecks.toSign(observed, joining, enrolled);
    show(toSign, observed);
    return report(observed, finding, joining, toSign);
  }

  /** Asked when its hub is silent; what is kept of a Swarm that is gone goes too. */
  private boolean isThere(Swarm swarm) {
    boolean isThere = presence.isThere(swarm);
    if (!isThere) {
      SwarmKey key = SwarmKey.of(swarm);
      joiner.forget(key);
      newcomers.forget(key);
      policies.forget(key);
      adoptions.forget(key);
    }
    return isThere;
  }

  private SwarmObservation observe(Swarm swarm, Observed children, Set<Agent> agents) {
    SwarmKey key = SwarmKey.of(swarm);
    Function<String, Optional<ConfigMap>> own =
        name ->
            children.find(ConfigMap.class, name).filter(map -> Children.isControlledBy(map, swarm));
    Optional<ConfigMap> kept = own.apply(key.genesisName());
    Optional<Genesis> genesis = kept.map(GenesisMap::read);
    Optional<SetInForce> set =
        genesis.map(first -> EpochMap.inForce(first.chainId(), proven(key, first), key, own));
    Optional<HubState> told = hubs.state(key);
    return new SwarmObservation(
        swarm,
        children.all(Pod.class).stream()
            .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
            .collect(Collectors.toMap(pod -> pod.getMetadata().getName(), pod -> pod)),
        children.find(PersistentVolumeClaim.class, NodeStatefulSet.claimName(key.hubName())),
        genesis.isPresent() ? Optional.empty() : seed(swarm),
        own.apply(key.pendingChangeName()),
        genesis.isPresent() ? Optional.empty() : recovery(key),
        children.all(Validator.class),
        List.copyOf(agents),
        genesis,
        kept.flatMap(GenesisMap::signature),
        set,
        told,
        hubs.isConnected(key),
        genesis.flatMap(known -> told.flatMap(state -> WantedPolicy.of(swarm, known, state))));
  }

  /** What an earlier pass has proven is not proven again. */
  private SetInForce proven(SwarmKey key, Genesis genesis) {
    return hubs.hub(key)
        .filter(hub -> hub.genesis().equals(genesis))
        .flatMap(hub -> hubs.set(key))
        .orElseGet(() -> SetInForce.of(genesis));
  }

  private Optional<ConfigMap> seed(Swarm swarm) {
    return Optional.ofNullable(swarm.getSpec().repository().seedConfigMapRef())
        .flatMap(ref -> configMap(swarm.getMetadata().getNamespace(), ref.name()));
  }

  private Optional<RecoveryMap.Content> recovery(SwarmKey key) {
    return configMap(key.namespace(), key.recoveryName()).map(RecoveryMap::read);
  }

  /** One that a person made. */
  private Optional<ConfigMap> configMap(String namespace, String name) {
    return Optional.ofNullable(client.configMaps().inNamespace(namespace).withName(name).get());
  }

  private void apply(SwarmPlan plan, Observed children) {
    for (HasMetadata desired : plan.desired()) {
      applier.apply(desired, children.like(desired));
    }
    plan.surplus().forEach(object -> client.resource(object).delete());
  }

  /** What is to be signed is there to be fetched, and what is not any more is not. */
  private void show(Optional<ToSign> toSign, SwarmObservation observed) {
    toSign.ifPresentOrElse(
        change -> applier.apply(change.map(observed.swarm()), observed.toSign()),
        () -> observed.shownInVain().ifPresent(shown -> client.resource(shown).delete()));
  }

  private UpdateControl<Swarm> report(
      SwarmObservation observed,
      Optional<Finding> finding,
      Optional<Finding> joining,
      Optional<ToSign> toSign) {
    var status = statuses.report(observed, finding, joining, toSign);
    List<Finding> open = Stream.concat(finding.stream(), joining.stream()).toList();
    if (open.isEmpty()) {
      return writer.report(observed.swarm(), status);
    }
    boolean underWay = open.stream().anyMatch(found -> found.kind() == Finding.Kind.RECONCILING);
    return writer.report(observed.swarm(), status, underWay ? WHILE_UNDER_WAY : WHILE_STALLED);
  }
}
