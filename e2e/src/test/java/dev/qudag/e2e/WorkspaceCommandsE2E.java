package dev.qudag.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An agent goes back and forth in its files, and brings them onto the branch, on a cluster. */
@Operated(validators = 1)
class WorkspaceCommandsE2E {
  private static TestSwarm swarm;

  @BeforeAll
  static void on(TestSwarm running) {
    swarm = running;
  }

  /** Each step fails the script if it does something else; the agent tries again after a crash. */
  @ParameterizedTest
  @ValueSource(strings = {"Jujutsu", "Git"})
  void anAgentUndoesRestoresAndSyncsWithAConflictAndLands(String vcs) {
    String name = "back-" + vcs.toLowerCase(Locale.ROOT);
    String other = "other-" + vcs.toLowerCase(Locale.ROOT);
    swarm.agent(
        name,
        """
        if [ ! -e "$HOME/edited" ]; then
          echo kept > %1$s.txt; qudag log > /dev/null
          echo wrong > %1$s.txt; qudag log > /dev/null
          qudag undo
          [ "$(cat %1$s.txt)" = kept ]
          qudag restore "$(qudag log | grep '  snapshot$' | head -n 1 | cut -c1-12)"
          [ "$(cat %1$s.txt)" = wrong ]
          qudag undo
          printf 'one\\n%1$s\\nthree\\n' > notes.txt
          touch "$HOME/edited"
        fi
        until git fetch -q && git show origin/main:notes.txt | grep -q %2$s; do sleep 1; done
        if qudag sync; then exit 9; fi
        grep -q '^<<<<<<< ' notes.txt
        if qudag propose; then exit 10; fi
        printf 'one\\n%1$s and %2$s\\nthree\\n' > notes.txt
        qudag propose -m %1$s
        """
            .formatted(name, other),
        "  workspace: {vcs: %s}".formatted(vcs));
    swarm.agent(
        other,
        "printf 'one\\n%1$s\\nthree\\n' > notes.txt; until qudag propose -m %1$s; do sleep 1; done"
            .formatted(other));

    swarm.awaitProposal(other, "Merged");
    swarm.awaitProposal(name, "Merged");

    assertThat(swarm.hubGit("show", "main:notes.txt").lines())
        .containsExactly("one", "%s and %s".formatted(name, other), "three");
    assertThat(swarm.hubGit("show", "main:" + name + ".txt").strip()).isEqualTo("kept");
  }

  @Test
  void theNextAgentOfAWorkspaceHasItsFilesAndTheirHistory() {
    swarm.apply(
        """
        apiVersion: qudag.dev/v1alpha1
        kind: Workspace
        metadata: {name: shared}
        spec: {swarmRef: {name: %s}}
        """
            .formatted(TestSwarm.NAME));
    swarm.agent("first", "echo draft > draft.txt; qudag log", "  workspace: {name: shared}");
    swarm.awaitAgent("first", "Terminated");

    swarm.agent(
        "second",
        "[ \"$(cat draft.txt)\" = draft ]; qudag log | grep -q '  snapshot$'; qudag propose -m second",
        "  workspace: {name: shared}");
    swarm.awaitProposal("shared", "Merged");

    assertThat(swarm.hubGit("show", "main:draft.txt").strip()).isEqualTo("draft");
  }
}
