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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A hub or validator as a process of its own, and what it needs to be started again. */
public final class TestingNodeProcess {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** Who lives for a minute never earns what the second compiler costs. */
  public static final List<String> QUICK_START =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  /** What {@code bin/qudag-node} gives a hub and a validator, but for the cache of classes. */
  public static final List<String> AS_IN_THE_IMAGE =
      List.of(
          "-Xms16m",
          "-Xmx256m",
          "-XX:+UseSerialGC",
          "-XX:+UseCompactObjectHeaders",
          "-XX:ReservedCodeCacheSize=48m",
          "-XX:MaxDirectMemorySize=64m",
          "-Dio.netty.allocator.type=unpooled",
          "-Dio.netty.eventLoopThreads=2");

  public final int port;
  private final Path folder;
  private final String role;
  private final Map<String, String> variables;
  private List<String> jvm = QUICK_START;
  private volatile Process process;

  public TestingNodeProcess(
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
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(this::endWithTheTest));
  }

  /** A test that is stopped on its way leaves nothing behind. */
  private void endWithTheTest() {
    Process last = process;
    if (last != null) {
      Process unused = last.destroyForcibly();
    }
  }

  /** Sets the options of its JVM, from the next start on. */
  public void runsWith(List<String> options) {
    jvm = List.copyOf(options);
  }

  public void start() throws IOException {
    var words = new ArrayList<String>();
    words.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    words.addAll(jvm);
    words.addAll(
        List.of(
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("java.class.path"),
            QudagNode.class.getName(),
            role));
    var builder = new ProcessBuilder(words);
    builder.environment().putAll(variables);
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()));
    process = builder.start();
  }

  /** Its volume. */
  public Path data() {
    return folder.resolve("data");
  }

  /** All that it ever logged. */
  public String log() throws IOException {
    return Files.readString(folder.resolve("log"));
  }

  public void set(String variable, String value) {
    variables.put(variable, value);
  }

  public NodeIdentity identity() throws IOException {
    await().atMost(PATIENCE).until(() -> Files.exists(data().resolve("identity")));
    return NodeIdentity.loadOrCreate(data().resolve("identity"));
  }

  /** Has it die when it reaches a point. */
  void dieAt(String point) throws IOException {
    Files.writeString(data().resolve("crash-at"), point);
  }

  /** SIGKILL, if it was started; returns when it is gone. */
  public void kill() throws InterruptedException {
    if (process != null) {
      process.destroyForcibly().waitFor();
    }
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
