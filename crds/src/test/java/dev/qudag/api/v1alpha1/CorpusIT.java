package dev.qudag.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.qudag.e2e.cluster.ApiServer;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The corpus of objects that the API server must take or refuse. The documents of a file are
 * applied one after the other; of an {@code invalid-*} file the last must be refused, with the text
 * of the header {@code # expect:}.
 */
@ApiServer
class CorpusIT {
  private static final Path CORPUS = Path.of("src/test/resources/corpus");
  private static final String EXPECT = "# expect: ";

  private static KubernetesClient client;

  /** What server-side apply cannot read is an error 500; the client would ask again for 19 s. */
  @BeforeAll
  static void serve(KubernetesClient given) {
    client =
        new KubernetesClientBuilder()
            .withConfig(
                new ConfigBuilder(given.getConfiguration()).withRequestRetryBackoffLimit(0).build())
            .build();
  }

  @AfterAll
  static void close() {
    client.close();
  }

  @AfterEach
  void clear() {
    for (Class<? extends HasMetadata> kind :
        List.of(Swarm.class, Agent.class, Workspace.class, Validator.class, MergeProposal.class)) {
      client.resources(kind).delete();
    }
  }

  @ParameterizedTest
  @MethodSource("valid")
  void takes(Path file) throws IOException {
    for (String document : documents(file)) {
      apply(document);
    }
  }

  @ParameterizedTest
  @MethodSource("invalid")
  void refuses(Path file) throws IOException {
    String expected = Files.readAllLines(file).getFirst().substring(EXPECT.length());
    List<String> documents = documents(file);
    for (String document : documents.subList(0, documents.size() - 1)) {
      apply(document);
    }
    assertThatThrownBy(() -> apply(documents.getLast()))
        .isInstanceOf(KubernetesClientException.class)
        .hasMessageContaining(expected);
  }

  /** What the records drop or rename would be lost when the operator writes an object back. */
  @ParameterizedTest
  @MethodSource("valid")
  void recordsKeepWhatTheServerStored(Path file) throws IOException {
    HasMetadata stored = apply(documents(file).getLast());
    HasMetadata typed = Serialization.unmarshal(Serialization.asYaml(stored), kind(stored));
    assertThat(spec(typed)).isEqualTo(spec(stored));
  }

  /** Every leaf of the spec with its path; a quantity may be written as a number or as text. */
  private static List<String> spec(HasMetadata object) {
    JsonNode tree = Serialization.unmarshal(Serialization.asYaml(object), JsonNode.class);
    List<String> leaves = new ArrayList<>();
    collect("spec", tree.get("spec"), leaves);
    leaves.sort(Comparator.naturalOrder());
    return leaves;
  }

  private static void collect(String path, JsonNode node, List<String> leaves) {
    if (node.isValueNode()) {
      leaves.add(path + "=" + node.asText());
    }
    node.properties()
        .forEach(field -> collect(path + "." + field.getKey(), field.getValue(), leaves));
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      collect(path + "[" + i + "]", node.get(i), leaves);
    }
  }

  /**
   * Fault 7 of design/dependencies.md: what runs must stand in the object, not in a record's
   * constructor.
   */
  @Test
  void serverWritesTheDefaults() throws IOException {
    HasMetadata stored = apply(documents(CORPUS.resolve("valid-swarm-least.yaml")).getLast());
    assertThat(spec(stored))
        .contains(
            "spec.repository.branch=main",
            "spec.repository.storage.size=1Gi",
            "spec.repository.storage.retention=Retain",
            "spec.validators.storage.size=256Mi",
            "spec.consensus.viewTimeoutMilliseconds=500",
            "spec.policy.queue.maxWindow=4",
            "spec.policy.queue.batchSize=1",
            "spec.policy.queue.maxRunningChecks=64",
            "spec.policy.queue.agentPriorityCap=0",
            "spec.suspended=false");
    assertThat(new SwarmSpec(null, null, null, null, null, null, null, false).repository())
        .isNull();
  }

  @Test
  void isLargeEnough() throws IOException {
    assertThat(files("").count()).isGreaterThanOrEqualTo(60);
  }

  static Stream<Path> valid() throws IOException {
    return files("valid-");
  }

  static Stream<Path> invalid() throws IOException {
    return files("invalid-");
  }

  private static Stream<Path> files(String prefix) throws IOException {
    try (Stream<Path> files = Files.list(CORPUS)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(prefix))
          .sorted()
          .toList()
          .stream();
    }
  }

  private static List<String> documents(Path file) throws IOException {
    return List.of(Files.readString(file).split("(?m)^---\\n"));
  }

  private static HasMetadata apply(String document) {
    return client
        .resource((HasMetadata) Serialization.unmarshal(document, GenericKubernetesResource.class))
        .fieldValidation(FieldValidateable.Validation.STRICT)
        .forceConflicts()
        .serverSideApply();
  }

  private static Class<? extends HasMetadata> kind(HasMetadata object) {
    return switch (object.getKind()) {
      case "Swarm" -> Swarm.class;
      case "Agent" -> Agent.class;
      case "Workspace" -> Workspace.class;
      case "Validator" -> Validator.class;
      case "MergeProposal" -> MergeProposal.class;
      default -> throw new IllegalArgumentException("no record for kind " + object.getKind());
    };
  }
}
