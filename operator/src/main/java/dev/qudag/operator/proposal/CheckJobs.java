package dev.qudag.operator.proposal;

import dev.qudag.api.v1alpha1.Swarm;
import dev.qudag.api.v1alpha1.SwarmSpec;
import dev.qudag.operator.crash.CrashInjector;
import dev.qudag.operator.crash.CrashPoint;
import dev.qudag.operator.node.Hub;
import dev.qudag.operator.node.Ports;
import dev.qudag.operator.node.SwarmKey;
import dev.qudag.operator.pod.NodeSettings;
import dev.qudag.operator.proposal.check.CheckJob;
import dev.qudag.operator.proposal.check.CheckKey;
import dev.qudag.operator.proposal.check.PodRefusal;
import dev.qudag.operator.proposal.check.Tries;
import dev.qudag.operator.proposal.state.Effect;
import dev.qudag.operator.proposal.state.Transition;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Optional;

/** Makes the Jobs of checks. Everything here may be repeated. */
final class CheckJobs {
  private final KubernetesClient client;
  private final NodeSettings settings;
  private final CrashInjector crashes;
  private final ProposalMeters meters;

  CheckJobs(
      KubernetesClient client,
      NodeSettings settings,
      CrashInjector crashes,
      ProposalMeters meters) {
    this.client = client;
    this.settings = settings;
    this.crashes = crashes;
    this.meters = meters;
  }

  /**
   * Starts checks, unless their Jobs are there.
   *
   * @return what to show: the transition, and of which checks the namespace takes no Job
   */
  Transition start(Hub hub, Swarm swarm, Transition transition, List<Effect.Start> starts) {
    Transition shown = transition;
    for (Effect.Start start : starts) {
      shown = create(shown, start, desired(hub, swarm, start));
    }
    return shown;
  }

  /**
   * Puts another Job in the place of one, unless it is there: the cache may be behind.
   *
   * @return as {@link #start}
   */
  Transition restart(Hub hub, Swarm swarm, Transition transition, Effect.RestartCheck restart) {
    Effect.Start start = restart.start();
    var place =
        client
            .batch()
            .v1()
            .jobs()
            .inNamespace(swarm.getMetadata().getNamespace())
            .withName(start.check().jobName());
    Job there = place.get();
    if (there != null && Tries.of(there).equals(start.tries())) {
      return transition;
    }
    Job next = desired(hub, swarm, start); // asks the hub: before anything is gone
    place.withPropagationPolicy(DeletionPropagation.BACKGROUND).delete();
    meters.restarted(restart.why());
    crashes.reached(CrashPoint.CHECK_DROPPED);
    return create(transition, start, next);
  }

  private Transition create(Transition transition, Effect.Start start, Job job) {
    try {
      client.resource(job).create();
      return transition;
    } catch (KubernetesClientException e) {
      String words = words(e);
      if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN && PodRefusal.isByQuota(words)) {
        return transition.refused(start.check(), PodRefusal.of(job, words));
      }
      if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
        return transition;
      }
      throw e;
    }
  }

  /** Of the API server, without the request and its address. */
  private static String words(KubernetesClientException e) {
    return Optional.ofNullable(e.getStatus())
        .map(Status::getMessage)
        .orElseGet(() -> String.valueOf(e.getMessage()));
  }

  private Job desired(Hub hub, Swarm swarm, Effect.Start start) {
    CheckKey key = start.check();
    var source =
        new CheckJob.Source(
            settings.image(),
            SwarmKey.of(swarm).hubName() + ":" + Ports.TREES,
            hub.genesis().hub().tlsFingerprint().hex(),
            hub.issueTreeToken(key.tree(), key.jobName()));
    var resources = Optional.ofNullable(spec(swarm, key).resources());
    return new CheckJob(swarm, key, resources, source, start.tries()).desired();
  }

  private static SwarmSpec.Check spec(Swarm swarm, CheckKey key) {
    return swarm.getSpec().policy().checks().stream()
        .filter(check -> check.name().equals(key.spec().name()))
        .findFirst()
        .orElseThrow();
  }
}
