package dev.qudag.operator.workspace;

import dev.qudag.api.v1alpha1.WorkspaceReason;
import dev.qudag.operator.status.ReasonPage;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class WorkspaceReasonTest {
  @Test
  void everyReasonIsDocumented() {
    ReasonPage.assertDocuments(
        "Workspace", Arrays.stream(WorkspaceReason.values()).map(Enum::name).toList());
  }
}
