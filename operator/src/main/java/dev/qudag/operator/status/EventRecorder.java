package dev.qudag.operator.status;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Tells people in {@code kubectl describe} what happened to an object. The same thing told again
 * counts up the event that is there. No pass waits for an event: they are written one after the
 * other by a thread of their own. One that cannot be written stops nothing, and of more than
 * {@value #MOST_WAITING} that wait the oldest are dropped: status says the same.
 */
public final class EventRecorder implements AutoCloseable {
  /** Whether people should look at it. */
  public enum Type {
    Normal,
    Warning
  }

  private static final System.Logger LOG = System.getLogger(EventRecorder.class.getName());
  private static final int MAX_MESSAGE = 1024;
  private static final int MOST_WAITING = 1000;

  private final KubernetesClient client;
  private final Clock clock;
  private final ExecutorService writer =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(MOST_WAITING),
          Thread.ofVirtual().name("events").factory(),
          new ThreadPoolExecutor.DiscardOldestPolicy());

  public EventRecorder(KubernetesClient client, Clock clock) {
    this.client = client;
    this.clock = clock;
  }

  /**
   * Tells what happened.
   *
   * @param reason one word of the documented vocabulary
   */
  public void tell(HasMetadata about, Type type, String reason, String message) {
    Event event = event(about, type, reason, message);
    writer.execute(() -> write(event));
  }

  private void write(Event event) {
    try {
      try {
        client.resource(event).create();
      } catch (KubernetesClientException e) {
        if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
          throw e;
        }
        client.resource(event).edit(told -> again(told, event.getLastTimestamp()));
      }
    } catch (KubernetesClientException e) {
      LOG.log(System.Logger.Level.DEBUG, () -> "event " + event.getReason() + " not written", e);
    }
  }

  /** A new reason of Ready, told as the condition puts it. */
  void ready(HasMetadata about, JsonNode condition, Type type) {
    tell(about, type, condition.path("reason").asText(), condition.path("message").asText());
  }

  private Event event(HasMetadata about, Type type, String reason, String message) {
    String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    var meta = about.getMetadata();
    String text = message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE);
    return new EventBuilder()
        .withNewMetadata()
        .withName(meta.getName() + "." + key(meta.getUid(), type, reason, text))
        .withNamespace(meta.getNamespace())
        .endMetadata()
        .withNewInvolvedObject()
        .withApiVersion(about.getApiVersion())
        .withKind(about.getKind())
        .withNamespace(meta.getNamespace())
        .withName(meta.getName())
        .withUid(meta.getUid())
        .endInvolvedObject()
        .withType(type.name())
        .withReason(reason)
        .withMessage(text)
        .withFirstTimestamp(now)
        .withLastTimestamp(now)
        .withCount(1)
        .withNewSource()
        .withComponent(StatusWriter.FIELD_MANAGER)
        .endSource()
        .withReportingComponent(StatusWriter.FIELD_MANAGER)
        .build();
  }

  /** What waits is dropped. */
  @Override
  public void close() {
    writer.shutdownNow();
  }

  private static Event again(Event told, String now) {
    int count = told.getCount() == null ? 1 : told.getCount();
    return new EventBuilder(told)
        .withCount(count + 1)
        .withLastTimestamp(Instant.parse(now).toString())
        .build();
  }

  private static String key(String uid, Type type, String reason, String message) {
    byte[] what =
        String.join("\n", uid, type.name(), reason, message).getBytes(StandardCharsets.UTF_8);
    return UUID.nameUUIDFromBytes(what).toString().substring(0, 18).replace("-", "");
  }
}
