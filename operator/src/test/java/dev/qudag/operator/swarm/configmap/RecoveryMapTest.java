package dev.qudag.operator.swarm.configmap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.consensus.certificate.Recovery;
import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.policy.Policy;
import dev.qudag.operator.node.SwarmKey;
import dev.qudag.operator.node.TestingNodes;
import dev.qudag.operator.node.TestingSeals;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecoveryMapTest {
  private static final SwarmKey KEY = new SwarmKey("team", "s");
  private static final Policy POLICY = new Policy(List.of(), List.of());

  private final TestingNodes nodes = new TestingNodes();
  private final Genesis genesis = nodes.genesis(KEY, 4, POLICY);

  private static ConfigMap map(Map<String, String> data) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName("s-recovery")
        .endMetadata()
        .withBinaryData(data)
        .build();
  }

  private static ConfigMap map(Recovery recovery) {
    return map(Map.of("recovery", Base64.getEncoder().encodeToString(recovery.encode())));
  }

  private static String refusal(ConfigMap map) {
    assertThat(RecoveryMap.read(map)).isInstanceOf(RecoveryMap.Content.Refused.class);
    return ((RecoveryMap.Content.Refused) RecoveryMap.read(map)).why();
  }

  @Test
  void readsWhatIsProven() {
    Recovery recovery = new Recovery(genesis, Optional.empty(), List.of());
    assertThat(RecoveryMap.read(map(recovery))).isEqualTo(new RecoveryMap.Content.Proven(recovery));
  }

  @Test
  void refusesWhatIsNotProven() {
    var stranger = new TestingNodes();
    Genesis ofOthers = stranger.genesis(KEY, 4, POLICY);
    var seal =
        TestingSeals.seal(
            stranger, ofOthers.set(), TestingSeals.removal(ofOthers, ofOthers.set(), 1));
    assertThat(refusal(map(new Recovery(genesis, Optional.empty(), List.of(seal)))))
        .contains("s-recovery", "BrokenSealChain", "qudag-node admin recover");
  }

  @Test
  void saysHowToMakeOneThatHasNoKeyOrOtherBytes() {
    assertThat(refusal(map(Map.of("other", "AAAA"))))
        .contains("has no binaryData.recovery", "kubectl create configmap s-recovery");
    assertThat(refusal(new ConfigMapBuilder(map(Map.of())).withBinaryData(null).build()))
        .contains("has no binaryData.recovery");
    for (String other : List.of("not base64!", "AAAA", "")) {
      assertThat(refusal(map(Map.of("recovery", other)))).contains("qudag-node admin recover");
    }
  }
}
