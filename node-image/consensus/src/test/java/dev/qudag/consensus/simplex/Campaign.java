package dev.qudag.consensus.simplex;

import dev.qudag.crypto.Digest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Many seeds, as many at once as there are processors; their results stand in the order of the
 * seeds, so that two runs of the same seeds report the same.
 */
record Campaign(List<Played> swarms) {
  /**
   * What came of one seed.
   *
   * @param failure says which check was red and how to replay it
   */
  record Played(
      Scenario scenario,
      Digest trace,
      long deliveries,
      long views,
      Optional<AssertionError> failure) {

    private static Played of(Scenario scenario) {
      try {
        Simulation simulation = scenario.play();
        return new Played(
            scenario,
            simulation.trace(),
            simulation.deliveries(),
            simulation.viewsAfterHealing(),
            Optional.empty());
      } catch (AssertionError e) {
        return new Played(scenario, Digest.ZERO, 0, 0, Optional.of(e));
      }
    }
  }

  static Campaign play(LongStream seeds) {
    return new Campaign(seeds.parallel().mapToObj(Scenario::of).map(Played::of).toList());
  }

  List<AssertionError> failures() {
    return swarms.stream().flatMap(played -> played.failure().stream()).toList();
  }

  /** By size of the swarm: how many, how much they said, how soon they decided after healing. */
  String report() {
    Map<Integer, List<Played>> bySize =
        swarms.stream()
            .collect(
                Collectors.groupingBy(
                    played -> played.scenario().cast().size(), TreeMap::new, Collectors.toList()));
    StringBuilder report = new StringBuilder();
    bySize.forEach((size, some) -> report.append(line(size, some)));
    byte[][] traces = swarms.stream().map(played -> played.trace().bytes()).toArray(byte[][]::new);
    return report
        + "%d seeds, %d red, trace %s"
            .formatted(swarms.size(), failures().size(), Digest.sha256(traces).shortHex());
  }

  private static String line(int size, List<Played> some) {
    return "n = %2d: %5d swarms, %6.0f messages each, all decided within %d views of healing%n"
        .formatted(
            size,
            some.size(),
            some.stream().mapToLong(Played::deliveries).average().orElseThrow(),
            some.stream().mapToLong(Played::views).max().orElseThrow());
  }
}
