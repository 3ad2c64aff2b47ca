package dev.qudag.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.api.v1alpha1.MergeProposal;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Claude Code, Codex and Aider as they come from npm and PyPI, each by the commands of its how-to
 * page, at work for a model that is none: {@code samples/agents/stub-model}. Each commits, and
 * pushes with its own git.
 */
@Operated
class RealAgentsE2E {
  private static final String KEY = "a-key-of-a-secret";

  /** In the image of Aider, since that has Python. */
  private static final String ENDPOINT =
      """
      apiVersion: v1
      kind: Service
      metadata: {name: stub-model}
      spec:
        selector: {app: stub-model}
        ports: [{port: 8080}]
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: stub-model, labels: {app: stub-model}}
      spec:
        securityContext: {runAsNonRoot: true, runAsUser: 10001, seccompProfile: {type: RuntimeDefault}}
        containers:
        - name: endpoint
          image: localhost/qudag/aider:dev
          command: [python3, /stub-model/model.py, "8080"]
          env: [{name: STUB_MODEL_KEY, value: %s}, {name: PYTHONUNBUFFERED, value: "1"}]
          readinessProbe: {httpGet: {path: /healthz, port: 8080}, periodSeconds: 1}
          securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
          volumeMounts: [{name: program, mountPath: /stub-model}]
        volumes: [{name: program, configMap: {name: stub-model}}]
      """
          .formatted(KEY);

  /** A page of {@code docs/how-to}, and what its program is told by which variable. */
  private enum Program {
    CLAUDE_CODE("claude-code", "ANTHROPIC_API_KEY", "ANTHROPIC_BASE_URL", ""),
    CODEX("codex", "OPENAI_API_KEY", "OPENAI_BASE_URL", "/v1"),
    AIDER("aider", "OPENAI_API_KEY", "OPENAI_API_BASE", "/v1");

    private final String page;
    private final String key;
    private final String endpoint;
    private final String path;

    Program(String page, String key, String endpoint, String path) {
      this.page = page;
      this.key = key;
      this.endpoint = endpoint;
      this.path = path;
    }

    HowTo howTo() {
      return new HowTo(page + ".md");
    }

    String agent() {
      return TestSwarm.NAME + "-" + page;
    }

    String file() {
      return page + ".txt";
    }

    String exportedKey() {
      return "export %s=%s%n".formatted(key, KEY);
    }

    /** The page's manifest with the image of this build, for the endpoint that needs no model. */
    String start() {
      return howTo()
          .commands("Start it", 0)
          .replaceFirst("image: .*", "image: localhost/qudag/" + page + ":dev")
          .replaceFirst(
              "env:\n",
              "env:\n    - {name: %s, value: \"http://stub-model:8080%s\"}\n"
                  .formatted(endpoint, path));
    }
  }

  @TempDir static Path home;
  private static TestSwarm swarm;
  private static Administrator person;

  @BeforeAll
  static void startSwarm(TestSwarm its, KubernetesClient client) throws IOException {
    swarm = its;
    person = new Administrator(home, client.getNamespace());
    Shell.run(List.of("e2e/images", "claude-code", "codex", "aider"));
    client
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withName("stub-model")
                .endMetadata()
                .addToData(
                    "model.py",
                    Files.readString(Shell.ROOT.resolve("samples/agents/stub-model/model.py")))
                .build())
        .inNamespace(client.getNamespace())
        .serverSideApply();
    swarm.apply(ENDPOINT);
    swarm.apply(
        SwarmManifest.of(1)
            .withPolicy("{denyPaths: ['.aider*', '.claude/settings.local.json', '.codex']}")
            .with("agentSecrets: [claude-code, codex, aider]"));
    for (Program program : Program.values()) {
      person.follow(program.exportedKey() + program.howTo().commands("Give it a key", 0));
    }
    client.pods().withName("stub-model").waitUntilReady(120, TimeUnit.SECONDS);
    swarm.awaitReady();
  }

  @ParameterizedTest
  @EnumSource
  void commitsAndPushesWithItsOwnGitAndLands(Program program) {
    person.follow(program.start());

    MergeProposal landed = swarm.awaitProposal(program.agent(), "Merged");

    assertThat(landed.getStatus().author()).isEqualTo(program.agent());
    assertThat(swarm.hubGit("show", "main:" + program.file())).endsWith(" was here\n");
    String pushed = landed.getSpec().source().revision();
    assertThat(swarm.hubGit("log", "-1", "--format=%an <%ae> %s", pushed).strip())
        .isEqualTo(
            "%1$s <%1$s@%2$s.qudag.invalid> Add %3$s"
                .formatted(program.agent(), TestSwarm.NAME, program.file()));
    assertThat(swarm.hubGit("diff-tree", "--no-commit-id", "--name-only", "-r", pushed).strip())
        .as("nothing of the program's own")
        .isEqualTo(program.file());
    swarm.awaitAgent(program.agent(), "Terminated");
    assertThat(swarm.agentNamed(program.agent()).getStatus().attempt()).isEqualTo(1);
  }

  /** What the endpoint does not know, it refuses: nobody takes that for work that is done. */
  @ParameterizedTest
  @EnumSource
  void countsAsCrashedWhenItsModelRefuses(Program program) {
    String other = program.agent() + "-refused";

    person.follow(
        program
            .start()
            .replace("metadata: {name: hello-" + program.page, "metadata: {name: " + other)
            .replaceFirst("prompt: .*", "prompt: Write a poem.\n  maxAttempts: 1"));

    swarm.awaitAgent(other, "Failed");
    assertThat(swarm.proposalsOf(other)).isEmpty();
  }
}
