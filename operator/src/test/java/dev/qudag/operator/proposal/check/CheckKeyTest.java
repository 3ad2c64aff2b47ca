package dev.qudag.operator.proposal.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.consensus.chain.policy.CheckSpec;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CheckKeyTest {
  private static final CheckKey KEY = key("1", "true");

  @Test
  void theNameFollowsTreeAndSpec() {
    assertThat(KEY.jobName()).matches("chk-[0-9a-f]{16}");
    assertThat(key("2", "true").jobName()).isNotEqualTo(KEY.jobName());
    assertThat(key("1", "false").jobName()).isNotEqualTo(KEY.jobName());
    assertThat(key("1", "true").jobName()).isEqualTo(KEY.jobName());
  }

  private static CheckKey key(String digit, String command) {
    return new CheckKey(
        digit.repeat(40), new CheckSpec("tests", "image:1", List.of(command), 60, new TreeMap<>()));
  }
}
