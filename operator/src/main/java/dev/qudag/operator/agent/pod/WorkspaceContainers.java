package dev.qudag.operator.agent.pod;

import static dev.qudag.operator.pod.PodParts.mount;

import dev.qudag.api.v1alpha1.Agent;
import dev.qudag.api.v1alpha1.Task;
import dev.qudag.operator.agent.lifecycle.HandoverTimes;
import dev.qudag.operator.node.Ports;
import dev.qudag.operator.pod.NodeEnv;
import dev.qudag.operator.pod.PodParts;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.time.Duration;
import java.util.List;

/**
 * The containers of the workspace role. One volume holds everything, in folders that no two
 * containers see alike:
 *
 * <pre>
 *              tree         jj               agent-git         private          home
 * sidecar      /workspace   /workspace/.jj   -                 /var/lib/qudag   -
 * install      -            -                /agent-git        (agent.git)      -
 * agent        /workspace   (masked)         /workspace/.git   -                /home/agent
 * </pre>
 */
final class WorkspaceContainers {
  static final String VOLUME = "work";
  static final String BIN = "bin";
  static final String RUN = "run";

  /** An agent that fills it loses its pod: thousands of requests take a few MiB. */
  private static final Quantity REQUESTS_SIZE = new Quantity("64Mi");

  private WorkspaceContainers() {}

  /**
   * A native sidecar: it starts before the agent and ends after it. The next container waits until
   * it has joined the swarm and made the files; how long that may take is the pod's deadline.
   */
  static Container sidecar(Agent agent, RunPlace place) {
    return base(agent, place, AgentNames.SIDECAR_CONTAINER, "run", HandoverTimes.SIDECAR)
        .withRestartPolicy("Always")
        .withStartupProbe(PodParts.startup("/readyz", agent.getSpec().timeoutSeconds()))
        .build();
  }

  /** Brings the agent its repository, once, and its client; it sees nothing else of the sidecar. */
  static Container install(RunPlace place) {
    return new ContainerBuilder()
        .withName(AgentNames.INSTALL_CONTAINER)
        .withImage(place.settings().image())
        .withImagePullPolicy("IfNotPresent")
        .withCommand("/opt/qudag/agent/install")
        .withResources(resources())
        .withSecurityContext(PodParts.containerSecurity(true))
        .withVolumeMounts(
            readOnly("private/agent.git", PodParts.DATA_PATH + "/agent.git"),
            folder("agent-git", "/agent-git"),
            mount(BIN, "/qudag/bin"))
        .build();
  }

  /**
   * Finishes the handover of a lost pod.
   *
   * @param podUid UID of that pod
   */
  static Container handover(Agent agent, RunPlace place, String podUid) {
    return base(agent, place, "handover", "handover", HandoverTimes.HANDOVER_POD)
        .addToEnv(NodeEnv.of("QUDAG_HANDOVER_POD_UID", podUid))
        .build();
  }

  private static ContainerBuilder base(
      Agent agent, RunPlace place, String name, String step, Duration handover) {
    return new ContainerBuilder()
        .withName(name)
        .withImage(place.settings().image())
        .withImagePullPolicy("IfNotPresent")
        .withArgs("workspace", step)
        .withEnv(env(agent, place))
        .addToEnv(NodeEnv.of("QUDAG_HANDOVER_SECONDS", Long.toString(handover.toSeconds())))
        .withPorts(PodParts.ports())
        .withResources(resources())
        .withSecurityContext(PodParts.containerSecurity(true))
        .withVolumeMounts(
            folder("tree", "/workspace"),
            folder("jj", "/workspace/.jj"),
            folder("private", PodParts.DATA_PATH),
            mount(RUN, "/qudag/run"),
            mount("tmp", "/tmp"),
            PodParts.tokenMount());
  }

  private static List<EnvVar> env(Agent agent, RunPlace place) {
    List<EnvVar> env =
        NodeEnv.common(place.settings(), place.workspace(), place.swarm().name(), place.swarmUid());
    env.add(NodeEnv.of("QUDAG_WORKSPACE_UID", place.workspaceUid()));
    env.add(NodeEnv.of("QUDAG_WORKSPACE_NAME", place.workspace()));
    env.add(NodeEnv.of("QUDAG_AGENT_NAME", agent.getMetadata().getName()));
    env.add(
        NodeEnv.of("QUDAG_HUB", place.swarm().host(place.swarm().hubName()) + ":" + Ports.GRPC));
    env.add(NodeEnv.of("QUDAG_BASE_BRANCH", place.branch()));
    env.add(NodeEnv.of("QUDAG_VCS", place.vcs()));
    Task task = agent.getSpec().task();
    if (task != null) {
      env.add(NodeEnv.of("QUDAG_TASK_TITLE", task.title()));
    }
    return env;
  }

  private static ResourceRequirements resources() {
    return new ResourceRequirementsBuilder()
        .addToRequests("cpu", new Quantity("20m"))
        .addToRequests("memory", new Quantity("96Mi"))
        .addToLimits("memory", new Quantity("512Mi"))
        .build();
  }

  static VolumeMount folder(String folder, String path) {
    return new VolumeMountBuilder()
        .withName(VOLUME)
        .withSubPath(folder)
        .withMountPath(path)
        .build();
  }

  private static VolumeMount readOnly(String folder, String path) {
    return new VolumeMountBuilder(folder(folder, path)).withReadOnly(true).build();
  }

  /** Volumes that every pod of a workspace has. */
  static List<Volume> volumes(RunPlace place) {
    Volume work =
        new VolumeBuilder()
            .withName(VOLUME)
            .withNewPersistentVolumeClaim()
            .withClaimName(place.volume())
            .endPersistentVolumeClaim()
            .build();
    return List.of(work, requests(), PodParts.tmpVolume(), PodParts.tokenVolume());
  }

  /**
   * Request and answer files: apart from the work, so that the agent is answered when it is full.
   */
  private static Volume requests() {
    return new VolumeBuilder()
        .withName(RUN)
        .withNewEmptyDir()
        .withSizeLimit(REQUESTS_SIZE)
        .endEmptyDir()
        .build();
  }

  static Volume scratch(String name) {
    return new VolumeBuilder().withName(name).withNewEmptyDir().endEmptyDir().build();
  }
}
