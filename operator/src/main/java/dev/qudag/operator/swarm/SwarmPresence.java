package dev.qudag.operator.swarm;

import dev.qudag.api.v1alpha1.Swarm;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;

/**
 * Whether a Swarm is still there. A namespace that goes takes the operator's Role with it, so a
 * refusal counts as gone: were it not, the next pass over the Swarm would follow its hub again.
 * While the API server gives no answer, the Swarm is there.
 */
record SwarmPresence(KubernetesClient client) {
  boolean isThere(Swarm swarm) {
    try {
      Swarm now = client.resource(swarm).get();
      return now != null && now.getMetadata().getUid().equals(swarm.getMetadata().getUid());
    } catch (KubernetesClientException e) {
      return e.getCode() != HttpURLConnection.HTTP_FORBIDDEN;
    }
  }
}
