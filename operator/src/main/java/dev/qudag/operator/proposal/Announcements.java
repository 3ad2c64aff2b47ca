package dev.qudag.operator.proposal;

import dev.qudag.api.v1alpha1.MergeProposal;
import dev.qudag.api.v1alpha1.Swarm;
import dev.qudag.operator.crash.CrashInjector;
import dev.qudag.operator.crash.CrashPoint;
import dev.qudag.operator.node.Hubs;
import dev.qudag.operator.node.SwarmKey;
import dev.qudag.proto.HubState;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import java.net.HttpURLConnection;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Makes the MergeProposals that a hub announces, one swarm after the other, off the hub's thread.
 * Level-triggered: every change of the hub's state is compared with what is there.
 *
 * <p>An event source without events: so it ends with its operator. What is announced before it
 * starts is made, too.
 */
final class Announcements extends AbstractEventSource<HubState, MergeProposal> {
  private static final System.Logger LOG = System.getLogger(Announcements.class.getName());
  private static final int RETRY_SECONDS = 2;

  private final KubernetesClient client;
  private final Hubs hubs;
  private final ProposalSources sources;
  private final CrashInjector crashes;
  private final Set<SwarmKey> waiting = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofVirtual().name("announcements").factory());
  private boolean stopped;

  Announcements(
      KubernetesClient client, Hubs hubs, ProposalSources sources, CrashInjector crashes) {
    super(HubState.class, "announcements");
    this.client = client;
    this.hubs = hubs;
    this.sources = sources;
    this.crashes = crashes;
    hubs.onChange(
        change -> {
          if (change.movesLine()) {
            soon(change.swarm(), 0);
          }
        });
  }

  @Override
  public Set<HubState> getSecondaryResources(MergeProposal proposal) {
    return Set.of();
  }

  /** Another operator may act from now on. */
  @Override
  public void stop() {
    super.stop();
    synchronized (this) {
      stopped = true;
      thread.shutdownNow();
    }
  }

  private synchronized void soon(SwarmKey swarm, int seconds) {
    if (!stopped && waiting.add(swarm)) {
      var unused = thread.schedule(() -> announce(swarm), seconds, TimeUnit.SECONDS);
    }
  }

  private void announce(SwarmKey key) {
    waiting.remove(key);
    try {
      Optional<Swarm> swarm = sources.swarm(key).filter(s -> !s.isMarkedForDeletion());
      var state = hubs.state(key);
      if (swarm.isPresent() && state.isPresent()) {
        Set<String> there =
            sources.proposals(key).stream()
                .map(p -> p.getMetadata().getName())
                .collect(Collectors.toSet());
        ProposalAnnouncer.missing(swarm.get(), state.get(), there).forEach(this::create);
      } else if (state.isPresent()) {
        soon(key, RETRY_SECONDS); // the cache has not caught up, or the swarm is going
      }
    } catch (RuntimeException e) {
      LOG.log(System.Logger.Level.WARNING, "proposals of " + key + " are announced later", e);
      soon(key, RETRY_SECONDS);
    }
  }

  private void create(MergeProposal proposal) {
    try {
      client.resource(proposal).create();
      crashes.reached(CrashPoint.PROPOSAL_ANNOUNCED);
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw e;
      }
    }
  }
}
