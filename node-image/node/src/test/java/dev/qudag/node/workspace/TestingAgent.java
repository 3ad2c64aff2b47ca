package dev.qudag.node.workspace;

import dev.qudag.node.workspace.vcs.Command;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What an agent runs: a shell script in its workspace, with a home and a configuration of its own.
 */
public final class TestingAgent {

  private TestingAgent() {}

  /**
   * What the container before the agent's does: repository and client, into {@code agent-git} and
   * {@code bin} of the folder.
   */
  public static void install(Path folder, Path data) {
    Path script = Path.of("src/main/shell/install").toAbsolutePath();
    var environment =
        Map.of(
            "PATH",
            System.getenv("PATH"),
            "QUDAG_DATA",
            data.toString(),
            "QUDAG_AGENT_GIT_DIR",
            folder.resolve("agent-git").toString(),
            "QUDAG_BIN_DIR",
            folder.resolve("bin").toString());
    new Command(List.of(script.toString()), folder, environment, Duration.ofMinutes(1))
        .run()
        .orThrow();
  }

  /**
   * @param url of the sidecar; the port that the agent's origin names belongs to a pod, a test
   *     takes a free one
   */
  public static Command.Output run(
      Path tree, Path home, Path bin, Path run, String url, String script) {
    var environment =
        Map.of(
            "PATH",
            System.getenv("PATH") + ":" + bin,
            "HOME",
            home.toString(),
            "QUDAG_RUN",
            run.toString(),
            "GIT_TERMINAL_PROMPT",
            "0",
            "GIT_CONFIG_COUNT",
            "1",
            "GIT_CONFIG_KEY_0",
            "url." + url + "/.insteadOf",
            "GIT_CONFIG_VALUE_0",
            "http://127.0.0.1:7080/");
    return new Command(List.of("sh", "-ec", script), tree, environment, Duration.ofMinutes(2))
        .run();
  }
}
