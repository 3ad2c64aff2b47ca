package dev.qudag.operator.pod;

import dev.qudag.operator.children.Children;
import dev.qudag.operator.node.Ports;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import java.util.Map;

/**
 * The Service that is a node's name. It publishes nodes that are not ready: they become so by
 * talking to each other.
 */
public final class NodeService {
  private NodeService() {}

  /** With the ports that every node has. */
  public static Service of(HasMetadata owner, String name, String swarm, String component) {
    return new ServiceBuilder()
        .withMetadata(Children.nodeMeta(owner, name, swarm, component))
        .withNewSpec()
        .withType("ClusterIP")
        .withPublishNotReadyAddresses(true)
        .withSelector(
            Map.of(Children.SWARM, swarm, Children.COMPONENT, component, Children.NODE, name))
        .withPorts(port("grpc", Ports.GRPC), port("http", Ports.HTTP))
        .endSpec()
        .build();
  }

  /** A port that the node listens on by the same number. */
  public static ServicePort port(String name, int number) {
    return new ServicePortBuilder()
        .withName(name)
        .withProtocol("TCP")
        .withPort(number)
        .withTargetPort(new IntOrString(number))
        .build();
  }
}
