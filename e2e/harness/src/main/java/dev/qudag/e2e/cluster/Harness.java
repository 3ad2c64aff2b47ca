package dev.qudag.e2e.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command {@code e2e/cluster} of one source tree. Its progress goes to this process's standard
 * error.
 */
record Harness(Path root) {

  private static final Path COMMAND = Path.of("e2e", "cluster");

  /** The harness of the source tree that holds {@code start} or of which it is the root. */
  static Harness above(Path start) {
    for (Path folder = start.toAbsolutePath(); folder != null; folder = folder.getParent()) {
      if (Files.isExecutable(folder.resolve(COMMAND))) {
        return new Harness(folder);
      }
    }
    throw new IllegalStateException("no " + COMMAND + " in or above " + start.toAbsolutePath());
  }

  /** What the command printed, without the last line's end; fails when its exit code is not 0. */
  String run(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(root.resolve(COMMAND).toString());
    command.addAll(List.of(arguments));
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(root.toFile())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      process.getOutputStream().close();
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      int exitCode = process.waitFor();
      if (exitCode != 0) {
        throw new IllegalStateException(String.join(" ", command) + " ended with " + exitCode);
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted during " + String.join(" ", command), e);
    }
  }

  /** A client of the cluster that the kubeconfig names, with {@code namespace} as its own. */
  static KubernetesClient client(Path kubeconfig, String namespace) {
    Config config = Config.fromKubeconfig(kubeconfig.toFile());
    config.setNamespace(namespace);
    return new KubernetesClientBuilder().withConfig(config).build();
  }
}
