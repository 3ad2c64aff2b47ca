package dev.qudag.operator.validator;

import dev.qudag.operator.status.ReasonPage;
import org.junit.jupiter.api.Test;

class ValidatorReasonsTest {
  @Test
  void everyReasonIsDocumented() {
    ReasonPage.assertDocuments("Validator", ReasonPage.constants(ValidatorReasons.class));
  }
}
