package dev.qudag.operator.swarm;

import dev.qudag.operator.status.ReasonPage;
import org.junit.jupiter.api.Test;

class SwarmReasonsTest {
  @Test
  void everyReasonIsDocumented() {
    ReasonPage.assertDocuments("Swarm", ReasonPage.constants(SwarmReasons.class));
  }
}
