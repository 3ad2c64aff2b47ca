package dev.qudag.consensus.chain.policy;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class PolicyTest {
  @Test
  void whatBothSidesOfASymbolChangedWaitsForAPersonByDefault() {
    var policy = new Policy(List.of(), List.of());

    assertThat(policy.lets("None")).isTrue();
    assertThat(policy.lets("Textual")).isTrue();
    assertThat(policy.lets("Syntactic")).isTrue();
    assertThat(policy.lets("Semantic")).isFalse();
    assertThat(policy.lets("Complex")).isFalse();
  }

  @Test
  void whoTrustsTheChecksLetsMoreLandAndWhoDoesNotLess() {
    assertThat(of("Semantic", "Textual").lets("Semantic")).isTrue();
    assertThat(of().lets("Textual")).isFalse();
    assertThat(of().lets("None")).isTrue();
  }

  @Test
  void theDefaultHasTheEncodingThatItHad() {
    assertThat(new String(of("Syntactic", "Textual").encode(), 4, 19, US_ASCII))
        .isEqualTo("qudag.dev/v1/policy");
  }

  @Test
  void refusesWhatIsNoCategoryAndASecondSpelling() {
    assertThatThrownBy(() -> of("Complex")).hasMessageContaining("Complex");
    assertThatThrownBy(() -> of("Textual", "Semantic")).hasMessageContaining("sorted");
    assertThatThrownBy(() -> of("Textual", "Textual")).isInstanceOf(IllegalArgumentException.class);
  }

  private static Policy of(String... categories) {
    return new Policy(List.of(), List.of(), List.of(categories), LandingPolicy.MERGE);
  }
}
