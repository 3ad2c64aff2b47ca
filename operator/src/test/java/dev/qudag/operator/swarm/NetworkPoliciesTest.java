package dev.qudag.operator.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.operator.swarm.objects.NetworkPolicies;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whom a check may talk to: it runs what an agent wrote. */
class NetworkPoliciesTest {
  private static final String COMPONENT = "app.kubernetes.io/component";

  private final List<NetworkPolicy> policies =
      NetworkPolicies.of(new TestingSwarm().observed().swarm());

  private NetworkPolicy of(String component) {
    return policies.stream()
        .filter(
            policy ->
                component.equals(policy.getSpec().getPodSelector().getMatchLabels().get(COMPONENT)))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aCheckReachesNamesAndTheTreesOfTheHubAndNobodyReachesIt() {
    NetworkPolicy check = of("check");

    assertThat(check.getSpec().getPolicyTypes()).containsExactly("Ingress", "Egress");
    assertThat(check.getSpec().getIngress()).isEmpty();
    assertThat(check.getSpec().getEgress()).hasSize(2);
    NetworkPolicyEgressRule names = check.getSpec().getEgress().getFirst();
    assertThat(names.getTo()).isEmpty();
    assertThat(ports(names.getPorts())).containsOnly(53);
    NetworkPolicyEgressRule trees = check.getSpec().getEgress().getLast();
    assertThat(ports(trees.getPorts())).containsExactly(7444);
    assertThat(trees.getTo())
        .singleElement()
        .satisfies(peer -> assertThat(part(peer)).contains("hub"));
  }

  /** Not the hub's gRPC port, no validator, no agent. */
  @Test
  void nobodyLetsACheckInButTheHubToItsTrees() {
    for (NetworkPolicy policy : policies) {
      for (NetworkPolicyIngressRule rule : policy.getSpec().getIngress()) {
        boolean isOfChecks = rule.getFrom().stream().anyMatch(peer -> part(peer).equals("check"));
        boolean isOfAll = rule.getFrom().isEmpty();
        if (isOfChecks) {
          assertThat(ports(rule.getPorts())).containsExactly(7444);
        }
        if (isOfAll) {
          assertThat(ports(rule.getPorts())).as("metrics and health").containsExactly(9090);
        }
      }
    }
  }

  private static List<Integer> ports(List<NetworkPolicyPort> ports) {
    return ports.stream().map(port -> port.getPort().getIntVal()).toList();
  }

  private static String part(NetworkPolicyPeer peer) {
    Map<String, String> labels = peer.getPodSelector().getMatchLabels();
    return labels.getOrDefault(COMPONENT, "");
  }
}
