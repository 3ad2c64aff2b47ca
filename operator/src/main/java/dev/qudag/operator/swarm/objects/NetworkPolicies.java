package dev.qudag.operator.swarm.objects;

import dev.qudag.api.v1alpha1.Swarm;
import dev.qudag.operator.children.Children;
import dev.qudag.operator.node.Ports;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeerBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPortBuilder;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Who may talk to whom, one policy for each role of a swarm's pods. */
public final class NetworkPolicies {
  private static final int DNS = 53;
  private static final int SSH = 22;
  private static final int HTTP = 80;
  private static final int HTTPS = 443;
  private static final Map<String, String> OPERATOR_PODS =
      Map.of("app.kubernetes.io/name", "qudag", Children.COMPONENT, "operator");

  private NetworkPolicies() {}

  public static List<NetworkPolicy> of(Swarm swarm) {
    String name = swarm.getMetadata().getName();
    NetworkPolicyPeer operator = operator();
    return List.of(
        policy(
            swarm,
            "hub",
            List.of(
                grpcFrom(
                    operator, part(name, "validator"), part(name, "agent"), part(name, "handover")),
                from(Ports.TREES, part(name, "check")),
                metrics()),
            Stream.concat(
                    Stream.of(dns(), grpcTo(part(name, "validator"))), toUpstream(swarm).stream())
                .toList()),
        policy(
            swarm,
            "validator",
            List.of(grpcFrom(operator, part(name, "validator"), part(name, "hub")), metrics()),
            List.of(dns(), grpcTo(part(name, "validator"), part(name, "hub")))),
        // Agents call their model: where to is for a proxy to say, in later work.
        policy(swarm, "agent", List.of(grpcFrom(operator)), List.of(anywhere())),
        policy(
            swarm,
            "handover",
            List.of(grpcFrom(operator)),
            List.of(dns(), grpcTo(part(name, "hub")))),
        policy(swarm, "check", List.of(), List.of(dns(), to(Ports.TREES, part(name, "hub")))));
  }

  private static NetworkPolicy policy(
      HasMetadata swarm,
      String component,
      List<NetworkPolicyIngressRule> ingress,
      List<NetworkPolicyEgressRule> egress) {
    String name = swarm.getMetadata().getName();
    return new NetworkPolicyBuilder()
        .withMetadata(Children.meta(swarm, name + "-" + component, name, component))
        .withNewSpec()
        .withNewPodSelector()
        .withMatchLabels(Children.selector(name, component))
        .endPodSelector()
        .withPolicyTypes("Ingress", "Egress")
        .withIngress(ingress)
        .withEgress(egress)
        .endSpec()
        .build();
  }

  private static NetworkPolicyPeer part(String swarm, String component) {
    return new NetworkPolicyPeerBuilder()
        .withNewPodSelector()
        .withMatchLabels(Children.selector(swarm, component))
        .endPodSelector()
        .build();
  }

  private static NetworkPolicyPeer operator() {
    return new NetworkPolicyPeerBuilder()
        .withNamespaceSelector(new LabelSelectorBuilder().build())
        .withNewPodSelector()
        .withMatchLabels(OPERATOR_PODS)
        .endPodSelector()
        .build();
  }

  private static NetworkPolicyIngressRule grpcFrom(NetworkPolicyPeer... peers) {
    return from(Ports.GRPC, peers);
  }

  private static NetworkPolicyIngressRule from(int port, NetworkPolicyPeer... peers) {
    return new NetworkPolicyIngressRuleBuilder()
        .withFrom(peers)
        .withPorts(port("TCP", port))
        .build();
  }

  private static NetworkPolicyIngressRule metrics() {
    return new NetworkPolicyIngressRuleBuilder().withPorts(port("TCP", Ports.HTTP)).build();
  }

  private static NetworkPolicyEgressRule grpcTo(NetworkPolicyPeer... peers) {
    return to(Ports.GRPC, peers);
  }

  private static NetworkPolicyEgressRule to(int port, NetworkPolicyPeer... peers) {
    return new NetworkPolicyEgressRuleBuilder()
        .withTo(Arrays.asList(peers))
        .withPorts(port("TCP", port))
        .build();
  }

  private static NetworkPolicyEgressRule dns() {
    return new NetworkPolicyEgressRuleBuilder()
        .withPorts(Stream.of("UDP", "TCP").map(protocol -> port(protocol, DNS)).toList())
        .build();
  }

  /** A policy knows no names, so to its port anywhere. */
  private static Optional<NetworkPolicyEgressRule> toUpstream(Swarm swarm) {
    return Optional.ofNullable(swarm.getSpec().repository().upstream())
        .map(
            upstream ->
                new NetworkPolicyEgressRuleBuilder()
                    .withPorts(port("TCP", portOf(URI.create(upstream.url()))))
                    .build());
  }

  private static int portOf(URI upstream) {
    return upstream.getPort() > 0
        ? upstream.getPort()
        : switch (upstream.getScheme()) {
          case "http" -> HTTP;
          case "ssh" -> SSH;
          default -> HTTPS;
        };
  }

  private static NetworkPolicyEgressRule anywhere() {
    return new NetworkPolicyEgressRuleBuilder().build();
  }

  private static NetworkPolicyPort port(String protocol, int number) {
    return new NetworkPolicyPortBuilder()
        .withProtocol(protocol)
        .withPort(new IntOrString(number))
        .build();
  }
}
