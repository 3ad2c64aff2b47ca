package dev.qudag.node.fleet;

import dev.qudag.bench.BenchReport;
import dev.qudag.node.fleet.FleetAgent.Push;
import dev.qudag.node.hub.TestingNodeProcess;
import dev.qudag.node.workspace.vcs.Git;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Eight workspaces of a thousand files, in which as many agents make twenty commits each and push
 * every one through the sidecar's origin, all at once: part of {@code target/bench/merge.json}.
 * Never fails on a figure.
 */
class ClonesBench {
  private static final int VALIDATORS = 4;
  private static final int AGENTS = 8;
  private static final int COMMITS = 20;
  private static final int FILES = 1000;
  private static final Duration START = Duration.ofMinutes(3);
  private static final Duration LANDING = Duration.ofMinutes(3);

  @TempDir Path folder;

  /**
   * What came of an agent's work.
   *
   * @param failed commands that failed
   * @param accepted the last change that the hub took; it holds all before it
   * @param newest what the hub named it
   */
  private record Work(int failed, int accepted, Optional<String> newest) {}

  @Test
  void cloning() throws Exception {
    BenchReport goals =
        BenchReport.open("merge")
            .condition("clones_agents", AGENTS)
            .condition("clones_commits", COMMITS)
            .condition("clones_vcs", "Jujutsu")
            .condition("clones_files", FILES);
    BenchReport details = BenchReport.open("merge-details");
    List<FleetAgent> agents = new ArrayList<>();
    try (var swarm =
            SwarmProcesses.start(
                folder,
                VALIDATORS,
                TestingNodeProcess.AS_IN_THE_IMAGE,
                repository ->
                    BenchRepository.plant(
                        new Git(repository.git().directory(), folder),
                        FILES,
                        0,
                        Program.seed(AGENTS)));
        var operator = new PlayedOperator(swarm.operatorsChannel())) {
      for (int i = 0; i < AGENTS; i++) {
        agents.add(FleetAgent.start(folder, "agent-" + i, swarm, true));
      }
      for (FleetAgent agent : agents) {
        agent.awaitReady(START);
      }
      operator.start();
      long start = System.nanoTime();
      List<Work> works = workAtOnce(agents);
      details.put("clones_pushes_per_s", AGENTS * COMMITS / seconds(start));
      awaitLanding(operator, works);
      details.put("clones_s_to_last_landing", seconds(start));

      goals.put("clones.failed_commands", works.stream().mapToInt(Work::failed).sum());
      goals.put("clones.lost_lines", lostLines(swarm, works));
      goals.put("disk_mib_per_workspace", diskMib(agents));
    } finally {
      for (FleetAgent agent : agents) {
        agent.close();
      }
    }
    goals.write();
    details.write();
  }

  private static List<Work> workAtOnce(List<FleetAgent> agents) throws Exception {
    List<Callable<Work>> parts = new ArrayList<>();
    for (int i = 0; i < agents.size(); i++) {
      int index = i;
      parts.add(() -> work(index, agents.get(index)));
    }
    List<Work> works = new ArrayList<>();
    try (var threads = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
      for (Future<Work> part : threads.invokeAll(parts)) {
        works.add(part.get());
      }
    }
    return works;
  }

  private static Work work(int index, FleetAgent agent) {
    int failed = 0;
    int accepted = 0;
    Optional<String> newest = Optional.empty();
    for (int change = 1; change <= COMMITS; change++) {
      if (!agent.run(Program.change(index, change, false)).succeeded()) {
        failed++;
      }
      switch (agent.push()) {
        case Push.Proposed(String proposal) -> {
          accepted = change;
          newest = Optional.of(proposal);
        }
        case Push.OnBranch() -> accepted = change;
        case Push.Failed(String why) -> {
          failed++;
          System.out.println(agent.name + " cannot push: " + why);
        }
      }
    }
    return new Work(failed, accepted, newest);
  }

  /** What does not land in time is counted as lost. */
  private static void awaitLanding(PlayedOperator operator, List<Work> works)
      throws InterruptedException {
    for (Work work : works) {
      if (work.newest().isPresent()) {
        try {
          var unused = operator.awaitEnd(work.newest().get(), LANDING);
        } catch (TimeoutException e) {
          System.out.println(work.newest().get() + " has not landed after " + LANDING);
        }
      }
    }
  }

  private long lostLines(SwarmProcesses swarm, List<Work> works) throws Exception {
    Path scratch = Files.createDirectory(folder.resolve("audit"));
    var audit = new BranchAudit(swarm.node(SwarmProcesses.HUB).data(), scratch, swarm.genesis());
    List<String> lost = new ArrayList<>(Program.lines(works.stream().map(Work::accepted).toList()));
    lost.removeAll(audit.printed());
    return lost.size();
  }

  private static double diskMib(List<FleetAgent> agents) {
    return agents.stream().mapToLong(FleetAgent::diskKib).average().orElseThrow() / 1024;
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }
}
