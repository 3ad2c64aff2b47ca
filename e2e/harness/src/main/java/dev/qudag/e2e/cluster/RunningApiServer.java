package dev.qudag.e2e.cluster;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** An API server with its etcd, in a folder of its own; closing stops both. */
final class RunningApiServer implements AutoCloseable {

  private static final Path CRDS = Path.of("crds", "src", "main", "resources", "META-INF", "qudag");

  private final Harness harness;
  private final Path folder;
  private final Path kubeconfig;

  private RunningApiServer(Harness harness, Path folder, Path kubeconfig) {
    this.harness = harness;
    this.folder = folder;
    this.kubeconfig = kubeconfig;
  }

  static RunningApiServer start(Harness harness, Path folder) {
    Path kubeconfig = Path.of(harness.run("apiserver", "up", "--dir", folder.toString()));
    return new RunningApiServer(harness, folder, kubeconfig);
  }

  Path kubeconfig() {
    return kubeconfig;
  }

  /** Applies every definition of the source tree, and waits until each is served. */
  void applyCrds() {
    try (KubernetesClient client = Harness.client(kubeconfig, "default")) {
      var definitions = client.apiextensions().v1().customResourceDefinitions();
      for (Path file : crdFiles(harness.root().resolve(CRDS))) {
        var definition = definitions.load(file.toFile());
        definition.forceConflicts().serverSideApply();
        definition.waitUntilCondition(RunningApiServer::isEstablished, 30, TimeUnit.SECONDS);
      }
    }
  }

  private static List<Path> crdFiles(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("no custom resource definitions in " + folder, e);
    }
  }

  private static boolean isEstablished(CustomResourceDefinition definition) {
    return definition != null
        && definition.getStatus() != null
        && definition.getStatus().getConditions() != null
        && definition.getStatus().getConditions().stream()
            .anyMatch(c -> c.getType().equals("Established") && c.getStatus().equals("True"));
  }

  @Override
  public void close() {
    harness.run("apiserver", "down", "--dir", folder.toString());
  }
}
