package dev.qudag.consensus.snowball.committee;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.qudag.consensus.snowball.stake.Stake;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.encoding.CanonicalWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaptureBoundTest {
  private static final Path PAGE =
      Path.of(System.getProperty("qudag.root"), "docs/explanation/consensus.md");

  /** Figures of an independent computation with exact fractions. */
  @ParameterizedTest
  @CsvSource({
    "1000, 100, -135.84087040768304",
    "1000, 150, -62.74113363939256",
    "1000, 200, -29.763690872336383",
    "10000, 1000, -82.70030195254344",
    "1000000, 100000, -79.70447488836271"
  })
  void ofOneDrawIsTheTailFromAThirdOfTheSeats(long units, long bad, double log2) {
    assertThat(CaptureBound.of(units, bad, 256).log2OfOneDraw()).isCloseTo(log2, within(1e-6));
  }

  /** The page gives exponents, rounded to the worse. */
  @ParameterizedTest
  @CsvSource({
    "1000, 100", "1000, 150", "1000, 200",
    "10000, 1000", "10000, 1500", "10000, 2000",
    "1000000, 100000"
  })
  void isPublished(long units, long bad) throws IOException {
    CaptureBound bound = CaptureBound.of(units, bad, 256);
    String row =
        String.format(
            Locale.ROOT,
            "| %,d | %d %% | %s | %s |",
            units,
            100 * bad / units,
            power(bound.log2OfOneDraw()),
            power(bound.log2WithGrinding()));
    assertThat(Files.readString(PAGE)).contains(row);
  }

  private static String power(double log2) {
    return log2 == 0 ? "no bound" : "2^%d".formatted((long) Math.ceil(log2));
  }

  @Test
  void countsFromTheSeatThatBreaksSimplex() {
    assertThat(CaptureBound.of(4, 2, 4).log2OfOneDraw()).as("2 of 4").isZero();
    assertThat(CaptureBound.of(4, 1, 4).log2OfOneDraw()).as("1 of 4").isEqualTo(-1.0 / 0);
    assertThat(CaptureBound.of(6, 2, 6).log2OfOneDraw()).as("2 of 6").isZero();
    assertThat(CaptureBound.of(7, 2, 7).log2OfOneDraw()).as("2 of 7").isEqualTo(-1.0 / 0);
  }

  @Test
  void allowsForFortyBitsOfGrinding() {
    CaptureBound bound = CaptureBound.of(10_000, 1000, 256);
    assertThat(bound.log2WithGrinding()).isCloseTo(bound.log2OfOneDraw() + 40, within(1e-9));
    assertThat(CaptureBound.of(1000, 300, 256).log2WithGrinding()).isZero();
  }

  /**
   * A third of bad stake: 2,000 committees are drawn, and as many are captured as the bound says.
   */
  @Test
  void isWhatDrawsShow() {
    Stake stake = Stake.ofEqualWeight(1000);
    int draws = 2000;
    int captured = 0;
    for (int number = 0; number < draws; number++) {
      Digest seed = Digest.sha256(CanonicalWriter.untagged().int32(number).toByteArray());
      int bad = Committee.draw(seed, stake).byMember().headMap(300).size();
      captured += 3 * bad >= 256 ? 1 : 0;
    }
    double expected = Math.pow(2, CaptureBound.of(1000, 300, 256).log2OfOneDraw());
    double error = Math.sqrt(expected * (1 - expected) / draws);
    assertThat((double) captured / draws).isCloseTo(expected, within(5 * error));
  }

  @Test
  void refusesMoreBadStakeThanThereIs() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CaptureBound.of(1000, 1001, 256))
        .withMessageContaining("1001 marked out of 1000");
  }
}
