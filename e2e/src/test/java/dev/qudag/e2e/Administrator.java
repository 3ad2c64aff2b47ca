package dev.qudag.e2e;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A person at a shell away from the cluster, with {@code kubectl}, {@code qudag-node} and a folder,
 * who does what the how-to pages say.
 *
 * <p>The pages tell of a Swarm {@code hello}; the person's is {@link TestSwarm#NAME}.
 *
 * @param home where the person's files and keys are
 * @param namespace of the Swarm
 */
record Administrator(Path home, String namespace) {
  private static final HowTo SIGNING = new HowTo("sign-changes.md");
  private static final String SIGN = "Sign a change of the policy";

  private static final String SHELL =
      """
      set -euo pipefail
      kubectl() { HOME=$CLUSTER_HOME "$ROOT/e2e/cluster" tool kubectl --namespace "$NAMESPACE" "$@"; }
      qudag-node() { "$ROOT/node-image/node/target/dist/bin/qudag-node" "$@"; }
      """;

  /** Makes a key as the page says, and gives its public half. */
  String makeKey() {
    return follow(SIGNING.commands("Make a key", 0)).strip();
  }

  /**
   * Signs what the Swarm shows, as the page says, and hands it over.
   *
   * @return what the program said it signs
   */
  String signPendingChange() {
    String told = follow(SIGNING.commands(SIGN, 0));
    follow(SIGNING.commands(SIGN, 1));
    return told;
  }

  /** Does what a page says, and gives what is printed. */
  String follow(String commands) {
    return Shell.run(
        List.of("bash", "-c", SHELL + commands.replace("hello", TestSwarm.NAME)),
        home,
        Map.of(
            "HOME", home.toString(),
            "CLUSTER_HOME", System.getenv("HOME"),
            "JAVA_HOME", System.getProperty("java.home"),
            "NAMESPACE", namespace,
            "ROOT", Shell.ROOT.toString()));
  }
}
