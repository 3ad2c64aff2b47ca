package dev.qudag.operator.node;

import dev.qudag.crypto.NodeIdentity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The operator's own identity, kept in a Secret of its namespace. It is made once: genesis of every
 * swarm names it, so it is never replaced.
 */
public final class IdentitySecret {
  public static final String NAME = "qudag-operator-identity";

  private final KubernetesClient client;
  private final String namespace;

  public IdentitySecret(KubernetesClient client, String namespace) {
    this.client = client;
    this.namespace = namespace;
  }

  /** The identity; the first operator to start makes it. */
  public NodeIdentity loadOrCreate() {
    Secret secret = client.secrets().inNamespace(namespace).withName(NAME).get();
    return NodeIdentity.fromFiles(decode(secret == null ? createOrRead() : secret));
  }

  private Secret createOrRead() {
    Secret made =
        new SecretBuilder()
            .withNewMetadata()
            .withName(NAME)
            .withNamespace(namespace)
            .endMetadata()
            .withType("Opaque")
            .withImmutable(true)
            .withData(encode(NodeIdentity.generate().toFiles()))
            .build();
    try {
      return client.resource(made).create();
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw e;
      }
      return client.secrets().inNamespace(namespace).withName(NAME).require();
    }
  }

  private static Map<String, String> encode(Map<String, byte[]> files) {
    return files.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, file -> Base64.getEncoder().encodeToString(file.getValue())));
  }

  private static Map<String, byte[]> decode(Secret secret) {
    return secret.getData().entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, file -> Base64.getDecoder().decode(file.getValue())));
  }
}
