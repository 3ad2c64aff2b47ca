package dev.qudag.node.fleet;

import static org.awaitility.Awaitility.await;

import dev.qudag.crypto.NodeIdentity;
import dev.qudag.node.workspace.TestingAgent;
import dev.qudag.node.workspace.TestingJujutsu;
import dev.qudag.node.workspace.WorkspaceNode;
import dev.qudag.node.workspace.vcs.Command;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An agent beside the whole sidecar of its workspace. The sidecar runs on a thread of this process;
 * the agent is plain git, in a repository and with a home of its own.
 */
public final class FleetAgent implements AutoCloseable {
  private static final Pattern PROPOSED = Pattern.compile("qudag: proposed as (mp-[0-9a-z]+)");
  private static final String ON_BRANCH = "qudag: the branch holds this commit already";
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  public final String name;
  private final Path folder;
  private final NodeIdentity identity;
  private final int port;
  private final int healthPort;
  private final int loopbackPort;
  private final Thread sidecar;
  private volatile Exception failure;

  /** What became of a push. */
  public sealed interface Push {
    /** The hub took it under that name; the same commit a second time too. */
    record Proposed(String proposal) implements Push {}

    /** There is nothing to propose. */
    record OnBranch() implements Push {}

    record Failed(String why) implements Push {}
  }

  /** Where an agent's sidecar finds its swarm, and who tells it of that. */
  public interface Swarm {
    /** {@code host:port} of the hub. */
    String hub();

    NodeIdentity operator();

    /** Hands over genesis and grant; returns once the sidecar has them. */
    void join(int port, NodeIdentity workspace, String uid);
  }

  private FleetAgent(Path parent, String name, Swarm swarm, boolean jujutsu) throws IOException {
    this.name = name;
    this.folder = parent.resolve(name);
    for (String made : List.of("workspace", "data", "run", "agent-git", "bin", "agent-home")) {
      Files.createDirectories(folder.resolve(made));
    }
    Files.writeString(folder.resolve("token"), "projected");
    this.identity = NodeIdentity.loadOrCreate(folder.resolve("data/identity"));
    this.port = Ports.free();
    this.healthPort = Ports.free();
    this.loopbackPort = Ports.free();
    WorkspaceNode node = WorkspaceNode.of(variables(swarm, jujutsu));
    this.sidecar = Thread.ofPlatform().daemon().name(name).unstarted(() -> run(node));
  }

  /** Starts the sidecar of a new workspace, which begins to clone. */
  public static FleetAgent start(Path parent, String name, Swarm swarm, boolean jujutsu)
      throws IOException {
    var agent = new FleetAgent(parent, name, swarm, jujutsu);
    agent.sidecar.start();
    try {
      swarm.join(agent.port, agent.identity, name);
    } catch (RuntimeException e) {
      agent.sidecar.interrupt();
      throw e;
    }
    return agent;
  }

  private void run(WorkspaceNode node) {
    try {
      node.run();
    } catch (InterruptedException told) {
      // By close().
    } catch (IOException | RuntimeException e) {
      failure = e;
    }
  }

  private Map<String, String> variables(Swarm swarm, boolean jujutsu) {
    var variables = new HashMap<String, String>();
    variables.put("QUDAG_NODE_NAME", name);
    variables.put("QUDAG_NAMESPACE", "ns");
    variables.put("QUDAG_SWARM", "s");
    variables.put("QUDAG_SWARM_UID", "swarm-uid");
    variables.put("QUDAG_POD_NAME", name + "-0");
    variables.put("QUDAG_POD_UID", name + "-pod");
    variables.put("QUDAG_DATA", folder.resolve("data").toString());
    variables.put("QUDAG_OPERATOR_TLS_FINGERPRINT", swarm.operator().tlsFingerprint().hex());
    variables.put(
        "QUDAG_OPERATOR_KEY_FINGERPRINT", swarm.operator().verifyingKey().fingerprint().hex());
    variables.put("QUDAG_ENROL_TOKEN_FILE", folder.resolve("token").toString());
    variables.put("QUDAG_GRPC_PORT", Integer.toString(port));
    variables.put("QUDAG_HEALTH_PORT", Integer.toString(healthPort));
    variables.put("QUDAG_LOOPBACK_PORT", Integer.toString(loopbackPort));
    variables.put("QUDAG_WORKSPACE_UID", name);
    variables.put("QUDAG_WORKSPACE_NAME", name);
    variables.put("QUDAG_AGENT_NAME", name);
    variables.put("QUDAG_HUB", swarm.hub());
    variables.put("QUDAG_BASE_BRANCH", "main");
    variables.put("QUDAG_WORKSPACE_DIR", folder.resolve("workspace").toString());
    variables.put("QUDAG_RUN_DIR", folder.resolve("run").toString());
    variables.put("QUDAG_VCS", jujutsu ? "Jujutsu" : "Git");
    if (jujutsu) {
      variables.put("QUDAG_JJ", TestingJujutsu.program().toString());
    }
    return variables;
  }

  /**
   * Returns when the workspace has its files, and the agent its repository.
   *
   * @throws IllegalStateException when the sidecar fails
   */
  public void awaitReady(Duration patience) throws IOException {
    await().atMost(patience).until(this::isReady);
    TestingAgent.install(folder, folder.resolve("data"));
    Files.writeString(
        folder.resolve("workspace/.git"), "gitdir: " + folder.resolve("agent-git") + "\n");
  }

  private boolean isReady() throws InterruptedException {
    Exception why = failure;
    if (why != null) {
      throw new IllegalStateException("the sidecar of " + name + " has ended", why);
    }
    var request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + healthPort + "/readyz")).build();
    try {
      return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** Runs a shell script in the agent's files. */
  public Command.Output run(String script) {
    return TestingAgent.run(
        folder.resolve("workspace"),
        folder.resolve("agent-home"),
        folder.resolve("bin"),
        folder.resolve("run"),
        "http://127.0.0.1:" + loopbackPort,
        script);
  }

  /** Proposes what is committed. */
  public Push push() {
    Command.Output output = run("git push origin HEAD");
    Matcher proposed = PROPOSED.matcher(output.err());
    if (!output.succeeded()) {
      return new Push.Failed(output.err().strip());
    }
    if (proposed.find()) {
      return new Push.Proposed(proposed.group(1));
    }
    return output.err().contains(ON_BRANCH)
        ? new Push.OnBranch()
        : new Push.Failed("a push that says nothing: " + output.err().strip());
  }

  /** KiB on the disk: files, the sidecar's volume with its repositories, the agent's repository. */
  public long diskKib() {
    var du = new Command(List.of("du", "-sk", "."), folder, Map.of(), Duration.ofMinutes(1));
    return Long.parseLong(du.run().orThrow().line().split("\\s", 2)[0]);
  }

  @Override
  public void close() throws InterruptedException {
    sidecar.interrupt();
    sidecar.join();
  }
}
