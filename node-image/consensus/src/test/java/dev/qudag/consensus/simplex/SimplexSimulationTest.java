package dev.qudag.consensus.simplex;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Whole swarms under faults and liars. {@code make simulate SEEDS=10000} plays more seeds, {@code
 * make simulate SEED=42} one.
 */
class SimplexSimulationTest {
  private static final int SEEDS = Integer.getInteger("qudag.simulation.seeds", 90);
  private static final Optional<Long> SEED =
      Optional.ofNullable(Long.getLong("qudag.simulation.seed"));

  @Test
  void everySeedKeepsTheInvariantsAndDecidesSoonAfterHealing() {
    LongStream seeds = SEED.map(LongStream::of).orElseGet(() -> LongStream.range(0, SEEDS));
    Campaign campaign = Campaign.play(seeds);
    System.out.println(campaign.report());
    campaign.failures().forEach(failure -> System.out.println(failure.getMessage()));
    campaign.failures().stream()
        .findFirst()
        .ifPresent(
            failure -> {
              throw failure;
            });
    assertThat(campaign.swarms()).isNotEmpty();
  }
}
