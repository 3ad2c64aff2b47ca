package dev.qudag.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * An agent that looks for a way out finds none. Every probe runs inside the agent's own container.
 */
@Operated(validators = 1, policy = "{denyPaths: ['locked/**']}")
class HostileAgentE2E {
  private static TestSwarm swarm;
  private static String pod;

  @BeforeAll
  static void startAgent(TestSwarm running) {
    swarm = running;
    swarm.agent("hostile", "sleep 900 & wait");
    swarm.awaitAgent("hostile", "Active");
    pod = swarm.agentNamed("hostile").getStatus().pod();
  }

  @Test
  void findsNoServiceAccountToken() {
    assertThat(
            agent(
                "find / -path /proc -prune -o -name token -path '*secrets*' -print 2>/dev/null; true"))
        .isBlank();
    assertThat(agent("ls /var/run/secrets /run/secrets 2>/dev/null; true")).isBlank();
  }

  @Test
  void findsNoKeyAndNoCredential() {
    assertThat(agent("ls /var/lib/qudag 2>/dev/null; true")).isBlank();
    assertThat(agent("env | grep -iE 'token|secret|password|fingerprint' ; true")).isBlank();
    assertThat(
            agent(
                "git config --get-all credential.helper; ls ~/.git-credentials 2>/dev/null; true"))
        .isBlank();
  }

  @Test
  void cannotWriteTheBranch() {
    String head = swarm.hubGit("rev-parse", "main");
    String output =
        agent(
            """
            cd /workspace
            mkdir -p locked && echo mine > locked/mine.txt
            git add locked && git commit -qm 'mine now'
            git push --force origin HEAD:refs/heads/main 2>&1
            git push --delete origin main 2>&1 && echo DELETED
            git reset -q --hard HEAD~1
            """);

    assertThat(output).contains("proposed as").doesNotContain("DELETED");
    swarm.awaitProposal("hostile", "Rejected");
    assertThat(swarm.hubGit("rev-parse", "main")).isEqualTo(head);
  }

  @Test
  void doesNotGetItsHooksFiltersAndMonitorRunByTheSidecar() {
    agent(
        """
        cd /workspace
        git config core.fsmonitor 'touch /workspace/owned-fsmonitor; true'
        git config filter.evil.clean 'touch /workspace/owned-filter; cat'
        git config core.hooksPath /workspace/hooks
        mkdir -p hooks && printf '#!/bin/sh\\ntouch /workspace/owned-hook\\n' > hooks/pre-commit && chmod +x hooks/pre-commit
        cp hooks/pre-commit hooks/post-commit
        echo '* filter=evil' > .gitattributes
        echo data > data.txt
        rm -f owned-*
        /qudag/bin/qudag propose -m 'with hooks'
        """);

    assertThat(agent("ls /workspace/owned-* 2>/dev/null; true")).isBlank();
    swarm.awaitProposal("hostile", "Merged");
    assertThat(swarm.hubGit("show", "main:data.txt")).isEqualTo("data\n");
  }

  @Test
  void cannotLiftTheMasks() {
    assertThat(agent("ls -A /workspace/.jj")).isBlank();
    assertThat(agent("mv /workspace/.jj /workspace/x 2>/dev/null && echo moved; true")).isBlank();
    assertThat(agent("mv /workspace/.git /workspace/y 2>/dev/null && echo moved; true")).isBlank();
    assertThat(agent("umount /workspace/.jj 2>/dev/null && echo lifted; true")).isBlank();
  }

  /** By the script of a check's init container, in the image that has it. */
  @Test
  void getsNoTreeWithoutAToken() {
    String output =
        onHub(
            """
            key=$(openssl s_client -connect $QUDAG_HUB_TREES </dev/null 2>/dev/null \
              | openssl x509 -noout -pubkey | openssl pkey -pubin -outform der | sha256sum | cut -c1-64)
            QUDAG_HUB_TLS_FINGERPRINT=$key fetch-tree; echo "with the hub's key: $?"
            QUDAG_HUB_TLS_FINGERPRINT=$(printf '%064d' 0) fetch-tree; echo "with another: $?"
            echo "left: $(ls -A $QUDAG_TREE_DIR)"
            """);

    assertThat(output)
        .contains("The requested URL returned error: 403", "with the hub's key: 2")
        .contains("public key does not match pinned public key", "with another: 2")
        .contains("left: \n");
  }

  @Test
  void findsTreesBehindPostQuantumTlsOnly() {
    assertThat(onHub("openssl s_client -connect $QUDAG_HUB_TREES </dev/null"))
        .contains("Negotiated TLS1.3 group: X25519MLKEM768", "Peer signature type: mldsa87");
    assertThat(onHub("openssl s_client -groups X25519 -connect $QUDAG_HUB_TREES </dev/null; true"))
        .contains("handshake failure");
  }

  private static String onHub(String script) {
    String environment =
        "exec 2>&1; mkdir -p /tmp/tree; export QUDAG_TREE_DIR=/tmp/tree QUDAG_TREE_TOKEN=guessed"
            + " QUDAG_HUB_TREES="
            + TestSwarm.NAME
            + "-hub:7444\n";
    return swarm.exec(TestSwarm.HUB_POD, "hub", "bash", "-c", environment + script);
  }

  private static String agent(String script) {
    return swarm.exec(pod, "agent", "sh", "-c", script);
  }
}
