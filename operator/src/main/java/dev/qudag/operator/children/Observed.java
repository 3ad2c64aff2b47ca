package dev.qudag.operator.children;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.PrimaryToSecondaryMapper;
import io.javaoperatorsdk.operator.processing.event.source.SecondaryToPrimaryMapper;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The objects around a primary, as the informers had them when the pass began. */
public final class Observed {
  private final Map<String, HasMetadata> byName = new HashMap<>();

  private Observed() {}

  /** Reads the informers of the given kinds. */
  public static Observed read(Context<?> context, List<Class<? extends HasMetadata>> kinds) {
    Observed observed = new Observed();
    for (Class<? extends HasMetadata> kind : kinds) {
      context.getSecondaryResources(kind).forEach(observed::add);
    }
    return observed;
  }

  private void add(HasMetadata object) {
    byName.put(key(object.getKind(), object.getMetadata().getName()), object);
  }

  public Optional<HasMetadata> like(HasMetadata desired) {
    return Optional.ofNullable(byName.get(key(desired.getKind(), desired.getMetadata().getName())));
  }

  public <T extends HasMetadata> Optional<T> find(Class<T> kind, String name) {
    return Optional.ofNullable(byName.get(key(HasMetadata.getKind(kind), name))).map(kind::cast);
  }

  public <T extends HasMetadata> List<T> all(Class<T> kind) {
    return byName.values().stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  private static String key(String kind, String name) {
    return kind + "/" + name;
  }

  /**
   * An informer on the objects that this operator made, which belong to the primary that a label
   * names.
   */
  public static <R extends HasMetadata, P extends HasMetadata> InformerEventSource<R, P> labelled(
      EventSourceContext<P> context, Class<R> kind, String label) {
    return labelled(context, kind, label, label);
  }

  /** The same, of the objects alone that a label selector chooses. */
  public static <R extends HasMetadata, P extends HasMetadata> InformerEventSource<R, P> labelled(
      EventSourceContext<P> context, Class<R> kind, String label, String selector) {
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(kind, context.getPrimaryResourceClass())
            .withLabelSelector(Children.SELECTOR + "," + selector)
            .withSecondaryToPrimaryMapper(object -> byLabel(object, label))
            .build(),
        context);
  }

  /** An informer on objects that people or the operator made. The mapper must not throw. */
  public static <R extends HasMetadata, P extends HasMetadata> InformerEventSource<R, P> mapped(
      EventSourceContext<P> context, Class<R> kind, SecondaryToPrimaryMapper<R> mapper) {
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(kind, context.getPrimaryResourceClass())
            .withSecondaryToPrimaryMapper(mapper)
            .build(),
        context);
  }

  /**
   * An informer on objects that primaries refer to.
   *
   * @param refersTo the objects that a primary refers to
   * @param referredBy the primaries that refer to an object; must not throw
   */
  public static <R extends HasMetadata, P extends HasMetadata> EventSource<R, P> referred(
      EventSourceContext<P> context,
      Class<R> kind,
      PrimaryToSecondaryMapper<P> refersTo,
      SecondaryToPrimaryMapper<R> referredBy) {
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(kind, context.getPrimaryResourceClass())
            .withPrimaryToSecondaryMapper(refersTo)
            .withSecondaryToPrimaryMapper(referredBy)
            .build(),
        context);
  }

  /** The primaries of a namespace that something concerns. */
  public static <P extends HasMetadata> Set<ResourceID> primaries(
      EventSourceContext<P> context, String namespace, Predicate<P> concerned) {
    return context
        .getPrimaryCache()
        .list(namespace, concerned)
        .map(ResourceID::fromResource)
        .collect(Collectors.toSet());
  }

  private static Set<ResourceID> byLabel(HasMetadata object, String label) {
    String owner = Children.label(object, label);
    return owner.isEmpty()
        ? Set.of()
        : Set.of(new ResourceID(owner, object.getMetadata().getNamespace()));
  }
}
