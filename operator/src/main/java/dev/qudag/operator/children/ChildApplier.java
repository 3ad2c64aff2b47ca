package dev.qudag.operator.children;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.qudag.crypto.recent.RecentMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Puts desired objects in place by server-side apply, and leaves alone what stands as desired: an
 * idle swarm costs no write. The annotation {@code qudag.dev/applied} names the desired content
 * that was applied last, so that a field which is no longer desired is noticed and taken back.
 */
public final class ChildApplier {
  static final String APPLIED = "qudag.dev/applied";

  private static final PatchContext APPLY =
      new PatchContext.Builder()
          .withPatchType(PatchType.SERVER_SIDE_APPLY)
          .withFieldManager(Children.OPERATOR)
          .withForce(true)
          .build();

  private static final ObjectWriter SORTED =
      new ObjectMapper().writer(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  /** More than the children of a hundred swarms. */
  private static final int REMEMBERED = 10_000;

  private final KubernetesClient client;
  private final Map<String, Compared> unchanged =
      Collections.synchronizedMap(RecentMap.byUse(REMEMBERED));

  /** An object as it was desired, and the version of it that was found to be like that. */
  private record Compared(HasMetadata desired, String uid, String resourceVersion) {
    static Compared of(HasMetadata desired, HasMetadata observed) {
      return new Compared(
          desired, observed.getMetadata().getUid(), observed.getMetadata().getResourceVersion());
    }
  }

  public ChildApplier(KubernetesClient client) {
    this.client = client;
  }

  /**
   * Makes the object as desired.
   *
   * @param observed the object as it stands, if it does
   * @return whether something was written
   */
  public boolean apply(HasMetadata desired, Optional<? extends HasMetadata> observed) {
    Optional<Compared> now = observed.map(there -> Compared.of(desired, there));
    if (now.isPresent() && (isForeign(desired, observed.get()) || isKnown(now.get()))) {
      return false;
    }
    String digest = digest(desired);
    if (now.isPresent() && stands(desired, digest, observed.get())) {
      unchanged.put(now.get().uid(), now.get());
      return false;
    }
    Map<String, String> annotations = new HashMap<>();
    if (desired.getMetadata().getAnnotations() != null) {
      annotations.putAll(desired.getMetadata().getAnnotations());
    }
    annotations.put(APPLIED, digest);
    desired.getMetadata().setAnnotations(annotations);
    client.resource(desired).patch(APPLY);
    return true;
  }

  /**
   * Makes the object, unless one of its name is there: whoever was first wins, and the next pass
   * reads what stands.
   *
   * @return what stands under the name; empty when that was removed in this moment
   */
  public <T extends HasMetadata> Optional<T> createOnce(T object) {
    try {
      return Optional.of(client.resource(object).create());
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw e;
      }
      return Optional.ofNullable(client.resource(object).get());
    }
  }

  /**
   * Whether somebody else owns what is there, as an owner of the same name that was deleted: it
   * goes first.
   */
  private static boolean isForeign(HasMetadata desired, HasMetadata observed) {
    return controller(observed)
        .filter(owner -> !controller(desired).equals(Optional.of(owner)))
        .isPresent();
  }

  private static Optional<String> controller(HasMetadata object) {
    return object.getMetadata().getOwnerReferences().stream()
        .filter(owner -> Boolean.TRUE.equals(owner.getController()))
        .map(OwnerReference::getUid)
        .findFirst();
  }

  private boolean isKnown(Compared now) {
    return now.equals(unchanged.get(now.uid()));
  }

  private boolean stands(HasMetadata desired, String digest, HasMetadata observed) {
    Map<String, String> annotations = observed.getMetadata().getAnnotations();
    return annotations != null
        && digest.equals(annotations.get(APPLIED))
        && contains(json(observed), json(desired));
  }

  /**
   * Whether everything that is wanted is there. Values that the API server rewrites cost one
   * idempotent apply.
   */
  static boolean contains(JsonNode there, JsonNode wanted) {
    if (wanted.isObject()) {
      for (Map.Entry<String, JsonNode> field : wanted.properties()) {
        if (!contains(there.path(field.getKey()), field.getValue())) {
          return false;
        }
      }
      return there.isObject() || wanted.isEmpty();
    }
    if (wanted.isArray()) {
      for (int i = 0; i < wanted.size(); i++) {
        if (!contains(there.path(i), wanted.get(i))) {
          return false;
        }
      }
      return there.size() == wanted.size();
    }
    return there.asText().equals(wanted.asText());
  }

  private JsonNode json(HasMetadata object) {
    return client.getKubernetesSerialization().convertValue(object, JsonNode.class);
  }

  /** Of the sorted content: the order of maps is another in every run of the program. */
  private String digest(HasMetadata desired) {
    try {
      Map<?, ?> content = client.getKubernetesSerialization().convertValue(desired, Map.class);
      return UUID.nameUUIDFromBytes(SORTED.writeValueAsBytes(content)).toString();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a Kubernetes object that cannot be written as JSON", e);
    }
  }
}
