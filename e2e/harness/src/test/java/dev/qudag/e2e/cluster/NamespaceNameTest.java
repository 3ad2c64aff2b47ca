package dev.qudag.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class NamespaceNameTest {

  @Test
  void isMadeOfTheWordsOfTheTestsName() {
    assertThat(NamespaceName.of("LandingE2E.mergesOnce", new Random(1)))
        .matches("t-landing-e2-e-merges-once-[0-9a-f]{6}");
  }

  @Test
  void staysADnsLabelForLongAndOddNames() {
    assertThat(NamespaceName.of("ÄVery.long_name".repeat(20), new Random(1)))
        .hasSizeLessThanOrEqualTo(63)
        .matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
  }

  @Test
  void differsEachTime() {
    var random = new Random(1);
    assertThat(NamespaceName.of("T.a", random)).isNotEqualTo(NamespaceName.of("T.a", random));
  }
}
