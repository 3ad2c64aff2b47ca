package dev.qudag.operator;

import dev.qudag.operator.pod.NodeSettings;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;

/** What the tests of several kinds put on an API server. */
public final class TestingManifests {
  /** A Swarm {@code demo} with one validator. */
  public static final String SWARM =
      """
      apiVersion: qudag.dev/v1alpha1
      kind: Swarm
      metadata: {name: demo}
      spec: {validators: {replicas: 1}}
      """;

  /** How the operator makes pods there, where none is started. */
  public static final NodeSettings SETTINGS =
      new NodeSettings("localhost/node:1", "ab".repeat(32), "cd".repeat(32), false);

  private TestingManifests() {}

  /** As a person does: what the manifest leaves out, the server fills in. */
  public static void create(KubernetesClient client, String manifest) {
    client.resource(Serialization.unmarshal(manifest, GenericKubernetesResource.class)).create();
  }

  /** The account that pods of the Swarm {@code demo} run as. */
  public static void createNodeAccount(KubernetesClient client) {
    client
        .resource(
            new ServiceAccountBuilder()
                .withNewMetadata()
                .withName("demo-node")
                .endMetadata()
                .build())
        .create();
  }
}
