package dev.qudag.merge.structure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What holds of every candidate, however it came about. */
class AcceptancePropertyTest {
  private static final int NAMES = 6;

  /** Sides of random edits, and a result that has a bit of each. */
  private static Candidate candidate(long seed) {
    var random = new Random(seed);
    var base = new ArrayList<String>();
    for (int name = 0; name < NAMES; name++) {
      base.add("fun n" + name + " 0");
    }
    var ours = edited(base, "o", random);
    var theirs = edited(base, "t", random);
    return new Candidate(
        TestingSources.of(base),
        TestingSources.of(ours),
        TestingSources.of(theirs),
        TestingSources.of(merged(base, ours, theirs, random)));
  }

  private static List<String> edited(List<String> base, String side, Random random) {
    var lines = new ArrayList<String>();
    for (var line : base) {
      switch (random.nextInt(8)) {
        case 0 -> {}
        case 1 -> lines.add(line.substring(0, line.length() - 1) + side);
        case 2 -> {
          lines.add(line);
          lines.add("fun " + side + lines.size() + " new");
        }
        default -> lines.add(line);
      }
    }
    return lines;
  }

  /** Often the right one; sometimes with an error. */
  private static List<String> merged(
      List<String> base, List<String> ours, List<String> theirs, Random random) {
    var lines = new ArrayList<>(ours);
    lines.removeIf(line -> base.contains(line) && !theirs.contains(line));
    for (int at = 0; at < theirs.size(); at++) {
      var line = theirs.get(at);
      if (!base.contains(line)) {
        int after = at == 0 ? -1 : lines.indexOf(theirs.get(at - 1));
        lines.add(after + 1, line);
      }
    }
    if (random.nextInt(4) == 0 && !lines.isEmpty()) {
      lines.remove(random.nextInt(lines.size()));
    }
    return lines;
  }

  @Property(tries = 2000)
  void whichSideIsWhichDoesNotMatter(@ForAll long seed) {
    var one = candidate(seed);
    var other = new Candidate(one.base(), one.theirs(), one.ours(), one.merged());

    assertThat(Acceptance.violatedBy(one)).isEqualTo(Acceptance.violatedBy(other));
  }

  @Property(tries = 2000)
  void whatIsAcceptedHasWhatEachSideMade(@ForAll long seed) {
    var candidate = candidate(seed);
    if (Acceptance.violatedBy(candidate).isPresent()) {
      return;
    }
    var base = candidate.base().lines();
    var expected = new HashSet<>(base);
    candidate.sides().forEach(side -> expected.addAll(side.lines()));
    expected.removeIf(
        line ->
            base.contains(line)
                && candidate.sides().anyMatch(side -> !side.lines().contains(line)));
    assertThat(candidate.merged().lines())
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(expected);
  }
}
