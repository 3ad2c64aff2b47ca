package dev.qudag.operator.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.qudag.api.v1alpha1.Condition;
import dev.qudag.api.v1alpha1.Swarm;
import dev.qudag.api.v1alpha1.SwarmStatus;
import dev.qudag.e2e.cluster.ApiServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The fault of JOSDK 5.3.2 that this class exists for: with its own patchStatus, a quarter of
 * concurrent spec changes were never reconciled.
 */
@ApiServer
class StatusWriterIT {
  private static final int OBJECTS = 40;
  private static final int ROUNDS = 5;
  private static final int CHANGES = 3;

  @ControllerConfiguration(name = "observer")
  private static final class Observer implements Reconciler<Swarm> {
    private final StatusWriter writer;
    private final Conditions conditions = new Conditions(Clock.systemUTC());

    private Observer(KubernetesClient client) {
      this.writer =
          new StatusWriter(client, new EventRecorder(client, Clock.systemUTC()), Clock.systemUTC());
    }

    @Override
    public UpdateControl<Swarm> reconcile(Swarm swarm, Context<Swarm> context) {
      long generation = swarm.getMetadata().getGeneration();
      List<Condition> before =
          swarm.getStatus() == null ? List.of() : swarm.getStatus().conditions();
      return writer.report(
          swarm,
          new SwarmStatus(
              generation,
              conditions.merge(before, generation, List.of(Fact.yes("Ready", "Seen", "seen"))),
              null,
              null,
              null,
              null,
              null));
    }
  }

  @Test
  void losesNoChangeOfSpecThatComesWhileStatusIsWritten(KubernetesClient client) throws Exception {
    String namespace = client.getNamespace();
    Operator operator =
        new Operator(
            config ->
                config
                    .withKubernetesClient(
                        new KubernetesClientBuilder().withConfig(client.getConfiguration()).build())
                    .withCloseClientOnStop(true));
    operator.register(new Observer(client), config -> config.settingNamespaces(namespace));
    operator.start();
    try (var threads = Executors.newFixedThreadPool(8)) {
      IntStream.range(0, OBJECTS).forEach(i -> client.resource(swarm("s" + i)).create());
      for (int round = 0; round < ROUNDS; round++) {
        int salt = round * CHANGES;
        for (var done :
            threads.invokeAll(
                IntStream.range(0, OBJECTS)
                    .boxed()
                    .flatMap(i -> changes(client, "s" + i, salt))
                    .toList())) {
          done.get();
        }
        await()
            .atMost(Duration.ofSeconds(30))
            .untilAsserted(
                () ->
                    assertThat(stuck(client)).as("objects whose last change nobody saw").isEmpty());
      }
    } finally {
      operator.stop();
    }
  }

  private static Swarm swarm(String name) {
    return new KubernetesSerialization()
        .unmarshal(
            "apiVersion: qudag.dev/v1alpha1\nkind: Swarm\nmetadata: {name: %s}\nspec: {validators: {replicas: 1}}"
                .formatted(name),
            Swarm.class);
  }

  private static Stream<Callable<Swarm>> changes(KubernetesClient client, String name, int salt) {
    return IntStream.range(0, CHANGES)
        .mapToObj(
            change ->
                () ->
                    client
                        .resources(Swarm.class)
                        .withName(name)
                        .patch(
                            PatchContext.of(PatchType.JSON_MERGE),
                            "{\"spec\":{\"consensus\":{\"viewTimeoutMilliseconds\":%d}}}"
                                .formatted(1000 + salt + change)));
  }

  private static List<String> stuck(KubernetesClient client) {
    return client.resources(Swarm.class).list().getItems().stream()
        .filter(
            swarm ->
                swarm.getStatus() == null
                    || !swarm
                        .getMetadata()
                        .getGeneration()
                        .equals(swarm.getStatus().observedGeneration()))
        .map(swarm -> swarm.getMetadata().getName())
        .toList();
  }
}
