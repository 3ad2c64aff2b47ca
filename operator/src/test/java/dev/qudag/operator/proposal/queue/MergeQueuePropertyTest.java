package dev.qudag.operator.proposal.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.operator.proposal.queue.TestingBranch.Nature;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whole lives of a branch; the invariants that {@link TestingBranch} checks hold at each step. */
class MergeQueuePropertyTest {

  @Property
  void everythingEndsAndTheRightOnesLand(
      @ForAll @Size(min = 1, max = 9) List<Nature> proposals,
      @ForAll @IntRange(min = 1, max = 5) int window,
      @ForAll long seed) {
    var branch = new TestingBranch(proposals, window, seed);

    for (var round = 0; !branch.isDone(); round++) {
      assertThat(round).as("rounds with %s left", branch.plan()).isLessThan(20_000);
      branch.round();
    }

    var conflicting = Collections.frequency(proposals, Nature.CONFLICTING);
    for (var i = 0; i < proposals.size(); i++) {
      switch (proposals.get(i)) {
        case GOOD, UNLUCKY -> assertThat(branch.landed).contains("p" + i);
        case BROKEN -> assertThat(branch.ejected).containsKey("p" + i);
        case CONFLICTING -> {}
      }
    }
    assertThat(branch.landed.stream().filter(n -> natureOf(proposals, n) == Nature.CONFLICTING))
        .as("of those in conflict exactly the first lands")
        .hasSize(Math.min(1, conflicting));
    assertThat(branch.landed).doesNotHaveDuplicates().noneMatch(branch.ejected::containsKey);
  }

  @Property
  void thePlanFollowsFromItsInputAlone(
      @ForAll @Size(min = 1, max = 6) List<Nature> proposals, @ForAll long seed) {
    var branch = new TestingBranch(proposals, 4, seed);
    var random = new Random(seed);
    for (var round = 0; round < 40 && !branch.isDone(); round++) {
      branch.round();
    }
    var entries = new ArrayList<>(branch.entries());
    var plan = new MergeQueue(branch.head, 4, entries).plan();
    Collections.shuffle(entries, random);

    assertThat(new MergeQueue(branch.head, 4, entries).plan()).isEqualTo(plan);
    assertThat(plan).hasSize(entries.size());
  }

  private static Nature natureOf(List<Nature> proposals, String name) {
    return proposals.get(Integer.parseInt(name.substring(1)));
  }
}
