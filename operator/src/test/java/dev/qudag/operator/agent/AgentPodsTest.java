package dev.qudag.operator.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.api.v1alpha1.Agent;
import dev.qudag.operator.node.SwarmKey;
import dev.qudag.operator.pod.NodeSettings;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The pods of an agent against golden files: {@code in-NAME.yaml} is an Agent, {@code out-NAME.yaml} the pod of its second
 * attempt (with {@code revised} in the name: with feedback), or its handover pod. What was made is left in target/golden.
 */
class AgentPodsTest {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/agent-pods");
  private static final Path MADE = Path.of("target/golden/agent-pods");
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

  @ParameterizedTest
  @MethodSource("cases")
  void isAsTheGoldenFileSays(String name) throws IOException {
    String made = Serialization.asYaml(pod(name));
    Files.createDirectories(MADE);
    Files.writeString(MADE.resolve("out-" + name + ".yaml"), made);
    assertThat(made)
        .as("compare with %s; if it is right, copy it to %s", MADE, GOLDEN)
        .isEqualTo(Files.readString(GOLDEN.resolve("out-" + name + ".yaml")));
  }

  @Test
  void everyGoldenFileIsUsed() throws IOException {
    List<String> cases = cases().toList();
    try (Stream<Path> files = Files.list(GOLDEN)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .allMatch(file -> cases.contains(file.replaceFirst("^(in|out)-", "").replace(".yaml", "")));
    }
  }

  /** What the masks of design/merge.md keep apart must stay apart, whatever else changes. */
  @Test
  void theAgentSeesNeitherTheSidecarsFoldersNorItsToken() throws IOException {
    Pod pod = pod("least");
    Container agent = pod.getSpec().getContainers().getFirst();
    assertThat(agent.getVolumeMounts())
        .noneMatch(mount -> mount.getName().equals("enrol-token"))
        .noneMatch(mount -> "private".equals(mount.getSubPath()) || "jj".equals(mount.getSubPath()));
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

  private static VolumeMount mount(Container container, String path) {
    return container.getVolumeMounts().stream()
        .filter(mount -> mount.getMountPath().equals(path))
        .findFirst()
        .orElseThrow();
  }

  private static Pod pod(String name) throws IOException {
    Agent agent =
        Serialization.unmarshal(Files.readString(GOLDEN.resolve("in-" + name + ".yaml")), Agent.class);
    if (name.startsWith("handover")) {
      return AgentPods.handover(agent, PLACE, "5a5a5a5a-0000-4000-8000-000000000004");
    }
    Optional<Feedback> feedback =
        name.startsWith("revised") ? Optional.of(new Feedback(2, "mp-1")) : Optional.empty();
    return AgentPods.attempt(agent, PLACE, 2, feedback);
  }

  static Stream<String> cases() throws IOException {
    try (Stream<Path> files = Files.list(GOLDEN)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.startsWith("in-"))
          .map(file -> file.substring("in-".length(), file.length() - ".yaml".length()))
          .sorted()
          .toList()
          .stream();
    }
  }
}
