package dev.qudag.operator.proposal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.api.v1alpha1.Condition;
import dev.qudag.api.v1alpha1.MergeProposal;
import dev.qudag.api.v1alpha1.Swarm;
import dev.qudag.crypto.NodeIdentity;
import dev.qudag.operator.node.SwarmKey;
import dev.qudag.operator.policy.ChainPolicy;
import dev.qudag.operator.proposal.batch.Batches;
import dev.qudag.operator.proposal.check.CheckKey;
import dev.qudag.operator.proposal.check.CheckRun;
import dev.qudag.operator.proposal.check.Tries;
import dev.qudag.operator.proposal.state.Effect;
import dev.qudag.operator.proposal.state.Progress;
import dev.qudag.operator.proposal.state.ProposalObservation;
import dev.qudag.operator.proposal.state.ProposalState;
import dev.qudag.operator.proposal.state.Queued;
import dev.qudag.operator.proposal.state.Transition;
import dev.qudag.operator.proposal.state.Unheld;
import dev.qudag.operator.status.Conditions;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;

/**
 * Drives proposals through their states as the reconciler does, with a hub in memory and no
 * Kubernetes.
 */
abstract class ProposalLine {
  static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  static final String A = "mp-aaaaaaaaaaaaaaaaaaaa";
  static final String B = "mp-bbbbbbbbbbbbbbbbbbbb";
  private static final NodeIdentity OPERATOR = NodeIdentity.generate();
  static final CheckRun.Ending ENDING = ended(0);

  final ProposalStatusFactory statuses =
      new ProposalStatusFactory(new Conditions(Clock.fixed(NOW, ZoneOffset.UTC)));
  final Map<String, MergeProposal> objects = new LinkedHashMap<>();

  final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final ProposalMeters meters = new ProposalMeters(registry);

  /** By the Job's name. */
  final Map<String, CheckRun> runs = new HashMap<>();

  Swarm swarm;
  TestingHub hub;

  /** A run after so many failures of the same check on the same tree. */
  static CheckRun.Ending ended(int failures) {
    return new CheckRun.Ending("image@sha256:aa", Optional.of("pod"), Tries.after(failures));
  }

  @BeforeEach
  void demandOneCheck() {
    demand("{name: tests, image: \"image:1\", command: [sh], timeoutSeconds: 60}");
  }

  void demand(String checks) {
    swarm =
        new KubernetesSerialization()
            .unmarshal(
                """
                apiVersion: qudag.dev/v1alpha1
                kind: Swarm
                metadata: {name: s, namespace: n, uid: 5e1f}
                spec:
                  repository: {branch: main}
                  validators: {replicas: 1}
                  policy:
                    checks: [%s]
                """
                    .formatted(checks),
                Swarm.class);
    hub = new TestingHub(SwarmKey.of(swarm), ChainPolicy.of(swarm.getSpec().policy()));
  }

  void announce(String name, long at) {
    hub.accept(name, at);
    ProposalAnnouncer.missing(swarm, hubState(), objects.keySet()).forEach(this::add);
  }

  MergeProposal apply(String name, String branch) {
    return apply(name, branch, TestingHub.commit("nowhere"));
  }

  MergeProposal apply(String name, String branch, String revision) {
    return add(
        new KubernetesSerialization()
            .unmarshal(
                """
                apiVersion: qudag.dev/v1alpha1
                kind: MergeProposal
                metadata: {name: %s, namespace: n}
                spec: {swarmRef: {name: s}, source: {workspace: w, revision: %s}, targetBranch: %s}
                """
                    .formatted(name, revision, branch),
                MergeProposal.class));
  }

  MergeProposal add(MergeProposal proposal) {
    proposal.getMetadata().setGeneration(1L);
    objects.put(proposal.getMetadata().getName(), proposal);
    return proposal;
  }

  /** Passes until one shows and does nothing new; the reasons on the way, without repetition. */
  List<String> reasonsUntilSettled(String name) {
    var reasons = new java.util.ArrayList<String>();
    while (pass(name)) {
      if (reasons.isEmpty() || !reasons.getLast().equals(ready(name).reason())) {
        reasons.add(ready(name).reason());
      }
      assertThat(reasons).as("it settles").hasSizeLessThan(20);
    }
    return reasons;
  }

  void settle(String name) {
    var unused = reasonsUntilSettled(name);
  }

  /** What the reconciler does, without Kubernetes; false when nothing was shown or done. */
  boolean pass(String name) {
    var object = objects.get(name);
    var seen = observe(object);
    var state = ProposalState.of(seen);
    var transition = state.next(seen);
    if (transition.effect() instanceof Effect.Analyze asked && state instanceof Queued queued) {
      transition = queued.analyzed(seen, asked, new ProposalEffects().merge(hub, asked));
    }
    if (transition.effect() instanceof Effect.Join(var batch) && state instanceof Queued queued) {
      String base = Batches.baseOf(batch, name).orElseThrow();
      transition = queued.joined(seen, batch, hub.analyze(name, base));
    }
    if (transition.effect() instanceof Effect.OrderRevert) {
      transition = ordered(seen, transition);
    }
    var status = statuses.status(seen, transition);
    if (!status.equals(object.getStatus())) {
      if (seen.progress().isFurther(transition.progress())) {
        meters.moved(seen, transition);
      }
      object.setStatus(status);
      return true;
    }
    return switch (transition.effect()) {
      case Effect.Decide what -> {
        new ProposalEffects().decide(hub, seen, what);
        yield true;
      }
      case Effect.Close(var reason, var message) -> {
        new ProposalEffects().close(hub, seen, reason, message);
        yield true;
      }
      default -> false;
    };
  }

  private Transition ordered(ProposalObservation seen, Transition transition) {
    var answer = new RevertOrders(OPERATOR).handIn(hub, seen);
    return answer.getRefusedReason().isEmpty()
        ? transition
        : Unheld.refused(seen, answer.getRefusedReason(), answer.getRefusedMessage());
  }

  /** Applies an order to undo a commit, as a person would at that time. */
  MergeProposal revert(String name, String commit, Instant at) {
    MergeProposal proposal =
        new KubernetesSerialization()
            .unmarshal(
                """
                apiVersion: qudag.dev/v1alpha1
                kind: MergeProposal
                metadata: {name: %s, namespace: n, creationTimestamp: "%s"}
                spec:
                  swarmRef: {name: s}
                  source: {revert: {commit: %s, person: grace}}
                  targetBranch: main
                  title: It broke the build
                """
                    .formatted(name, at, commit),
                MergeProposal.class);
    return add(proposal);
  }

  ProposalObservation observe(MergeProposal object) {
    var line = new Line(swarm, hubState(), List.copyOf(objects.values()));
    var name = object.getMetadata().getName();
    var plan = line.plan();
    Map<String, CheckRun> mine = new HashMap<>();
    boolean isChecked = !swarm.getSpec().policy().checks().isEmpty();
    if (isChecked && Progress.of(object.getStatus()).isBuilt()) {
      Optional.ofNullable(runs.get(job(name))).ifPresent(run -> mine.put("tests", run));
    }
    return new ProposalObservation(
        object,
        Optional.of(swarm),
        Optional.of(hubState()),
        Optional.ofNullable(plan.get(name)),
        line.lostDependency(object),
        line.blame(object),
        line.together(object, plan),
        mine,
        Map.of("tests", "log of tests"),
        NOW);
  }

  dev.qudag.proto.HubState hubState() {
    return hub.state(SwarmKey.of(swarm)).orElseThrow();
  }

  String job(String name) {
    var check = swarm.getSpec().policy().checks().getFirst();
    String tree = Progress.of(objects.get(name).getStatus()).checkedTree();
    return new CheckKey(tree, ChainPolicy.of(check)).jobName();
  }

  Condition ready(String name) {
    return Conditions.find(objects.get(name).getStatus().conditions(), Condition.READY)
        .orElseThrow();
  }

  boolean isTrue(String name, String type) {
    return Conditions.isTrue(objects.get(name).getStatus().conditions(), type);
  }

  Swarm edited(String old, String next) {
    var json = new KubernetesSerialization();
    String spec = json.asYaml(swarm);
    assertThat(spec).contains(old);
    return json.unmarshal(spec.replace(old, next), Swarm.class);
  }
}
