package dev.qudag.merge.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class LineMatchesTest {
  private static final int ENOUGH = 100;

  private static int[] matches(List<String> from, List<String> to) {
    return LineMatches.of(from, to, ENOUGH).orElseThrow();
  }

  @Test
  void matchesWhatIsCommonInOrder() {
    assertThat(matches(List.of("a", "b", "c"), List.of("a", "x", "c"))).containsExactly(0, -1, 2);
    assertThat(matches(List.of(), List.of("a"))).isEmpty();
    assertThat(matches(List.of("a"), List.of())).containsExactly(-1);
  }

  @Test
  void textsThatAreTooFarApartAreNotMatched() {
    var from = List.of("a", "b", "c");
    var to = List.of("x", "y", "z");

    assertThat(LineMatches.of(from, to, 6)).isPresent();
    assertThat(LineMatches.of(from, to, 5)).isEmpty();
  }

  @Property
  void matchesAreEqualLinesInRisingOrderAndAsManyAsCanBe(
      @ForAll("lines") List<String> from, @ForAll("lines") List<String> to) {
    int[] match = matches(from, to);

    assertThat(match).hasSize(from.size());
    int last = -1;
    for (int i = 0; i < match.length; i++) {
      if (match[i] >= 0) {
        assertThat(match[i]).isGreaterThan(last);
        assertThat(to.get(match[i])).isEqualTo(from.get(i));
        last = match[i];
      }
    }
    assertThat(Arrays.stream(match).filter(at -> at >= 0).count())
        .isEqualTo(longestCommon(from, to));
  }

  /** Wagner and Fischer's table. */
  private static int longestCommon(List<String> from, List<String> to) {
    var longest = new int[from.size() + 1][to.size() + 1];
    for (int i = 1; i <= from.size(); i++) {
      for (int j = 1; j <= to.size(); j++) {
        longest[i][j] =
            from.get(i - 1).equals(to.get(j - 1))
                ? longest[i - 1][j - 1] + 1
                : Math.max(longest[i - 1][j], longest[i][j - 1]);
      }
    }
    return longest[from.size()][to.size()];
  }

  @Provide
  Arbitrary<List<String>> lines() {
    return Arbitraries.of("a", "b", "c").list().ofMaxSize(12);
  }
}
