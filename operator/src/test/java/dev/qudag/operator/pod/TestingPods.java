package dev.qudag.operator.pod;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.stream.Stream;

/** Pods that a test makes as a controller would, in a namespace that is {@code restricted}. */
public final class TestingPods {
  private TestingPods() {}

  /** The pod of a manifest, with the security contexts that the operator gives to its own. */
  public static Pod of(String manifest) {
    Pod pod = Serialization.unmarshal(manifest, Pod.class);
    var spec = pod.getSpec();
    spec.setSecurityContext(PodParts.podSecurity());
    Stream.concat(spec.getInitContainers().stream(), spec.getContainers().stream())
        .forEach(container -> container.setSecurityContext(PodParts.containerSecurity(true)));
    return pod;
  }
}
