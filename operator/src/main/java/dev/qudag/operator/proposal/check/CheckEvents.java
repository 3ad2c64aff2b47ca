package dev.qudag.operator.proposal.check;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;

/** Why the cluster makes no pod of a Job: only its events tell. */
public final class CheckEvents {
  private static final String REFUSED = "FailedCreate";

  private final KubernetesClient client;

  public CheckEvents(KubernetesClient client) {
    this.client = client;
  }

  /** The words of whoever refused the pod last; empty when nobody did, or nobody can say. */
  public Optional<String> refusal(Job job) {
    try {
      return client
          .v1()
          .events()
          .inNamespace(job.getMetadata().getNamespace())
          .withField("involvedObject.uid", job.getMetadata().getUid())
          .list()
          .getItems()
          .stream()
          .filter(event -> REFUSED.equals(event.getReason()))
          .max(Comparator.comparing(CheckEvents::at))
          .map(Event::getMessage);
    } catch (KubernetesClientException e) {
      return Optional.empty();
    }
  }

  /** RFC 3339 in UTC sorts as text. */
  private static String at(Event event) {
    return Objects.requireNonNullElse(event.getLastTimestamp(), "");
  }
}
