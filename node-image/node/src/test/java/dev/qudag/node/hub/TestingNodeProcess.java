package dev.qudag.node.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.qudag.crypto.NodeIdentity;
import dev.qudag.node.QudagNode;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A hub or validator as a process of its own, and what it needs to be started again. */
final class TestingNodeProcess {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  final int port;
  private final Path folder;
  private final String role;
  private final Map<String, String> variables;
  private Process process;

  TestingNodeProcess(
      Path folder, String name, String role, int port, NodeIdentity operator, String addresses)
      throws IOException {
    this.folder = Files.createDirectories(folder);
    this.role = role;
    this.port = port;
    Files.writeString(folder.resolve("token"), "projected");
    variables = TestingHubNode.variables(folder, name, operator, addresses);
    variables.put("QUDAG_GRPC_PORT", Integer.toString(port));
    variables.put("QUDAG_BRANCH", "main");
    variables.put("QUDAG_TEST_CRASH_POINTS", "true");
  }

  void start() throws IOException {
    var builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin/java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("java.class.path"),
            QudagNode.class.getName(),
            role);
    builder.environment().putAll(variables);
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()));
    process = builder.start();
  }

  /** Its volume. */
  Path data() {
    return folder.resolve("data");
  }

  /** All that it ever logged. */
  String log() throws IOException {
    return Files.readString(folder.resolve("log"));
  }

  void set(String variable, String value) {
    variables.put(variable, value);
  }

  NodeIdentity identity() throws IOException {
    await().atMost(PATIENCE).until(() -> Files.exists(data().resolve("identity")));
    return NodeIdentity.loadOrCreate(data().resolve("identity"));
  }

  /** Has it die when it reaches a point. */
  void dieAt(String point) throws IOException {
    Files.writeString(data().resolve("crash-at"), point);
  }

  /** SIGKILL; returns when it is gone. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** SIGTERM. */
  void terminate() {
    process.destroy();
  }

  int exitValue() throws InterruptedException {
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
