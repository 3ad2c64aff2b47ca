package dev.qudag.operator.agent.pod;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.api.v1alpha1.Agent;
import dev.qudag.operator.agent.lifecycle.Feedback;
import dev.qudag.operator.golden.GoldenDirectory;
import dev.qudag.operator.node.SwarmKey;
import dev.qudag.operator.pod.NodeSettings;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.VolumeMount;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The pods of an agent against golden files: the pod of its second attempt (in {@code revised-*}:
 * with feedback), or in {@code handover} the pod that finishes another's handover.
 */
class AgentPodsTest {
  private static final RunPlace PLACE =
      new RunPlace(
          new NodeSettings("localhost/qudag/node:dev", "ab".repeat(32), "cd".repeat(32), false),
          new SwarmKey("team", "demo"),
          "5a5a5a5a-0000-4000-8000-000000000001",
          "main",
          "writer",
          "5a5a5a5a-0000-4000-8000-000000000002",
          "writer-workspace",
          "Jujutsu");

  static List<GoldenDirectory> cases() {
    return GoldenDirectory.of("agent").toList();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void makesExactlyThisPod(GoldenDirectory golden) {
    golden.check(List.of(pod(golden)));
  }

  /** What the masks of design/merge.md keep apart must stay apart, whatever else changes. */
  @ParameterizedTest
  @MethodSource("cases")
  void theAgentSeesNeitherTheSidecarsFoldersNorItsToken(GoldenDirectory golden) {
    Agent owner = golden.in("agent", Agent.class);
    Pod pod = AgentPods.attempt(owner, PLACE, 1, Optional.empty());
    Container agent = pod.getSpec().getContainers().getFirst();
    assertThat(agent.getVolumeMounts())
        .noneMatch(mount -> mount.getName().equals("enrol-token"))
        .noneMatch(
            mount -> "private".equals(mount.getSubPath()) || "jj".equals(mount.getSubPath()));
    assertThat(mount(agent, "/workspace/.jj").getReadOnly()).isTrue();
    assertThat(pod.getSpec().getAutomountServiceAccountToken()).isFalse();
    assertThat(pod.getSpec().getInitContainers())
        .filteredOn(container -> "Always".equals(container.getRestartPolicy()))
        .singleElement()
        .satisfies(
            sidecar ->
                assertThat(sidecar.getVolumeMounts())
                    .noneMatch(mount -> "agent-git".equals(mount.getSubPath())));
  }

  /** A sidecar that is killed while it hands over has lost what it read. */
  @ParameterizedTest
  @MethodSource("cases")
  void theSidecarGivesUpWellBeforeTheKubeletKillsIt(GoldenDirectory golden) {
    Agent owner = golden.in("agent", Agent.class);
    Pod pod = AgentPods.attempt(owner, PLACE, 1, Optional.empty());
    long tries =
        pod.getSpec().getInitContainers().getFirst().getEnv().stream()
            .filter(variable -> variable.getName().equals("QUDAG_HANDOVER_SECONDS"))
            .mapToLong(variable -> Long.parseLong(variable.getValue()))
            .findFirst()
            .orElseThrow();

    assertThat(tries + 15).isLessThanOrEqualTo(pod.getSpec().getTerminationGracePeriodSeconds());
  }

  private static VolumeMount mount(Container container, String path) {
    return container.getVolumeMounts().stream()
        .filter(mount -> mount.getMountPath().equals(path))
        .findFirst()
        .orElseThrow();
  }

  private static Pod pod(GoldenDirectory golden) {
    Agent agent = golden.in("agent", Agent.class);
    if (golden.toString().equals("handover")) {
      return AgentPods.handover(agent, PLACE, "5a5a5a5a-0000-4000-8000-000000000004");
    }
    boolean revised = golden.toString().startsWith("revised");
    return AgentPods.attempt(
        agent, PLACE, 2, revised ? Optional.of(new Feedback(2, "mp-1")) : Optional.empty());
  }
}
