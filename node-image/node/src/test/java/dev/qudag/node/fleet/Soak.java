package dev.qudag.node.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.node.hub.TestingNodeProcess;
import dev.qudag.node.workspace.vcs.Git;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Eight agents on one repository, while the hub and the validators are killed at random times and
 * started again. In the end nothing that was accepted is lost or there twice.
 *
 * <p>What agents do and who dies when follows from the seed; how the processes' steps fall between
 * each other does not.
 */
final class Soak implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Soak.class.getName());
  private static final int AGENTS = 8;
  private static final int VALIDATORS = 4;
  private static final Duration START = Duration.ofMinutes(3);
  private static final Duration LAST_LANDING = Duration.ofMinutes(10);

  private final Path folder;
  private final long seed;
  private final SwarmProcesses swarm;
  private final PlayedOperator operator;
  private final List<FleetAgent> workspaces = new ArrayList<>();
  private final List<ScriptedAgent> agents = new ArrayList<>();

  Soak(Path folder, long seed) throws Exception {
    this.folder = folder;
    this.seed = seed;
    this.swarm =
        SwarmProcesses.start(
            folder,
            VALIDATORS,
            TestingNodeProcess.QUICK_START,
            repository ->
                new FastImport(new Git(repository.git().directory(), folder))
                    .commit("main", Program.seed(AGENTS))
                    .run());
    this.operator = new PlayedOperator(swarm.operatorsChannel());
  }

  /** Half of the workspaces are kept by jj, the others by git alone. */
  void assemble() throws Exception {
    for (int i = 0; i < AGENTS; i++) {
      workspaces.add(FleetAgent.start(folder, "agent-" + i, swarm, i % 2 == 0));
    }
    for (int i = 0; i < AGENTS; i++) {
      workspaces.get(i).awaitReady(START);
      agents.add(new ScriptedAgent(i, workspaces.get(i), operator, seed));
    }
    operator.start();
  }

  /** Returns when all agents have seen their last change land. */
  void run(Duration time) throws Exception {
    Instant begin = Instant.now();
    KillPlan plan = KillPlan.of(seed, swarm.size(), time);
    List<Callable<Void>> parts = new ArrayList<>();
    parts.add(
        () -> {
          kill(plan, begin);
          return null;
        });
    for (ScriptedAgent agent : agents) {
      parts.add(
          () -> {
            agent.work(begin.plus(time));
            return null;
          });
    }
    together(parts, time.plus(LAST_LANDING));
    LOG.log(
        System.Logger.Level.INFO,
        "{0} changes, {1} kills, {2} pushes repeated",
        agents.stream().mapToInt(ScriptedAgent::changes).sum(),
        plan.strikes().size(),
        agents.stream().mapToInt(ScriptedAgent::repeatedPushes).sum());
  }

  /** Ends with the first part that fails. */
  private static void together(List<Callable<Void>> parts, Duration limit) throws Exception {
    ExecutorService threads = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory());
    try {
      var running = new ExecutorCompletionService<Void>(threads);
      for (Callable<Void> part : parts) {
        var unused = running.submit(part);
      }
      Instant end = Instant.now().plus(limit);
      for (int i = 0; i < parts.size(); i++) {
        Future<Void> next = running.poll(millisUntil(end), TimeUnit.MILLISECONDS);
        if (next == null) {
          throw new AssertionError("agents work on after " + limit);
        }
        next.get();
      }
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause().getMessage(), e.getCause());
    } finally {
      threads.shutdownNow();
      // Who is still at it would start a node that has been ended.
      var unused = threads.awaitTermination(1, TimeUnit.MINUTES);
    }
  }

  private void kill(KillPlan plan, Instant begin) throws Exception {
    for (KillPlan.Strike strike : plan.strikes()) {
      TimeUnit.MILLISECONDS.sleep(millisUntil(begin.plusMillis(strike.atMillis())));
      TestingNodeProcess victim = swarm.node(strike.node());
      LOG.log(System.Logger.Level.INFO, "kills node {0}", strike.node());
      victim.kill();
      TimeUnit.MILLISECONDS.sleep(strike.awayMillis());
      victim.start();
    }
  }

  private static long millisUntil(Instant time) {
    return Math.max(0, Duration.between(Instant.now(), time).toMillis());
  }

  /** After {@link #run}; ends the swarm. */
  void audit() throws Exception {
    Set<String> accepted = new HashSet<>();
    agents.forEach(agent -> accepted.addAll(agent.accepted()));
    for (String proposal : accepted) {
      var unused = operator.awaitEnd(proposal, LAST_LANDING);
    }
    assertThat(operator.contradictions()).isEmpty();
    close();
    Path scratch = Files.createDirectory(folder.resolve("audit"));
    var audit = new BranchAudit(swarm.node(SwarmProcesses.HUB).data(), scratch, swarm.genesis());
    audit.gitFindsNoFault();
    audit.eachEndedOnce(accepted);
    audit.everyCommitBuilds();
    audit.keepsEveryLine(Program.lines(agents.stream().map(ScriptedAgent::changes).toList()));
  }

  /** A second call does nothing. */
  @Override
  public void close() throws Exception {
    for (FleetAgent workspace : workspaces) {
      workspace.close();
    }
    operator.close();
    swarm.close();
  }
}
