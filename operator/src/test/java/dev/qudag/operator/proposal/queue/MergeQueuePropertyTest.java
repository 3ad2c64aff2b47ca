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
      @ForAll @IntRange(min = 1, max = 4) int batchSize,
      @ForAll long seed) {
    var branch = new TestingBranch(proposals, new QueueSettings(window, batchSize, 0), seed);

    for (var round = 0; !branch.isDone(); round++) {
      assertThat(round).as("rounds with %s left", branch.plan()).isLessThan(40_000);
      branch.round();
    }

    var conflicting = Collections.frequency(proposals, Nature.CONFLICTING);
    for (var i = 0; i < proposals.size(); i++) {
      var name = "p" + i;
      switch (proposals.get(i)) {
        case GOOD, UNLUCKY, FLAKY, LONER -> assertThat(branch.landed).contains(name);
        case BROKEN -> assertThat(branch.ejected).containsKey(name);
        case DEPENDENT -> assertLandsAfterTheOneBefore(branch, i);
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
      @ForAll @Size(min = 1, max = 6) List<Nature> proposals,
      @ForAll @IntRange(min = 1, max = 3) int batchSize,
      @ForAll long seed) {
    var settings = new QueueSettings(4, batchSize, 0);
    var branch = new TestingBranch(proposals, settings, seed);
    var random = new Random(seed);
    for (var round = 0; round < 40 && !branch.isDone(); round++) {
      branch.round();
    }
    var entries = new ArrayList<>(branch.entries());
    var plan = new MergeQueue(branch.branch(), settings, entries).plan();
    Collections.shuffle(entries, random);

    assertThat(new MergeQueue(branch.branch(), settings, entries).plan()).isEqualTo(plan);
    assertThat(plan).hasSize(entries.size());
  }

  private static void assertLandsAfterTheOneBefore(TestingBranch branch, int index) {
    var name = "p" + index;
    var before = "p" + (index - 1);
    if (index == 0 || branch.landed.contains(before)) {
      assertThat(branch.landed).contains(name);
      assertThat(branch.landed.indexOf(name)).isGreaterThan(branch.landed.indexOf(before));
    } else {
      assertThat(branch.ejected).containsEntry(name, before);
    }
  }

  private static Nature natureOf(List<Nature> proposals, String name) {
    return proposals.get(Integer.parseInt(name.substring(1)));
  }
}
