package dev.qudag.operator.agent;

import dev.qudag.api.v1alpha1.AgentReason;
import dev.qudag.operator.status.ReasonPage;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class AgentReasonTest {
  @Test
  void everyReasonIsDocumented() {
    ReasonPage.assertDocuments(
        "Agent", Arrays.stream(AgentReason.values()).map(Enum::name).toList());
  }
}
