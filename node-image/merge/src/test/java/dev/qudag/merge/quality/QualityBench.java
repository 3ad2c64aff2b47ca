package dev.qudag.merge.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.bench.BenchReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What lands without a person, on merges that no one here wrote: {@code quality.*} of {@code
 * target/bench/merge.json}, beside git and mergiraf alone in the same run. Each merge and what
 * became of it stands in {@code merge-quality.json}. Never fails on a figure.
 */
class QualityBench {
  @TempDir Path folder;

  @Test
  void landsNothingThatItsAuthorsWouldNot() throws IOException, InterruptedException {
    var goals = BenchReport.open("merge");
    var details = BenchReport.open("merge-quality");
    var merges = merges(goals);
    var ours = measure("qudag", new Contender.Ours(), merges, details);
    var git = measure("git", new Contender.Git(), merges, details);
    var mergiraf = measure("mergiraf", new Contender.Mergiraf(), merges, details);
    goals.put("quality.cases", ours.cases());
    goals.put("quality.landed", ours.results());
    goals.put("quality.wrong_landed", ours.wrong());
    goals.put("quality.wrong_landed_upper95_percent", ours.wrongUpper95Percent());
    goals.put("quality.resolved_percent", ours.resolvedPercent());
    goals.put("quality.git_resolved_percent", git.resolvedPercent());
    goals.put("quality.git_wrong_percent", git.wrongPercent());
    goals.put("quality.mergiraf_resolved_percent", mergiraf.resolvedPercent());
    goals.put("quality.mergiraf_wrong_percent", mergiraf.wrongPercent());
    details.write();
    goals.write();
  }

  private List<StrangersMerge> merges(BenchReport report) throws IOException, InterruptedException {
    var spork = new CaseClone(given("spork"));
    var pairs = new CaseClone(given("pairs"));
    var agents =
        new AgentPairs(pairs, given("projects"), Files.createDirectory(folder.resolve("patched")));
    var merges = new ArrayList<>(SporkCases.of(spork));
    merges.addAll(agents.all());
    report.condition("quality.spork", spork.commit());
    report.condition("quality.agent_conflict_bench", pairs.commit());
    report.condition("quality.left_out", agents.leftOut());
    return merges;
  }

  private Tally measure(
      String who, Contender contender, List<StrangersMerge> merges, BenchReport details)
      throws IOException, InterruptedException {
    Map<String, Tally> sets = new LinkedHashMap<>();
    for (var merge : merges) {
      var place = folder.resolve(who + "/" + merge.set() + "/" + merge.name());
      var result = contender.merge(merge, Files.createDirectories(place));
      var before = sets.getOrDefault(merge.set(), Tally.none());
      sets.put(
          merge.set(),
          result.isEmpty()
              ? before.left()
              : before.merged(merge.truth().accepts(result.get().files())));
      details.put(
          "merges." + merge.set() + "/" + merge.name() + "." + who,
          result
              .map(
                  it -> it.category() + (merge.truth().accepts(it.files()) ? ", right" : ", WRONG"))
              .orElse("left to people"));
    }
    sets.forEach((set, tally) -> details.put("sets." + set + "." + who, tally));
    return sets.values().stream().reduce(Tally.none(), Tally::plus);
  }

  private static Path given(String name) {
    var value = System.getProperty("qudag.quality." + name, "");
    assertThat(value)
        .as("the setting qudag.quality." + name + " (see make bench-quality)")
        .isNotBlank();
    return Path.of(Objects.requireNonNull(value)).toAbsolutePath();
  }
}
