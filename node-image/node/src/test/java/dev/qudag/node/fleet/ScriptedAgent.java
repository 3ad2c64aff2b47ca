package dev.qudag.node.fleet;

import dev.qudag.node.fleet.FleetAgent.Push;
import dev.qudag.proto.Proposal;
import dev.qudag.proto.ProposalState;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Changes the program, commits, pushes; often goes on before it knows what became of it; takes the
 * branch in when its change conflicts. It repeats a push until it is answered. What it does next is
 * drawn from a seed. For one thread, and after that for whoever waited for it.
 */
final class ScriptedAgent {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** One change in so many is of the line that all agents write. */
  private static final int CONTENDS = 8;

  private static final int MOST_THOUGHT_MILLIS = 1500;

  private final int index;
  private final FleetAgent agent;
  private final PlayedOperator operator;
  private final Random random;
  private final Set<String> accepted = new HashSet<>();
  private Optional<String> newest = Optional.empty();
  private int changes;
  private int repeatedPushes;

  ScriptedAgent(int index, FleetAgent agent, PlayedOperator operator, long seed) {
    this.index = index;
    this.agent = agent;
    this.operator = operator;
    this.random = new Random(31 * seed + index);
  }

  /** Makes changes until then; returns when the last of them has landed. */
  void work(Instant end) throws InterruptedException, TimeoutException {
    while (Instant.now().isBefore(end)) {
      boolean contends = random.nextInt(CONTENDS) == 0;
      agent.run(Program.change(index, changes + 1, contends)).orThrow();
      propose();
      changes++;
      if (random.nextBoolean()) {
        seeItLand();
      }
      TimeUnit.MILLISECONDS.sleep(random.nextInt(MOST_THOUGHT_MILLIS));
    }
    seeItLand();
  }

  /** The names that the hub gave it. */
  Set<String> accepted() {
    return Set.copyOf(accepted);
  }

  /** How many changes were accepted: 1 to this. */
  int changes() {
    return changes;
  }

  int repeatedPushes() {
    return repeatedPushes;
  }

  private void propose() {
    Instant end = Instant.now().plus(PATIENCE);
    while (true) {
      switch (agent.push()) {
        case Push.Proposed(String proposal) -> {
          accepted.add(proposal);
          newest = Optional.of(proposal);
          return;
        }
        case Push.OnBranch() -> {
          newest = Optional.empty();
          return;
        }
        case Push.Failed(String why) -> {
          repeatedPushes++;
          if (Instant.now().isAfter(end)) {
            throw new IllegalStateException(agent.name + " cannot push: " + why);
          }
        }
      }
    }
  }

  private void seeItLand() throws InterruptedException, TimeoutException {
    Instant end = Instant.now().plus(PATIENCE);
    while (newest.isPresent()) {
      Proposal ended = operator.awaitEnd(newest.get(), PATIENCE);
      if (ended.getState() == ProposalState.LANDED) {
        newest = Optional.empty();
      } else if (!ended.getReason().equals(PlayedOperator.CONFLICT) || Instant.now().isAfter(end)) {
        throw new IllegalStateException(
            "%s of %s ended as %s: %s"
                .formatted(newest.get(), agent.name, ended.getReason(), ended.getMessage()));
      } else {
        agent.run(Program.MEND).orThrow();
        propose();
      }
    }
  }
}
