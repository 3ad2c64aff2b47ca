package dev.qudag.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.qudag.e2e.cluster.ApiServer;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.FieldValidateable;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documents and samples tell people to apply is taken by the API server, every field. */
@ApiServer
class DocumentedManifestsIT {
  private static final Path ROOT = Path.of("..");
  private static final Pattern YAML = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);
  private static final String OURS = "apiVersion: qudag.dev/";

  private static KubernetesClient client;

  @BeforeAll
  static void serve(KubernetesClient given) {
    client = given;
  }

  private record Documented(Path file, String manifest) {
    @Override
    public String toString() {
      return file + ": " + manifest.lines().limit(2).toList();
    }
  }

  @ParameterizedTest
  @MethodSource("manifests")
  void isTaken(Documented documented) {
    String manifest =
        documented
            .manifest()
            .replace("PROPOSAL_NAME", "mp-0123456789abcdef0123")
            .replace("COMMIT", "0123456789abcdef0123456789abcdef01234567");
    HasMetadata object = Serialization.unmarshal(manifest, GenericKubernetesResource.class);
    object.getMetadata().setNamespace(client.getNamespace());
    assertThatCode(
            () ->
                client
                    .resource(object)
                    .dryRun()
                    .fieldValidation(FieldValidateable.Validation.STRICT)
                    .serverSideApply())
        .doesNotThrowAnyException();
  }

  @Test
  void areFound() throws IOException {
    assertThat(manifests())
        .extracting(documented -> ROOT.relativize(documented.file()).toString())
        .contains("README.md", "samples/hello/20-swarm.yaml");
  }

  static List<Documented> manifests() throws IOException {
    List<Documented> found = new ArrayList<>();
    for (Path file : files()) {
      String text = Files.readString(file);
      if (file.toString().endsWith(".yaml")) {
        add(found, file, text);
      } else {
        Matcher blocks = YAML.matcher(text);
        while (blocks.find()) {
          add(found, file, blocks.group(1));
        }
      }
    }
    return found;
  }

  private static void add(List<Documented> found, Path file, String documents) {
    Stream.of(documents.split("(?m)^---\\n"))
        .filter(document -> document.contains(OURS))
        .forEach(document -> found.add(new Documented(file, document)));
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"));
        Stream<Path> samples = Files.walk(ROOT.resolve("samples"))) {
      return Stream.of(
              Stream.of(ROOT.resolve("README.md")),
              docs.filter(file -> file.toString().endsWith(".md")),
              samples.filter(file -> file.toString().endsWith(".yaml")))
          .flatMap(files -> files)
          .sorted()
          .toList();
    }
  }
}
