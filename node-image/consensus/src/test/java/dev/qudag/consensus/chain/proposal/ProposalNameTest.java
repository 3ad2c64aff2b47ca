package dev.qudag.consensus.chain.proposal;

import static dev.qudag.consensus.chain.TestingChain.commit;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProposalNameTest {
  @Test
  void isTheSameForTheSameChangeOnly() {
    String name = ProposalName.of("uid-1", commit("a"), "refs/heads/main");
    assertThat(name).matches("mp-[0-9a-f]{20}");
    assertThat(ProposalName.of("uid-1", commit("a"), "refs/heads/main")).isEqualTo(name);
    assertThat(ProposalName.of("uid-2", commit("a"), "refs/heads/main")).isNotEqualTo(name);
    assertThat(ProposalName.of("uid-1", commit("b"), "refs/heads/main")).isNotEqualTo(name);
    assertThat(ProposalName.of("uid-1", commit("a"), "refs/heads/other")).isNotEqualTo(name);
  }
}
