package dev.qudag.operator;

import dev.qudag.api.v1alpha1.Agent;
import dev.qudag.api.v1alpha1.MergeProposal;
import dev.qudag.api.v1alpha1.Swarm;
import dev.qudag.api.v1alpha1.Validator;
import dev.qudag.api.v1alpha1.Workspace;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;

/**
 * What the cluster must offer before the operator starts. It asks by listing, so that the operator
 * needs no right on CustomResourceDefinitions.
 */
public final class ClusterDemands {
  private static final List<Class<? extends CustomResource<?, ?>>> KINDS =
      List.of(Swarm.class, Agent.class, Workspace.class, Validator.class, MergeProposal.class);

  private final KubernetesClient client;
  private final List<String> namespaces;

  public ClusterDemands(KubernetesClient client, List<String> namespaces) {
    this.client = client;
    this.namespaces = List.copyOf(namespaces);
  }

  /**
   * Demands that every kind is there and may be read.
   *
   * @throws IllegalStateException naming what is missing and the command that mends it
   */
  public void require() {
    List<String> missing = new ArrayList<>();
    for (Class<? extends CustomResource<?, ?>> kind : KINDS) {
      for (String namespace : namespaces) {
        if (!isServed(kind, namespace)) {
          missing.add(HasMetadata.getFullResourceName(kind));
          break;
        }
      }
    }
    if (!missing.isEmpty()) {
      throw new IllegalStateException(
          "this cluster does not know "
              + String.join(", ", missing)
              + ": install them with  helm install qudag-crds charts/qudag-crds  or  kubectl apply"
              + " -f crds/src/main/resources/META-INF/qudag");
    }
  }

  private boolean isServed(Class<? extends CustomResource<?, ?>> kind, String namespace) {
    try {
      var unused =
          client
              .resources(kind)
              .inNamespace(namespace)
              .list(new ListOptionsBuilder().withLimit(1L).build());
      return true;
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
        return false;
      }
      if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
        throw new IllegalStateException(
            "the operator may not list %s in namespace %s: add the namespace to watchNamespaces of the Helm chart"
                .formatted(HasMetadata.getFullResourceName(kind), namespace),
            e);
      }
      throw e;
    }
  }
}
