package dev.qudag.operator.pod;

import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import java.util.ArrayList;
import java.util.List;

/** The environment that every node program reads. */
public final class NodeEnv {
  private NodeEnv() {}

  /**
   * The variables that all roles have.
   *
   * @param name the node's name
   * @param swarmUid UID of the Swarm object
   */
  public static List<EnvVar> common(
      NodeSettings settings, String name, String swarm, String swarmUid) {
    List<EnvVar> env = new ArrayList<>();
    env.add(of("QUDAG_NODE_NAME", name));
    env.add(of("QUDAG_SWARM", swarm));
    env.add(of("QUDAG_SWARM_UID", swarmUid));
    env.add(field("QUDAG_NAMESPACE", "metadata.namespace"));
    env.add(field("QUDAG_POD_NAME", "metadata.name"));
    env.add(field("QUDAG_POD_UID", "metadata.uid"));
    env.add(of("QUDAG_OPERATOR_TLS_FINGERPRINT", settings.operatorTlsFingerprint()));
    env.add(of("QUDAG_OPERATOR_KEY_FINGERPRINT", settings.operatorKeyFingerprint()));
    if (settings.crashPoints()) {
      env.add(of("QUDAG_TEST_CRASH_POINTS", "true"));
    }
    return env;
  }

  public static EnvVar of(String name, String value) {
    return new EnvVarBuilder().withName(name).withValue(value).build();
  }

  /** A variable that the kubelet fills in from the pod. */
  public static EnvVar field(String name, String path) {
    return new EnvVarBuilder()
        .withName(name)
        .withNewValueFrom()
        .withNewFieldRef()
        .withApiVersion("v1")
        .withFieldPath(path)
        .endFieldRef()
        .endValueFrom()
        .build();
  }
}
