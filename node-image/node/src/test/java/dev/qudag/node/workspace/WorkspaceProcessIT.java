package dev.qudag.node.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.HubMember;
import dev.qudag.consensus.chain.Member;
import dev.qudag.consensus.chain.OperatorIdentity;
import dev.qudag.consensus.chain.Policy;
import dev.qudag.consensus.chain.WorkspaceGrant;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.NodeIdentity;
import dev.qudag.crypto.VerifyingKey;
import dev.qudag.node.QudagNode;
import dev.qudag.node.net.NodeServer;
import dev.qudag.node.net.PinnedChannels;
import dev.qudag.proto.EnrolRequest;
import dev.qudag.proto.EnrolResponse;
import dev.qudag.proto.EnrolmentGrpc;
import dev.qudag.proto.JoinRequest;
import io.grpc.ManagedChannel;
import io.grpc.ServerInterceptors;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The three steps as processes of their own, with a real jj, joined by an operator over real TLS.
 */
class WorkspaceProcessIT {

  private static final NodeIdentity OPERATOR = NodeIdentity.generate();

  @TempDir Path folder;
  private final NodeIdentity hubKeys = NodeIdentity.generate();
  private final List<Process> processes = new ArrayList<>();
  private TestingHub hub;
  private NodeServer server;
  private int grpcPort;
  private int healthPort;
  private int loopbackPort;

  @BeforeEach
  void start() throws IOException {
    hub = new TestingHub(folder, Map.of("README.md", "hello\n"));
    server = NodeServer.start(hubKeys, 0);
    server.add(
        ServerInterceptors.intercept(
            new TestingGateway(hub, folder), new TestingGateway.GrantReader()));
    grpcPort = freePort();
    healthPort = freePort();
    loopbackPort = freePort();
    for (String made : List.of("workspace", "data", "agent-git", "bin", "run", "agent-home")) {
      Files.createDirectories(folder.resolve(made));
    }
    Files.writeString(folder.resolve("token"), "projected\n");
  }

  @AfterEach
  void stop() {
    processes.forEach(Process::destroyForcibly);
    server.close();
  }

  @Test
  void fromEnrolmentToHandover() throws Exception {
    Process init = node("init", "pod-1");
    join();
    assertThat(init.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(init.exitValue()).as(log("init")).isZero();
    assertThat(folder.resolve("workspace/README.md")).hasContent("hello\n");

    Process run = node("run", "pod-1");
    await().atMost(Duration.ofSeconds(60)).until(this::ready);
    Files.writeString(folder.resolve("workspace/.git"), "gitdir: " + folder.resolve("agent-git"));
    agent("echo more >> README.md; git commit -qam 'Say more'; git push origin HEAD");
    assertThat(hub.last().title()).isEqualTo("Say more");
    String pushed = hub.last().commit();

    agent("echo rest > rest.txt; qudag status");
    run.destroy();
    assertThat(run.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(hub.last().candidate()).as(log("run")).isTrue();
    assertThat(hub.last().podUid()).isEqualTo("pod-1");
    assertThat(hub.file(hub.last().commit(), "rest.txt")).isEqualTo("rest");
    assertThat(hub.git.isAncestor(pushed, hub.last().commit())).isTrue();

    Files.writeString(folder.resolve("workspace/late.txt"), "late\n");
    Process handover = node("handover", "pod-2");
    assertThat(handover.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(handover.exitValue()).as(log("handover")).isZero();
    assertThat(hub.last().podUid()).isEqualTo("lost-pod");
    assertThat(hub.file(hub.last().commit(), "late.txt")).isEqualTo("late");
  }

  private Process node(String step, String podUid) throws IOException {
    var builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin/java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            QudagNode.class.getName(),
            "workspace",
            step);
    builder.environment().putAll(environment(podUid));
    builder.redirectErrorStream(true).redirectOutput(folder.resolve(step + ".log").toFile());
    Process process = builder.start();
    processes.add(process);
    return process;
  }

  private Map<String, String> environment(String podUid) {
    var environment = new HashMap<String, String>();
    environment.put("QUDAG_NODE_NAME", "agent-0");
    environment.put("QUDAG_NAMESPACE", "default");
    environment.put("QUDAG_SWARM", "s");
    environment.put("QUDAG_SWARM_UID", "swarm-uid");
    environment.put("QUDAG_POD_NAME", "agent-0-1");
    environment.put("QUDAG_POD_UID", podUid);
    environment.put("QUDAG_HANDOVER_POD_UID", podUid.equals("pod-2") ? "lost-pod" : podUid);
    environment.put("QUDAG_DATA", folder.resolve("data").toString());
    environment.put("QUDAG_OPERATOR_TLS_FINGERPRINT", OPERATOR.tlsFingerprint().toString());
    environment.put(
        "QUDAG_OPERATOR_KEY_FINGERPRINT", OPERATOR.verifyingKey().fingerprint().toString());
    environment.put("QUDAG_ENROL_TOKEN_FILE", folder.resolve("token").toString());
    environment.put("QUDAG_GRPC_PORT", Integer.toString(grpcPort));
    environment.put("QUDAG_HEALTH_PORT", Integer.toString(healthPort));
    environment.put("QUDAG_LOOPBACK_PORT", Integer.toString(loopbackPort));
    environment.put("QUDAG_WORKSPACE_UID", "workspace-uid");
    environment.put("QUDAG_WORKSPACE_NAME", "agent-0");
    environment.put("QUDAG_AGENT_NAME", "agent-0");
    environment.put("QUDAG_HUB", "localhost:" + server.port());
    environment.put("QUDAG_BASE_BRANCH", "main");
    environment.put("QUDAG_VCS", "Jujutsu");
    environment.put("QUDAG_JJ", TestingJujutsu.program().toString());
    environment.put("QUDAG_TASK_TITLE", "the task");
    environment.put("QUDAG_WORKSPACE_DIR", folder.resolve("workspace").toString());
    environment.put("QUDAG_AGENT_GIT_DIR", folder.resolve("agent-git").toString());
    environment.put("QUDAG_BIN_DIR", folder.resolve("bin").toString());
    environment.put("QUDAG_RUN_DIR", folder.resolve("run").toString());
    environment.put(
        "QUDAG_CLIENT_FILE", Path.of("src/main/shell/qudag").toAbsolutePath().toString());
    return environment;
  }

  /** What the operator does: asks who it is, and hands over genesis and grant. */
  private void join() {
    EnrolResponse workspace =
        await().atMost(Duration.ofSeconds(60)).until(this::enrol, r -> r != null);
    var key = VerifyingKey.of(workspace.getSigningKey().toByteArray());
    var tls = Digest.of(workspace.getTlsFingerprint().toByteArray());
    Genesis genesis = genesis();
    var grant =
        new WorkspaceGrant(genesis.chainId(), workspace.getName(), "agent-0", key, tls)
            .sign(OPERATOR.signingKey());
    ManagedChannel channel = new PinnedChannels(OPERATOR).to("localhost", grpcPort, tls);
    EnrolmentGrpc.newBlockingStub(channel)
        .join(
            JoinRequest.newBuilder()
                .setGenesis(ByteString.copyFrom(genesis.encode()))
                .setGrant(ByteString.copyFrom(grant.encode()))
                .build());
    channel.shutdownNow();
  }

  private EnrolResponse enrol() throws IOException {
    Path keys = folder.resolve("data/identity");
    if (!Files.exists(keys)) {
      return null;
    }
    Digest tls = NodeIdentity.loadOrCreate(keys).tlsFingerprint();
    ManagedChannel channel = new PinnedChannels(OPERATOR).to("localhost", grpcPort, tls);
    try {
      return EnrolmentGrpc.newBlockingStub(channel)
          .enrol(
              EnrolRequest.newBuilder()
                  .setSwarmUid("swarm-uid")
                  .setNonce(ByteString.copyFrom(new byte[32]))
                  .build());
    } catch (StatusRuntimeException e) {
      return null;
    } finally {
      channel.shutdownNow();
    }
  }

  private Genesis genesis() {
    var validator = NodeIdentity.generate();
    return new Genesis(
        Bytes.of(new byte[Genesis.NONCE_SIZE]),
        "s",
        "refs/heads/main",
        hub.head(),
        new OperatorIdentity(OPERATOR.verifyingKey(), OPERATOR.tlsFingerprint()),
        new HubMember("s-hub", hubKeys.verifyingKey(), hubKeys.tlsFingerprint()),
        List.of(new Member(0, "s-v0", validator.verifyingKey(), validator.tlsFingerprint(), 1)),
        new Policy(List.of(), List.of(".env*")),
        500);
  }

  private boolean ready() throws InterruptedException {
    try (var client = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(URI.create("http://localhost:" + healthPort + "/readyz"));
      return client.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode()
          == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private void agent(String script) throws Exception {
    var builder =
        new ProcessBuilder("sh", "-ec", script).directory(folder.resolve("workspace").toFile());
    builder.environment().put("HOME", folder.resolve("agent-home").toString());
    builder.environment().put("PATH", System.getenv("PATH") + ":" + folder.resolve("bin"));
    builder.environment().put("QUDAG_RUN", folder.resolve("run").toString());
    builder.environment().put("GIT_CONFIG_COUNT", "1");
    builder
        .environment()
        .put("GIT_CONFIG_KEY_0", "url.http://127.0.0.1:" + loopbackPort + "/.insteadOf");
    builder.environment().put("GIT_CONFIG_VALUE_0", "http://127.0.0.1:7080/");
    Path output = folder.resolve("agent.log");
    builder.redirectErrorStream(true).redirectOutput(output.toFile());
    Process process = builder.start();
    processes.add(process);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(output) + log("run")).isZero();
  }

  private String log(String step) throws IOException {
    return Files.readString(folder.resolve(step + ".log"));
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
