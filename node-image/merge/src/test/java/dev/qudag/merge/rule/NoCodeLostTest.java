package dev.qudag.merge.rule;

import static dev.qudag.merge.rule.TestingHunks.change;
import static dev.qudag.merge.rule.TestingHunks.lines;
import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.merge.text.TestingVersions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class NoCodeLostTest {
  private static final NoCodeLost RULE =
      new NoCodeLost(
          change("f", "kept\ngone\n", "kept\nmine\nmine\n", "kept\nother\n"),
          UnaryOperator.identity());

  @Test
  void everyLineOfASideMustBeThereAsOften() {
    assertThat(RULE.violatedBy(lines("kept\nmine\nmine\nother\n"))).isEmpty();
    assertThat(RULE.violatedBy(lines("kept\nmine\nother\n"))).hasValue("mine");
    assertThat(RULE.violatedBy(lines("kept\nmine\nmine\n"))).hasValue("other");
    assertThat(RULE.violatedBy(lines("mine\nmine\nother\n"))).hasValue("kept");
  }

  /** Whoever kept it may need it: people decide. */
  @Test
  void whatOneSideRemovedAndTheOtherKeptMustBeThere() {
    var rule = new NoCodeLost(change("f", "a\nb\n", "a\nx\n", "b\n"), UnaryOperator.identity());

    assertThat(rule.violatedBy(lines("x\n"))).isPresent();
    assertThat(rule.violatedBy(lines("a\nx\nb\n"))).isEmpty();
  }

  @Test
  void aLineThatNoSideHasIsRefused() {
    assertThat(RULE.violatedBy(lines("kept\nmine\nmine\nother\nnew\n"))).hasValue("new");
    assertThat(RULE.violatedBy(lines("kept\nmine\nmine\nother\ngone\n"))).hasValue("gone");
  }

  @Test
  void whatARuleTakesForOneLineIsFoundAgain() {
    var rule = new NoCodeLost(change("f", "v 1\n", "v 2\n", "v 3\n"), line -> line.substring(0, 1));

    assertThat(rule.violatedBy(lines("v 3\n"))).isEmpty();
    assertThat(rule.violatedBy(lines(""))).isPresent();
  }

  @Property
  void aResultWithoutALineOfASideIsAlwaysRefused(@ForAll long seed) {
    var random = new Random(seed);
    for (var hunk : TestingVersions.of(random, List.of("a", "b", "c", "d")).hunks("f")) {
      var rule = new NoCodeLost(hunk, UnaryOperator.identity());
      var all = new ArrayList<>(hunk.ours());
      all.addAll(hunk.theirs());
      assertThat(rule.violatedBy(all)).isEmpty();

      var side = hunk.ours().isEmpty() ? hunk.theirs() : hunk.ours();
      if (!side.isEmpty()) {
        var line = side.get(random.nextInt(side.size()));
        all.removeIf(line::equals);
        assertThat(rule.violatedBy(all)).isPresent();
      }
    }
  }
}
