package dev.qudag.consensus.snowball.polling;

import static dev.qudag.consensus.snowball.polling.Network.Fault.BABBLING;
import static dev.qudag.consensus.snowball.polling.Network.Fault.FLATTERING;
import static dev.qudag.consensus.snowball.polling.Network.Fault.SILENT;
import static dev.qudag.consensus.snowball.polling.Network.Fault.STUBBORN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.qudag.consensus.snowball.SnowballParameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.IntSummaryStatistics;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The polls that docs/explanation/consensus.md publishes are those that a seed gives now. {@code
 * -Dqudag.simulation.large=true} runs the rows of 10,000 members too.
 */
class MeasuredPollsTest {
  private static final long SEED = 1;
  private static final Path PAGE =
      Path.of(System.getProperty("qudag.root"), "docs/explanation/consensus.md");

  static Stream<Arguments> rows() {
    Stream<Arguments> usual =
        Stream.of(
            Arguments.of("agreed", Network.agreed(1000, 0, SILENT)),
            Arguments.of("agreed", Network.agreed(1000, 100, SILENT)),
            Arguments.of("agreed", Network.agreed(1000, 100, STUBBORN)),
            Arguments.of("split", Network.split(1000, 0, SILENT)),
            Arguments.of("split", Network.split(1000, 100, SILENT)),
            Arguments.of("split", Network.split(1000, 100, BABBLING)),
            Arguments.of("five choices", Network.ofFiveChoices(1000, 100, SILENT)),
            Arguments.of("split", Network.split(1000, 50, FLATTERING)));
    Stream<Arguments> large =
        Stream.of(
            Arguments.of("agreed", Network.agreed(10_000, 1000, SILENT)),
            Arguments.of("split", Network.split(10_000, 0, SILENT)),
            Arguments.of("split", Network.split(10_000, 1000, SILENT)));
    return Boolean.getBoolean("qudag.simulation.large") ? Stream.concat(usual, large) : usual;
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("rows")
  void thePageSaysWhatIsMeasured(String start, Network network) throws IOException {
    Simulation simulation = new Simulation(SEED, network);
    simulation.runUntilAllAccepted(network.members() * 4000);
    IntSummaryStatistics polls = simulation.acceptances().polls();
    double expected =
        SnowballParameters.standard(network.faulty()).expectedPolls(network.members() - 1);
    if (start.equals("agreed")) {
      assertThat(polls.getAverage())
          .as("900 members and more: five standard errors are below 5 %%")
          .isCloseTo(expected, withinPercentage(5));
    }
    String row =
        String.format(
            Locale.ROOT,
            "| %,d | %s | %s | %.1f | %.1f | %d | 2^%d |",
            network.members(),
            start,
            faults(network),
            expected,
            polls.getAverage(),
            polls.getMax(),
            (long) Math.ceil(simulation.acceptances().weakestLog2Bound()));
    assertThat(Files.readString(PAGE)).contains(row);
  }

  private static String faults(Network network) {
    return network.faulty() == 0
        ? "none"
        : String.format(
            Locale.ROOT,
            "%d %% %s",
            100 * network.faulty() / network.members(),
            network.fault().name().toLowerCase(Locale.ROOT));
  }
}
