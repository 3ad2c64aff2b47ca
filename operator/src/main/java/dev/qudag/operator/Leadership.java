package dev.qudag.operator;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;

/**
 * Which of several operators acts: the one that holds the Lease. One that is told to end gives it
 * back, so that the next one need not wait until it runs out. One that loses it in another way ends
 * at once, for somebody else may act already.
 */
final class Leadership {
  static final String LEASE = "qudag-operator";
  private static final System.Logger LOG = System.getLogger(Leadership.class.getName());

  private final KubernetesClient client;
  private final String namespace;
  private final String identity;
  private final Runnable exit;
  private volatile boolean ending;

  /**
   * Makes the rules for one operator.
   *
   * @param namespace where the Lease is
   * @param identity its holder's name, another for each operator
   * @param exit ends this process
   */
  Leadership(KubernetesClient client, String namespace, String identity, Runnable exit) {
    this.client = client;
    this.namespace = namespace;
    this.identity = identity;
    this.exit = exit;
  }

  /**
   * The framework's usual times, without its own exit: that would wait for a shutdown which waits
   * for it.
   */
  LeaderElectionConfiguration configuration() {
    return new LeaderElectionConfiguration(
        LEASE,
        namespace,
        LeaderElectionConfiguration.LEASE_DURATION_DEFAULT_VALUE,
        LeaderElectionConfiguration.RENEW_DEADLINE_DEFAULT_VALUE,
        LeaderElectionConfiguration.RETRY_PERIOD_DEFAULT_VALUE,
        identity,
        new LeaderCallbacks(() -> {}, this::stopped, leader -> {}),
        /* exitOnStopLeading= */ false);
  }

  private void stopped() {
    if (!ending) {
      LOG.log(System.Logger.Level.ERROR, "the Lease is lost: another operator may lead");
      exit.run();
    }
  }

  /** Ends what this operator does, then gives the Lease back, which the framework does not. */
  synchronized void end(Operator operator) {
    if (ending) {
      return;
    }
    ending = true;
    operator.stop();
    // The operator closes its own client.
    try (var own = new KubernetesClientBuilder().withConfig(client.getConfiguration()).build()) {
      giveBack(own);
    } catch (KubernetesClientException e) {
      LOG.log(System.Logger.Level.WARNING, "the Lease was not given back, and will run out", e);
    }
  }

  private void giveBack(KubernetesClient own) {
    Lease lease = own.leases().inNamespace(namespace).withName(LEASE).get();
    if (lease != null && identity.equals(lease.getSpec().getHolderIdentity())) {
      lease.getSpec().setHolderIdentity(null);
      var unused = own.leases().inNamespace(namespace).resource(lease).update();
    }
  }
}
