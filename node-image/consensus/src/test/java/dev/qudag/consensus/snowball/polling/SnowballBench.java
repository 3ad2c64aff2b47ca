package dev.qudag.consensus.snowball.polling;

import dev.qudag.bench.BenchReport;
import dev.qudag.consensus.snowball.SnowballParameters;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/**
 * Polls until a member accepts, against the formula, with a tenth of the members silent: part of
 * {@code target/bench/consensus.json}.
 */
class SnowballBench {
  private static final long SEED = 1;

  @Test
  void measure() throws IOException {
    BenchReport goals = BenchReport.open("consensus");
    put(goals, 1000);
    goals.write();
    BenchReport details =
        BenchReport.open("consensus-details").condition("sim.snowball_silent_percent", 10);
    put(details, 10_000);
    details.write();
  }

  private static void put(BenchReport report, int members) {
    Network network = Network.agreed(members, members / 10, Network.Fault.SILENT);
    Simulation simulation = new Simulation(SEED, network).runUntilAllAccepted(members * 4000);
    String key = "sim.snowball_n" + members + "_";
    report.put(key + "polls", simulation.acceptances().polls().getAverage());
    report.put(
        key + "formula", SnowballParameters.standard(network.faulty()).expectedPolls(members - 1));
  }
}
