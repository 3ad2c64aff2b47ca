package dev.qudag.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class HowToTest {
  private static final String ROTATION = "Give a validator another key";

  @Test
  void givesTheCommandsOfAConsoleWithoutTheirPrompt() {
    assertThat(new HowTo("rotate-key.md").commands(ROTATION, 0))
        .isEqualTo("kubectl exec hello-v2-0 -- touch /var/lib/qudag/rotate-key\n");
  }

  @Test
  void givesAScriptWhole() {
    assertThat(new HowTo("sign-changes.md").commands("Sign a change of the policy", 0).lines())
        .hasSize(3)
        .first()
        .asString()
        .startsWith("kubectl get configmap hello-pending-change");
  }

  /** The block of YAML below the same heading is nothing to run. */
  @Test
  void countsBlocksOfCommandsAlone() {
    assertThatThrownBy(() -> new HowTo("sign-changes.md").commands("Make a key", 1))
        .hasMessage("sign-changes.md has 1 blocks of commands under \"Make a key\", not 2");
  }
}
