package dev.qudag.e2e.cluster;

import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What a namespace held when a test failed: a file for each kind of object, one for each log. */
record FailureReport(KubernetesClient client, Path folder) {

  /** Secrets are left out on purpose: reports are copied around. */
  private static final String SECRETS = "secrets";

  private static final List<String> GROUP_VERSIONS =
      List.of(
          "v1",
          "apps/v1",
          "batch/v1",
          "coordination.k8s.io/v1",
          "networking.k8s.io/v1",
          "policy/v1",
          "qudag.dev/v1alpha1");

  void write() {
    create(folder);
    for (String groupVersion : GROUP_VERSIONS) {
      APIResourceList resources = client.getApiResources(groupVersion);
      if (resources != null) {
        resources.getResources().stream()
            .filter(FailureReport::isReported)
            .forEach(resource -> writeObjects(groupVersion, resource));
      }
    }
    client.pods().list().getItems().forEach(this::writeLogs);
  }

  private static boolean isReported(APIResource resource) {
    return resource.getNamespaced()
        && resource.getVerbs().contains("list")
        && !resource.getName().equals(SECRETS);
  }

  private void writeObjects(String groupVersion, APIResource resource) {
    int slash = groupVersion.indexOf('/');
    ResourceDefinitionContext kind =
        new ResourceDefinitionContext.Builder()
            .withGroup(slash < 0 ? "" : groupVersion.substring(0, slash))
            .withVersion(groupVersion.substring(slash + 1))
            .withKind(resource.getKind())
            .withPlural(resource.getName())
            .withNamespaced(true)
            .build();
    GenericKubernetesResourceList objects = client.genericKubernetesResources(kind).list();
    if (!objects.getItems().isEmpty()) {
      objects.getItems().forEach(object -> object.getMetadata().setManagedFields(List.of()));
      writeFile(resource.getName() + ".yaml", Serialization.asYaml(objects.getItems()));
    }
  }

  private void writeLogs(Pod pod) {
    Stream.of(pod.getStatus().getInitContainerStatuses(), pod.getStatus().getContainerStatuses())
        .flatMap(List::stream)
        .forEach(container -> writeLog(pod.getMetadata().getName(), container));
  }

  private void writeLog(String pod, ContainerStatus container) {
    String name = container.getName();
    writeFile(pod + "." + name + ".log", logOf(pod, name, false));
    if (container.getRestartCount() > 0) {
      writeFile(pod + "." + name + ".before.log", logOf(pod, name, true));
    }
  }

  private String logOf(String pod, String container, boolean before) {
    var containerOfPod = client.pods().withName(pod).inContainer(container);
    try {
      return before ? containerOfPod.terminated().getLog() : containerOfPod.getLog();
    } catch (KubernetesClientException e) {
      return "no log: " + e.getMessage();
    }
  }

  private void writeFile(String name, String content) {
    try {
      Files.writeString(folder.resolve(name), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void create(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
