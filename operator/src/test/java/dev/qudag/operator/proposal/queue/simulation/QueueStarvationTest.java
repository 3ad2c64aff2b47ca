package dev.qudag.operator.proposal.queue.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/**
 * Hundreds of agents, checks that fail by chance, and a seed: nobody starves. Who stands before
 * whom is bounded by {@code LineOrder}; here is the rest, that nobody behind a proposal lands
 * before it unless a run of its own failed, and then no more than what can be checked until its
 * trial is over.
 */
class QueueStarvationTest {
  private static final int SLOTS = 16;

  /** Runs in a row: the one that ends meanwhile, its retries, the one after it, one to wait for. */
  private static final int RUNS_OF_A_TRIAL = Checking.RETRIES + 4;

  @Property(tries = 40)
  void nobodyIsOvertakenButByFailuresOfItsOwn(
      @ForAll @IntRange(min = 50, max = 300) int agents,
      @ForAll @IntRange(min = 1, max = 4) int batchSize,
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed) {
    Journal journal =
        new Simulation(new Load(agents, 3, seed), new Ours(batchSize), SLOTS).run(Long.MAX_VALUE);
    int mostInATrial = SLOTS * batchSize * RUNS_OF_A_TRIAL;

    assertThat(journal.open).as("all have ended").isEmpty();
    assertThat(journal.redSince).isEqualTo(Journal.NEVER);
    assertThat(journal.landedNames)
        .allSatisfy(
            name ->
                assertThat(journal.overtakers.getOrDefault(name, 0))
                    .as("landed before %s from behind it", name)
                    .isLessThanOrEqualTo(mostInATrial * journal.failedRuns.getOrDefault(name, 0)));
  }
}
