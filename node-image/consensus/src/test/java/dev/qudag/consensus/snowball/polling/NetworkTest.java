package dev.qudag.consensus.snowball.polling;

import static dev.qudag.consensus.snowball.polling.Network.Fault.BABBLING;
import static dev.qudag.consensus.snowball.polling.Network.Fault.FLATTERING;
import static dev.qudag.consensus.snowball.polling.Network.Fault.SILENT;
import static dev.qudag.consensus.snowball.polling.Network.Fault.STUBBORN;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whole networks under faults; the invariants hold after every event. A failure names its network
 * and seed; {@code -Dqudag.simulation.seeds=N} runs more of them.
 */
class NetworkTest {
  private static final int SEEDS = Integer.getInteger("qudag.simulation.seeds", 4);

  /** A poll has 20 answers: far more events than 100 polls of each member take. */
  private static Simulation settle(long seed, Network network) {
    Simulation simulation =
        new Simulation(seed, network).runUntilAllAccepted(network.members() * 4000);
    simulation.runUntilQuiet();
    return simulation;
  }

  static Stream<Arguments> splitNetworks() {
    return Stream.of(
            Network.split(200, 0, SILENT),
            Network.split(200, 20, SILENT),
            Network.split(200, 20, BABBLING),
            Network.ofFiveChoices(200, 20, SILENT))
        .flatMap(
            network -> LongStream.range(0, SEEDS).mapToObj(seed -> Arguments.of(network, seed)));
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("splitNetworks")
  void aSplitNetworkConvergesOnOneChoiceAndFallsSilent(Network network, long seed) {
    settle(seed, network);
  }

  @Test
  void aStubbornTenthTipsASplitNetworkAndDividesNobody() {
    assertThat(settle(3, Network.split(1000, 100, STUBBORN)).outcome()).isEqualTo(1);
  }

  @Test
  void aStubbornTenthCannotTurnAnAgreedNetwork() {
    assertThat(settle(3, Network.agreed(1000, 100, STUBBORN)).outcome()).isZero();
  }

  /**
   * Known of Snowball (Kniep et al., ESORICS 2024), and the reason why a committee finalizes: liars
   * who see the whole network hold a split open. Nobody accepts anything meanwhile.
   */
  @Test
  void aTenthThatFlattersStallsASplitNetworkButDividesNobody() {
    Simulation simulation = new Simulation(4, Network.split(1000, 100, FLATTERING));
    assertThat(simulation.run(2_000_000)).isFalse();
    assertThat(simulation.acceptances().count()).isZero();
  }

  @Test
  void sameSeedGivesSameHistory() {
    Network network = Network.split(200, 20, BABBLING);
    assertThat(settle(42, network).trace()).isEqualTo(settle(42, network).trace());
  }

  @Test
  void anotherSeedGivesAnotherHistory() {
    Network network = Network.split(200, 20, BABBLING);
    assertThat(settle(1, network).trace()).isNotEqualTo(settle(2, network).trace());
  }
}
