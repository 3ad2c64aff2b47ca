package dev.qudag.e2e;

import dev.qudag.api.v1alpha1.Retention;

/**
 * The manifest of a Swarm {@link TestSwarm#NAME} without agents, and of the ConfigMap that seeds
 * its repository.
 *
 * @param policy YAML of {@code spec.policy}
 * @param line one more line of spec, as YAML
 * @param retention of the hub's volume
 */
record SwarmManifest(int validators, String policy, String line, Retention retention) {

  static SwarmManifest of(int validators) {
    return new SwarmManifest(validators, "{}", "agentGroups: []", Retention.Delete);
  }

  SwarmManifest withPolicy(String other) {
    return new SwarmManifest(validators, other, line, retention);
  }

  SwarmManifest grownTo(int more) {
    return new SwarmManifest(more, policy, line, retention);
  }

  SwarmManifest with(String otherLine) {
    return new SwarmManifest(validators, policy, otherLine, retention);
  }

  /** Who has this key signs changes of policy and set. */
  SwarmManifest signedBy(String adminKey) {
    return with("adminKeys: [\"%s\"]".formatted(adminKey));
  }

  /** Its hub's volume outlives it. */
  SwarmManifest retained() {
    return new SwarmManifest(validators, policy, line, Retention.Retain);
  }

  String yaml() {
    return """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: seed}
        data:
          files.yaml: |
            README.md: "a repository\\n"
            notes.txt: "one\\ntwo\\nthree\\n"
        ---
        apiVersion: qudag.dev/v1alpha1
        kind: Swarm
        metadata: {name: %s}
        spec:
          repository: {seedConfigMapRef: {name: seed}, storage: {retention: %s}}
          validators: {replicas: %d}
          policy: %s
          %s
        """
        .formatted(TestSwarm.NAME, retention, validators, policy, line);
  }
}
