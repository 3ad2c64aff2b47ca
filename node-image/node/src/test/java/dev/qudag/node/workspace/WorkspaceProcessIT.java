package dev.qudag.node.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import dev.qudag.node.QudagNode;
import dev.qudag.node.workspace.vcs.Command;
import dev.qudag.node.workspace.vcs.Git;
import dev.qudag.proto.CloseRequest;
import dev.qudag.proto.EnrolResponse;
import dev.qudag.proto.HubControlGrpc.HubControlBlockingStub;
import dev.qudag.proto.Proposal;
import dev.qudag.proto.ProposalState;
import dev.qudag.proto.WorkspaceState;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The two steps, the real hub and a validator as processes of their own, with a real jj. */
class WorkspaceProcessIT {

  private static final Duration STEP = Duration.ofMinutes(3);

  @TempDir Path folder;
  private final TestingOperator operator = new TestingOperator();
  private final List<Process> processes = new ArrayList<>();
  private final Map<String, Integer> ports = new HashMap<>();
  private HubControlBlockingStub hub;
  private EnrolResponse enrolledHub;
  private EnrolResponse enrolledValidator;

  @BeforeEach
  void startHub() throws IOException {
    for (String port :
        List.of(
            "hub",
            "hub-health",
            "validator",
            "validator-health",
            "workspace",
            "health",
            "loopback")) {
      ports.put(port, freePort());
    }
    for (String made : List.of("workspace", "agent-git", "bin", "run", "agent-home", "seed")) {
      Files.createDirectories(folder.resolve(made));
    }
    Files.writeString(folder.resolve("token"), "projected\n");
    Files.writeString(folder.resolve("seed/files.yaml"), "README.md: \"hello\\n\"\n");
    start("hub", hubEnvironment(), "hub");
    start("validator", validatorEnvironment(), "validator");
    enrolledHub = operator.enrol(folder.resolve("hub"), ports.get("hub"));
    enrolledValidator = operator.enrol(folder.resolve("validator"), ports.get("validator"));
    hub = operator.hub(enrolledHub, ports.get("hub"));
  }

  @AfterEach
  void stop() {
    processes.forEach(Process::destroyForcibly);
    operator.close();
  }

  @Test
  void fromEnrolmentToHandover() throws Exception {
    var genesis = operator.genesis(enrolledHub, enrolledValidator);
    operator.join(enrolledHub, ports.get("hub"), genesis);
    operator.join(enrolledValidator, ports.get("validator"), genesis);
    Process run = start("run", environment("pod-1"), "workspace", "run");
    int port = ports.get("workspace");
    operator.join(operator.enrol(folder.resolve("data"), port), port, genesis);
    await().atMost(STEP).until(this::ready);
    TestingAgent.install(folder, folder.resolve("data"));
    assertThat(folder.resolve("workspace/README.md")).hasContent("hello\n");
    String pushed = aPushIsAProposalOfTheHub();
    aWaitingAgentHearsWhatBecameOfItsProposal(pushed);

    agent("echo rest > rest.txt").orThrow();
    run.destroy();
    assertThat(run.waitFor(STEP)).isTrue();
    WorkspaceState left = workspace();
    assertThat(left.getHandoverPodUid()).as(log("run")).isEqualTo("pod-1");
    assertThat(hubGit("ls-tree", "--name-only", left.getCandidateCommit()).lines())
        .containsExactly("README.md", "mend.txt", "rest.txt");

    Files.writeString(folder.resolve("workspace/late.txt"), "late\n");
    ends(start("handover", environment("lost-pod"), "workspace", "handover"), "handover");
    assertThat(workspace().getHandoverPodUid()).isEqualTo("lost-pod");
    assertThat(hubGit("show", workspace().getCandidateCommit() + ":late.txt")).isEqualTo("late");
  }

  private String aPushIsAProposalOfTheHub() throws IOException {
    Files.writeString(folder.resolve("workspace/.git"), "gitdir: " + folder.resolve("agent-git"));
    var push = agent("echo more >> README.md; git commit -qam 'Say more'; git push origin HEAD");
    assertThat(push.succeeded()).as(push.err() + log("run")).isTrue();
    Proposal proposal = operator.state(hub).getProposals(0);
    assertThat(proposal.getTitle()).isEqualTo("Say more");
    assertThat(proposal.getAuthor()).isEqualTo("agent-0");
    assertThat(proposal.getState()).isEqualTo(ProposalState.OPEN);
    assertThat(push.err()).contains("proposed as " + proposal.getName());
    assertThat(hubGit("show", proposal.getCommit() + ":README.md")).isEqualTo("hello\nmore");
    return proposal.getName();
  }

  private void aWaitingAgentHearsWhatBecameOfItsProposal(String first) throws Exception {
    var waiting =
        CompletableFuture.supplyAsync(
            () -> agent("echo y > mend.txt; qudag propose --wait -m Mend"));
    Proposal second =
        await()
            .atMost(STEP)
            .until(
                () ->
                    operator.state(hub).getProposalsList().stream()
                        .filter(proposal -> !proposal.getName().equals(first))
                        .findAny()
                        .orElse(Proposal.getDefaultInstance()),
                proposal -> proposal.getTitle().equals("Mend"));
    hub.close(
        CloseRequest.newBuilder()
            .setProposal(second.getName())
            .setReason("CheckFailed")
            .setMessage("tests failed")
            .setFeedback(ByteString.copyFromUtf8("{\"log\":\"FAIL mend\"}"))
            .build());
    var told = waiting.get(STEP.toSeconds(), TimeUnit.SECONDS);
    assertThat(told.code()).isEqualTo(1);
    assertThat(told.err()).contains("refused: CheckFailed: tests failed").contains("FAIL mend");
  }

  private WorkspaceState workspace() {
    return operator.state(hub).getWorkspaces(0);
  }

  private String hubGit(String... arguments) {
    return new Git(folder.resolve("hub/repository.git"), folder).ask(arguments);
  }

  private void ends(Process process, String step) throws Exception {
    assertThat(process.waitFor(STEP)).as(log(step)).isTrue();
    assertThat(process.exitValue()).as(log(step)).isZero();
  }

  private Process start(String name, Map<String, String> environment, String... arguments)
      throws IOException {
    var words =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                QudagNode.class.getName()));
    words.addAll(List.of(arguments));
    var builder = new ProcessBuilder(words);
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true).redirectOutput(folder.resolve(name + ".log").toFile());
    Process process = builder.start();
    processes.add(process);
    return process;
  }

  private Map<String, String> common(String name, String podUid) {
    var environment = new HashMap<String, String>();
    environment.put("QUDAG_NODE_NAME", name);
    environment.put("QUDAG_NAMESPACE", "default");
    environment.put("QUDAG_SWARM", "s");
    environment.put("QUDAG_SWARM_UID", "swarm-uid");
    environment.put("QUDAG_POD_NAME", name + "-0");
    environment.put("QUDAG_POD_UID", podUid);
    environment.put(
        "QUDAG_OPERATOR_TLS_FINGERPRINT", operator.identity.tlsFingerprint().toString());
    environment.put(
        "QUDAG_OPERATOR_KEY_FINGERPRINT",
        operator.identity.verifyingKey().fingerprint().toString());
    environment.put("QUDAG_ENROL_TOKEN_FILE", folder.resolve("token").toString());
    return environment;
  }

  private Map<String, String> hubEnvironment() {
    var environment = common("s-hub", "hub-pod");
    environment.put("QUDAG_DATA", folder.resolve("hub").toString());
    environment.put("QUDAG_GRPC_PORT", ports.get("hub").toString());
    environment.put("QUDAG_HEALTH_PORT", ports.get("hub-health").toString());
    environment.put("QUDAG_TREE_PORT", "0");
    environment.put("QUDAG_BRANCH", "main");
    environment.put("QUDAG_SEED_DIR", folder.resolve("seed").toString());
    environment.put("QUDAG_ADDRESSES", "s-v0=localhost:" + ports.get("validator"));
    return environment;
  }

  private Map<String, String> validatorEnvironment() {
    var environment = common("s-v0", "validator-pod");
    environment.put("QUDAG_DATA", folder.resolve("validator").toString());
    environment.put("QUDAG_GRPC_PORT", ports.get("validator").toString());
    environment.put("QUDAG_HEALTH_PORT", ports.get("validator-health").toString());
    environment.put("QUDAG_ADDRESSES", "s-hub=localhost:" + ports.get("hub"));
    return environment;
  }

  private Map<String, String> environment(String podUid) {
    var environment = common("agent-0", podUid);
    environment.put("QUDAG_DATA", folder.resolve("data").toString());
    environment.put("QUDAG_GRPC_PORT", ports.get("workspace").toString());
    environment.put("QUDAG_HEALTH_PORT", ports.get("health").toString());
    environment.put("QUDAG_LOOPBACK_PORT", ports.get("loopback").toString());
    environment.put("QUDAG_WORKSPACE_UID", "workspace-uid");
    environment.put("QUDAG_WORKSPACE_NAME", "agent-0");
    environment.put("QUDAG_AGENT_NAME", "agent-0");
    environment.put("QUDAG_HUB", "localhost:" + ports.get("hub"));
    environment.put("QUDAG_BASE_BRANCH", "main");
    environment.put("QUDAG_VCS", "Jujutsu");
    environment.put("QUDAG_JJ", TestingJujutsu.program().toString());
    environment.put("QUDAG_TASK_TITLE", "the task");
    environment.put("QUDAG_WORKSPACE_DIR", folder.resolve("workspace").toString());
    environment.put("QUDAG_RUN_DIR", folder.resolve("run").toString());
    return environment;
  }

  private boolean ready() throws InterruptedException {
    try (var client = HttpClient.newHttpClient()) {
      var url = URI.create("http://localhost:" + ports.get("health") + "/readyz");
      var request = HttpRequest.newBuilder(url).build();
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private Command.Output agent(String script) {
    return TestingAgent.run(
        folder.resolve("workspace"),
        folder.resolve("agent-home"),
        folder.resolve("bin"),
        folder.resolve("run"),
        "http://127.0.0.1:" + ports.get("loopback"),
        script);
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
