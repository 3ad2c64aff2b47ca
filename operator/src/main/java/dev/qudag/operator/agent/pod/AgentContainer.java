package dev.qudag.operator.agent.pod;

import static dev.qudag.operator.agent.pod.WorkspaceContainers.folder;
import static dev.qudag.operator.pod.PodParts.mount;

import dev.qudag.api.v1alpha1.AgentSpec;
import dev.qudag.api.v1alpha1.AgentSpec.Profile;
import dev.qudag.operator.pod.NodeEnv;
import dev.qudag.operator.pod.PodParts;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The agent's own container: docs/reference/agent-contract.md. It gets no token, and no folder of
 * the sidecar's.
 */
final class AgentContainer {
  static final String MASK = "jj-mask";
  static final String PAPERS = "papers";

  /** The client stands last on the path: it hides no program of the image. */
  private static final String WRAPPER = "PATH=$PATH:/qudag/bin; exec \"$@\"";

  private AgentContainer() {}

  static Container of(AgentSpec spec, int attempt) {
    List<String> command = new ArrayList<>(List.of("sh", "-c", WRAPPER, "sh"));
    command.addAll(spec.command());
    return new ContainerBuilder()
        .withName(AgentNames.AGENT_CONTAINER)
        .withImage(spec.image())
        .withImagePullPolicy("IfNotPresent")
        .withCommand(command)
        .withArgs(spec.args())
        .withWorkingDir("/workspace")
        .withEnv(env(spec, attempt))
        .withResources(resources(spec))
        .withSecurityContext(PodParts.containerSecurity(false))
        .withVolumeMounts(
            folder("tree", "/workspace"),
            folder("agent-git", "/workspace/.git"),
            readOnly(MASK, "/workspace/.jj"),
            folder("home", "/home/agent"),
            readOnly(WorkspaceContainers.BIN, "/qudag/bin"),
            mount(WorkspaceContainers.RUN, "/qudag/run"),
            readOnly(PAPERS, "/etc/qudag"))
        .build();
  }

  private static List<EnvVar> env(AgentSpec spec, int attempt) {
    List<EnvVar> env = new ArrayList<>();
    env.add(NodeEnv.of("HOME", "/home/agent"));
    env.add(NodeEnv.of("QUDAG_URL", "http://127.0.0.1:7080"));
    env.add(NodeEnv.of("QUDAG_ATTEMPT", Integer.toString(attempt)));
    env.add(NodeEnv.of("GIT_CONFIG_COUNT", "1"));
    env.add(NodeEnv.of("GIT_CONFIG_KEY_0", "safe.directory"));
    env.add(NodeEnv.of("GIT_CONFIG_VALUE_0", "*"));
    spec.env().forEach(variable -> env.add(variable(variable)));
    return env;
  }

  private static EnvVar variable(dev.qudag.api.v1alpha1.EnvVar variable) {
    if (variable.secretKeyRef() == null) {
      return NodeEnv.of(variable.name(), variable.value() == null ? "" : variable.value());
    }
    return new EnvVarBuilder()
        .withName(variable.name())
        .withNewValueFrom()
        .withNewSecretKeyRef()
        .withName(variable.secretKeyRef().name())
        .withKey(variable.secretKeyRef().key())
        .endSecretKeyRef()
        .endValueFrom()
        .build();
  }

  private static ResourceRequirements resources(AgentSpec spec) {
    if (spec.resources() != null) {
      return new ResourceRequirementsBuilder()
          .withRequests(spec.resources().requests())
          .withLimits(spec.resources().limits())
          .build();
    }
    return switch (spec.profile() == null ? Profile.Light : spec.profile()) {
      case Light -> resources("500m", "1Gi", "1", "2Gi");
      case Medium -> resources("1", "2Gi", "2", "4Gi");
      case Heavy -> resources("2", "4Gi", "4", "8Gi");
    };
  }

  private static ResourceRequirements resources(
      String cpu, String memory, String cpuLimit, String memoryLimit) {
    return new ResourceRequirementsBuilder()
        .withRequests(Map.of("cpu", new Quantity(cpu), "memory", new Quantity(memory)))
        .withLimits(Map.of("cpu", new Quantity(cpuLimit), "memory", new Quantity(memoryLimit)))
        .build();
  }

  private static VolumeMount readOnly(String volume, String path) {
    return new VolumeMountBuilder().withName(volume).withMountPath(path).withReadOnly(true).build();
  }
}
