package dev.qudag.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@ApiServer(crds = false)
class FailureReportIT {

  @TempDir Path folder;

  @Test
  void writesAFileForEachKindOfObjectOfTheNamespace(KubernetesClient client) {
    client
        .configMaps()
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withName("letter")
                .endMetadata()
                .withData(Map.of("greeting", "hello"))
                .build())
        .create();

    new FailureReport(client, folder).write();

    assertThat(folder.resolve("configmaps.yaml"))
        .content()
        .contains("letter", "greeting: \"hello\"");
    assertThat(folder.resolve("pods.yaml")).doesNotExist();
  }

  @Test
  void keepsSecretsToItself(KubernetesClient client) {
    client
        .secrets()
        .resource(
            new SecretBuilder()
                .withNewMetadata()
                .withName("key")
                .endMetadata()
                .withStringData(Map.of("token", "abc"))
                .build())
        .create();

    new FailureReport(client, folder).write();

    assertThat(folder).isEmptyDirectory();
  }
}
