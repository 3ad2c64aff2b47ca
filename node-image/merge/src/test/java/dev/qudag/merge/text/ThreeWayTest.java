package dev.qudag.merge.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.merge.text.Hunk.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ThreeWayTest {
  private static final List<String> ALPHABET = List.of("a", "b", "c", "");

  private static List<Chunk> merge(List<String> base, List<String> ours, List<String> theirs) {
    return new TestingVersions(base, ours, theirs).merged("f");
  }

  private static Part whole(String... lines) {
    return new Part(List.of(), List.of(lines), List.of());
  }

  @Test
  void changesApartAreBothTaken() {
    assertThat(merge(List.of("1", "2", "3"), List.of("0", "1", "2", "3"), List.of("1", "2")))
        .containsExactly(new Chunk.Agreed(List.of("0", "1", "2")));
  }

  @Test
  void changesOfOneLineAreAHunkThatKnowsItsPlace() {
    assertThat(merge(List.of("1", "2", "3"), List.of("0", "1", "o", "3"), List.of("1", "t", "3")))
        .containsExactly(
            new Chunk.Agreed(List.of("0", "1")),
            new Chunk.Open(
                new Hunk(
                    "f",
                    3,
                    new Part(List.of("1"), List.of("2"), List.of("3")),
                    new Part(List.of("0", "1"), List.of("o"), List.of("3")),
                    new Part(List.of("1"), List.of("t"), List.of("3")))),
            new Chunk.Agreed(List.of("3")));
  }

  /** As git has it: with nothing unchanged between two changes, nobody knows what is one. */
  @Test
  void changesOfLinesSideBySideAreOneHunk() {
    assertThat(merge(List.of("1", "2"), List.of("o", "2"), List.of("1", "t")))
        .containsExactly(
            new Chunk.Open(new Hunk("f", 1, whole("1", "2"), whole("o", "2"), whole("1", "t"))));
  }

  @Test
  void theSameChangeOnBothSidesIsAHunkToo() {
    assertThat(new TestingVersions(List.of("1"), List.of("2"), List.of("2")).hunks("f"))
        .containsExactly(new Hunk("f", 1, whole("1"), whole("2"), whole("2")));
  }

  @Test
  void aSideThatChangesTooMuchIsNotMerged() {
    var other = IntStream.rangeClosed(0, ThreeWay.MOST_EDITS).mapToObj(i -> "line " + i).toList();

    assertThat(ThreeWay.merge("f", List.of(), List.of("a"), other)).isEmpty();
    assertThat(ThreeWay.merge("f", List.of(), other, List.of("a"))).isEmpty();
  }

  @Property
  void aSideThatChangedNothingGivesTheOther(@ForAll long seed) {
    var drawn = TestingVersions.of(new Random(seed), ALPHABET);

    assertThat(side(merge(drawn.base(), drawn.base(), drawn.theirs()), true))
        .isEqualTo(drawn.theirs());
    assertThat(side(merge(drawn.base(), drawn.ours(), drawn.base()), false))
        .isEqualTo(drawn.ours());
    assertThat(new TestingVersions(drawn.base(), drawn.base(), drawn.theirs()).hunks("f"))
        .isEmpty();
  }

  @Property
  void whichSideIsWhichChangesNothing(@ForAll long seed) {
    var drawn = TestingVersions.of(new Random(seed), ALPHABET);

    assertThat(side(drawn.merged("f"), true)).isEqualTo(side(drawn.mirrored().merged("f"), false));
    assertThat(drawn.hunks("f").stream().map(Hunk::ours).toList())
        .isEqualTo(drawn.mirrored().hunks("f").stream().map(Hunk::theirs).toList());
  }

  @Property
  void hunksAreWhatBothSidesChangedBetweenWhatIsTheSame(@ForAll long seed) {
    var drawn = TestingVersions.of(new Random(seed), ALPHABET);

    for (var hunk : drawn.hunks("f")) {
      assertThat(hunk.ours()).isNotEqualTo(hunk.base());
      assertThat(hunk.theirs()).isNotEqualTo(hunk.base());
      var all = new ArrayList<>(hunk.before());
      all.addAll(hunk.base());
      all.addAll(hunk.after());
      assertThat(all).isEqualTo(drawn.base());
      assertThat(drawn.ours().subList(hunk.line() - 1, hunk.line() - 1 + hunk.ours().size()))
          .isEqualTo(hunk.ours());
    }
  }

  private static List<String> side(List<Chunk> chunks, boolean ours) {
    var lines = new ArrayList<String>();
    for (var chunk : chunks) {
      switch (chunk) {
        case Chunk.Agreed(var agreed) -> lines.addAll(agreed);
        case Chunk.Open(var hunk) -> lines.addAll(ours ? hunk.ours() : hunk.theirs());
      }
    }
    return lines;
  }
}
