package dev.qudag.operator.node;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** Names a swarm in the cluster. */
public record SwarmKey(String namespace, String name) {
  public static SwarmKey of(HasMetadata swarm) {
    return new SwarmKey(swarm.getMetadata().getNamespace(), swarm.getMetadata().getName());
  }

  /** The swarm that an object of the same namespace refers to. */
  public static SwarmKey near(HasMetadata object, String swarm) {
    return new SwarmKey(object.getMetadata().getNamespace(), swarm);
  }

  /** Name of the hub's StatefulSet and Service. */
  public String hubName() {
    return name + "-hub";
  }

  /** Name of a validator, of its StatefulSet and of its Service. */
  public String validatorName(int index) {
    return name + "-v" + index;
  }

  /**
   * Name of the ServiceAccount of all node pods. It has no rights: its token only proves which pod
   * speaks.
   */
  public String serviceAccount() {
    return name + "-node";
  }

  /**
   * Name of the ServiceAccount of checks, which run what agents wrote. It has no rights, and no pod
   * of it has a token.
   */
  public String checkServiceAccount() {
    return name + "-check";
  }

  /** Name of the immutable ConfigMap that keeps the genesis. */
  public String genesisName() {
    return name + "-genesis";
  }

  /** Name of the ConfigMap by which a person asks for a chain in the place of another. */
  public String recoveryName() {
    return name + "-recovery";
  }

  /** Name of the ConfigMap with the change that an administrator has to sign. */
  public String pendingChangeName() {
    return name + "-pending-change";
  }

  /** Name of the immutable ConfigMap that keeps the set of an epoch after the first. */
  public String epochName(long epoch) {
    return name + "-epoch-" + epoch;
  }

  /** Name of the DNS entry of a Service of this swarm. */
  public String host(String service) {
    return service + "." + namespace + ".svc";
  }
}
