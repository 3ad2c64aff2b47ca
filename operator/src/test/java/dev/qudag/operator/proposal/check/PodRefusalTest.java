package dev.qudag.operator.proposal.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import org.junit.jupiter.api.Test;

class PodRefusalTest {
  private static final Job JOB =
      new JobBuilder().withNewMetadata().withName("chk-01").endMetadata().build();

  @Test
  void everyTryOfTheJobControllerReadsTheSame() {
    assertThat(message("pods \"chk-01-ab2cd\" is forbidden: exceeded quota: small"))
        .isEqualTo(message("pods \"chk-01-xy9zw\" is forbidden: exceeded quota: small"))
        .contains("pods \"chk-01\" is forbidden: exceeded quota: small");
  }

  @Test
  void aQuotaAndARuleAreToldApart() {
    assertThat(PodRefusal.of(JOB, "exceeded Quota").reason()).isEqualTo(PodRefusal.QUOTA_EXCEEDED);
    assertThat(PodRefusal.of(JOB, "violates PodSecurity").reason())
        .isEqualTo(PodRefusal.POD_REFUSED);
  }

  private static String message(String words) {
    return PodRefusal.of(JOB, words).message();
  }
}
