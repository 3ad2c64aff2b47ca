package dev.qudag.operator.status;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.qudag.api.v1alpha1.Condition;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The one way to write a status: server-side apply of a fresh object through the plain client. The
 * framework's own {@code patchStatus} takes spec changes that arrive meanwhile for its own and
 * drops them (docs/adr/0002-dependencies.md).
 *
 * <p>What did not change is not written. What changed only in figures is written at most once in
 * ten seconds. A new reason of {@code Ready} also becomes a Kubernetes event.
 */
public final class StatusWriter {
  /** Owner, in the sense of server-side apply, of all that the operator writes. */
  public static final String FIELD_MANAGER = "qudag-operator";

  private static final Duration PACE = Duration.ofSeconds(10);
  private static final PatchContext APPLY =
      new PatchContext.Builder()
          .withPatchType(PatchType.SERVER_SIDE_APPLY)
          .withFieldManager(FIELD_MANAGER)
          .withForce(true)
          .build();

  private final KubernetesClient client;
  private final EventRecorder events;
  private final Clock clock;
  private final Map<String, Instant> recentWrites = new ConcurrentHashMap<>();

  public StatusWriter(KubernetesClient client, EventRecorder events, Clock clock) {
    this.client = client;
    this.events = events;
    this.clock = clock;
  }

  /** Whether {@link #report(CustomResource, Object)} would write the status now. */
  public <S, T extends CustomResource<?, S>> boolean isDue(T observed, S status) {
    return change(observed, status)
        .filter(change -> !untilDue(observed, change).isPositive())
        .isPresent();
  }

  /** A status as it was read and as it is to be, where the two say different things. */
  private record Change(JsonNode before, JsonNode after) {}

  /** Equal records need no JSON; a status that was read may lack what a computed one spells out. */
  private <S, T extends CustomResource<?, S>> Optional<Change> change(T observed, S status) {
    if (status.equals(observed.getStatus())) {
      return Optional.empty();
    }
    var change = new Change(json(observed.getStatus()), json(status));
    return change.before().equals(change.after()) ? Optional.empty() : Optional.of(change);
  }

  /**
   * Writes the status if it says something new.
   *
   * @param observed the object as the pass read it, with its old status
   * @return what the reconciler returns: nothing more to write, and when to come back if this was
   *     too early
   */
  public <S, T extends CustomResource<?, S>> UpdateControl<T> report(T observed, S status) {
    Optional<Change> change = change(observed, status);
    if (change.isEmpty()) {
      return UpdateControl.noUpdate();
    }
    Duration wait = untilDue(observed, change.get());
    if (wait.isPositive()) {
      return UpdateControl.<T>noUpdate().rescheduleAfter(wait);
    }
    publish(observed, status, change.get());
    return UpdateControl.noUpdate();
  }

  /**
   * As {@link #report(CustomResource, Object)}, and comes back in any case.
   *
   * @param next when the next pass is due if nothing happens before
   */
  public <S, T extends CustomResource<?, S>> UpdateControl<T> report(
      T observed, S status, Duration next) {
    UpdateControl<T> control = report(observed, status);
    Duration due =
        control
            .getScheduleDelay()
            .map(Duration::ofMillis)
            .filter(delay -> delay.compareTo(next) < 0)
            .orElse(next);
    return control.rescheduleAfter(due);
  }

  /**
   * Writes the status at once if it says something new: others wait for it, or what comes next
   * cannot be taken back.
   *
   * @return whether it was written; false: it stands as given already
   */
  public <S, T extends CustomResource<?, S>> boolean persist(T observed, S status) {
    Optional<Change> change = change(observed, status);
    change.ifPresent(news -> publish(observed, status, news));
    return change.isPresent();
  }

  private <S, T extends CustomResource<?, S>> void publish(T observed, S status, Change change) {
    write(observed, status);
    JsonNode ready = ready(change.after());
    if (!ready(change.before()).path("reason").equals(ready.path("reason"))) {
      events.ready(observed, ready, type(change.after()));
    }
  }

  private <S, T extends CustomResource<?, S>> void write(T observed, S status) {
    try {
      client.resource(fresh(observed, status)).subresource("status").patch(APPLY);
      Instant now = clock.instant();
      recentWrites.values().removeIf(written -> written.plus(PACE).isBefore(now));
      recentWrites.put(observed.getMetadata().getUid(), now);
    } catch (KubernetesClientException e) {
      if (!isGone(e)) {
        throw e;
      }
    }
  }

  /**
   * With the UID, so that the status of a deleted object never lands on a new one of the same name.
   */
  @SuppressWarnings("unchecked")
  private static <S, T extends CustomResource<?, S>> T fresh(T observed, S status) {
    try {
      T fresh = (T) observed.getClass().getDeclaredConstructor().newInstance();
      fresh.setMetadata(
          new ObjectMetaBuilder()
              .withName(observed.getMetadata().getName())
              .withNamespace(observed.getMetadata().getNamespace())
              .withUid(observed.getMetadata().getUid())
              .build());
      fresh.setStatus(status);
      return fresh;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          observed.getClass() + " has no public constructor without arguments", e);
    }
  }

  private static boolean isGone(KubernetesClientException e) {
    boolean replaced =
        e.getCode() == HttpURLConnection.HTTP_CONFLICT
            && e.getMessage() != null
            && e.getMessage().contains("uid");
    return e.getCode() == HttpURLConnection.HTTP_NOT_FOUND || replaced;
  }

  /** Zero or less: it is written now. */
  private Duration untilDue(CustomResource<?, ?> observed, Change change) {
    boolean turned = !digest(change.before()).equals(digest(change.after()));
    return turned ? Duration.ZERO : untilNextWrite(observed);
  }

  private Duration untilNextWrite(CustomResource<?, ?> observed) {
    Instant last = recentWrites.get(observed.getMetadata().getUid());
    return last == null ? Duration.ZERO : Duration.between(clock.instant(), last.plus(PACE));
  }

  private JsonNode json(@Nullable Object status) {
    return client
        .getKubernetesSerialization()
        .convertValue(status == null ? Map.of() : status, JsonNode.class);
  }

  /** What must be told at once: which conditions there are, how they stand and why. */
  private static List<String> digest(JsonNode status) {
    List<String> digest = new ArrayList<>();
    for (JsonNode condition : status.path("conditions")) {
      digest.add(
          String.join(
              "/",
              condition.path("type").asText(),
              condition.path("status").asText(),
              condition.path("reason").asText(),
              condition.path("observedGeneration").asText()));
    }
    return digest;
  }

  /** A person should look when only a person can help, or when a pod says why it does not run. */
  private static EventRecorder.Type type(JsonNode status) {
    boolean stalled = condition(status, Condition.STALLED).path("status").asText().equals("True");
    return stalled || PodReasons.ALL.contains(ready(status).path("reason").asText())
        ? EventRecorder.Type.Warning
        : EventRecorder.Type.Normal;
  }

  private static JsonNode ready(JsonNode status) {
    return condition(status, Condition.READY);
  }

  private static JsonNode condition(JsonNode status, String type) {
    for (JsonNode condition : status.path("conditions")) {
      if (condition.path("type").asText().equals(type)) {
        return condition;
      }
    }
    return MissingNode.getInstance();
  }
}
