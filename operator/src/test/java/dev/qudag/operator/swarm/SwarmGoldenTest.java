package dev.qudag.operator.swarm;

import dev.qudag.api.v1alpha1.Agent;
import dev.qudag.api.v1alpha1.Swarm;
import dev.qudag.operator.golden.GoldenDirectory;
import dev.qudag.operator.pod.NodeSettings;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SwarmGoldenTest {
  private static final NodeSettings SETTINGS =
      new NodeSettings("localhost/qudag/node:dev", "aa".repeat(32), "bb".repeat(32), false);

  static List<GoldenDirectory> cases() {
    return GoldenDirectory.of("swarm").toList();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void makesExactlyTheseObjects(GoldenDirectory golden) {
    SwarmObservation observed =
        new SwarmObservation(
            golden.in("swarm", Swarm.class),
            Map.of(),
            golden.findIn("hub-claim", PersistentVolumeClaim.class),
            golden.findIn("seed", ConfigMap.class),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            golden.allIn("agent-", Agent.class),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            Optional.empty());
    golden.check(SwarmPlan.of(observed, SETTINGS).desired());
  }
}
