package dev.qudag.operator.children;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import java.util.Map;

/**
 * Names, labels and owners of what the operator makes. Nothing of the owner's own labels or
 * annotations is copied.
 */
public final class Children {
  public static final String MANAGED_BY = "app.kubernetes.io/managed-by";
  public static final String OPERATOR = "qudag-operator";
  public static final String COMPONENT = "app.kubernetes.io/component";
  public static final String SWARM = "qudag.dev/swarm";

  /** Which hub or validator a pod is. */
  public static final String NODE = "qudag.dev/node";

  /** Selects all that this operator made. */
  public static final String SELECTOR = MANAGED_BY + "=" + OPERATOR;

  private Children() {}

  /**
   * Labels of everything of one part of a swarm.
   *
   * @param component hub, validator, agent, check, handover or swarm
   */
  public static Map<String, String> labels(String swarm, String component) {
    return Map.of(MANAGED_BY, OPERATOR, SWARM, swarm, COMPONENT, component);
  }

  /** Labels that select the pods of one part of a swarm. */
  public static Map<String, String> selector(String swarm, String component) {
    return Map.of(SWARM, swarm, COMPONENT, component);
  }

  /** Metadata of a child: in the owner's namespace, controlled by it. */
  public static ObjectMeta meta(HasMetadata owner, String name, String swarm, String component) {
    return new ObjectMetaBuilder()
        .withName(name)
        .withNamespace(owner.getMetadata().getNamespace())
        .withLabels(labels(swarm, component))
        .withOwnerReferences(controlledBy(owner))
        .build();
  }

  /** Metadata of a child that belongs to one hub or validator. */
  public static ObjectMeta nodeMeta(
      HasMetadata owner, String name, String swarm, String component) {
    return new ObjectMetaBuilder(meta(owner, name, swarm, component))
        .addToLabels(NODE, name)
        .build();
  }

  /**
   * With {@code controller: true}: fabric8's own helper leaves it out, and {@code kubectl drain}
   * then refuses.
   */
  public static OwnerReference controlledBy(HasMetadata owner) {
    return new OwnerReferenceBuilder()
        .withApiVersion(owner.getApiVersion())
        .withKind(owner.getKind())
        .withName(owner.getMetadata().getName())
        .withUid(owner.getMetadata().getUid())
        .withController(true)
        .withBlockOwnerDeletion(true)
        .build();
  }

  /** The value of a label, or empty text. */
  public static String label(HasMetadata object, String name) {
    Map<String, String> labels = object.getMetadata().getLabels();
    return labels == null ? "" : labels.getOrDefault(name, "");
  }

  /** Whether the owner is the controller of the child, and not one of the same name before it. */
  public static boolean isControlledBy(HasMetadata child, HasMetadata owner) {
    return child.getMetadata().getOwnerReferences().stream()
        .anyMatch(
            reference ->
                Boolean.TRUE.equals(reference.getController())
                    && reference.getUid().equals(owner.getMetadata().getUid()));
  }
}
