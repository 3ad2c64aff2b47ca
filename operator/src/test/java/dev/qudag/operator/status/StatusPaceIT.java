package dev.qudag.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.api.v1alpha1.Swarm;
import dev.qudag.api.v1alpha1.SwarmStatus;
import dev.qudag.e2e.cluster.ApiServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which changes of a status are written at once, and which wait for their time. */
@ApiServer
class StatusPaceIT {
  private final StandingClock clock = new StandingClock();

  @Test
  void figuresAreDueAtThePaceAndReasonsAtOnce(KubernetesClient client) {
    var writer = new StatusWriter(client, new EventRecorder(client, clock), clock);
    Swarm made = client.resource(swarm()).create();
    assertThat(writer.isDue(made, status("Running", "1 open, 0 merged"))).isTrue();
    var unused = writer.report(made, status("Running", "1 open, 0 merged"));

    Swarm swarm = client.resource(made).get();
    assertThat(writer.isDue(swarm, status("Running", "1 open, 0 merged"))).isFalse();
    assertThat(writer.isDue(swarm, status("Running", "0 open, 1 merged"))).isFalse();
    assertThat(writer.isDue(swarm, status("Suspended", "1 open, 0 merged"))).isTrue();
    clock.now = clock.now.plus(Duration.ofSeconds(10));
    assertThat(writer.isDue(swarm, status("Running", "0 open, 1 merged"))).isTrue();
  }

  private SwarmStatus status(String reason, String proposals) {
    return new SwarmStatus(
        1L,
        new Conditions(clock).merge(List.of(), 1, List.of(Fact.yes("Ready", reason, "as it is"))),
        new SwarmStatus.Summary("0/0", "1/1", proposals),
        null,
        null,
        null,
        null);
  }

  private static Swarm swarm() {
    return new KubernetesSerialization()
        .unmarshal(
            """
            apiVersion: qudag.dev/v1alpha1
            kind: Swarm
            metadata: {name: paced}
            spec: {validators: {replicas: 1}}
            """,
            Swarm.class);
  }

  private static final class StandingClock extends Clock {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
