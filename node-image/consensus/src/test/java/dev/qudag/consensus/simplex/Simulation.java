package dev.qudag.consensus.simplex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.crypto.Digest;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * The course of one swarm's life in one thread. Network, disks, clocks and lies are drawn from one
 * seed, so that a seed replays one history.
 */
final class Simulation {
  private static final int PARTITION_EVERY_MILLIS = 2000;
  private static final int EVENTS_UNTIL_QUIET = 100_000;

  /** Those of 25 polls. */
  private static final int EVENTS_OF_A_POLLSTER = 1000;

  /** No honest view takes longer, by the slowest clock: the longest time-out, said again once. */
  private static final long LONGEST_VIEW_MILLIS = 4 * SimplexConfig.LONGEST_TIMEOUT.toMillis();

  private final Random random;
  private final Schedule schedule = new Schedule();
  private final Swarm swarm;
  private Faults faults;
  private int eventsUntilQuiet = EVENTS_UNTIL_QUIET;
  private long viewAtHealing;

  Simulation(long seed, Cast cast, Faults faults) {
    this(new Random(seed), cast, faults);
  }

  Simulation(Random random, Cast cast, Faults faults) {
    this.random = random;
    this.faults = faults;
    this.swarm = new Swarm(schedule, random, cast, () -> this.faults);
    swarm.actors().forEach(swarm::start);
  }

  /** The committee of a large set, and the polls of all of its members. */
  Simulation(long seed, Crowd crowd, Faults faults) {
    this.random = new Random(seed);
    this.faults = faults;
    this.eventsUntilQuiet = EVENTS_UNTIL_QUIET + crowd.size() * EVENTS_OF_A_POLLSTER;
    this.swarm = new Swarm(schedule, random, crowd, () -> this.faults);
    swarm.actors().forEach(swarm::start);
  }

  List<SimulatedMember> honest() {
    return honestActors().stream().map(actor -> actor.member).toList();
  }

  SimulatedMember member(int index) {
    return swarm.actors().get(index).member;
  }

  /** The polls of a large set; empty where everybody votes. */
  Optional<Polls> polls() {
    return swarm.polls();
  }

  Digest trace() {
    return swarm.post().trace();
  }

  long deliveries() {
    return swarm.post().deliveries();
  }

  long highestView() {
    return honest().stream().mapToLong(SimulatedMember::view).max().orElseThrow();
  }

  /** How many views passed since the network healed. */
  long viewsAfterHealing() {
    return highestView() - viewAtHealing;
  }

  // ---- what happens to it

  /**
   * Submits numbers 1 to {@code count} at random times within the duration, and lets the faults
   * happen meanwhile.
   */
  void chaos(int count, int millis) {
    chaos(IntStream.rangeClosed(1, count).boxed().toList(), millis);
  }

  /** The same with these numbers. */
  void chaos(List<Integer> numbers, int millis) {
    for (int number : numbers) {
      schedule.after(random.nextInt(millis), () -> swarm.submit(number));
    }
    swarm.polls().ifPresent(polls -> polls.crashOutsiders(millis));
    for (Actor actor : swarm.actors()) {
      if (actor.losesDisk()) {
        schedule.after(random.nextInt(millis), () -> swarm.loseDisk(actor));
      }
    }
    if (faults.partitions()) {
      for (int time = 0; time < millis; time += PARTITION_EVERY_MILLIS) {
        schedule.after(time + random.nextInt(1000), swarm.post().network()::partition);
        schedule.after(time + 1000 + random.nextInt(1000), swarm.post().network()::unite);
      }
    }
    runUntil(schedule.now() + millis);
  }

  void submit(int number) {
    swarm.submit(number);
  }

  /** As if the merge that one member verifies first took so long there. */
  void submitLateTo(int index, int number, long millis) {
    swarm.submitLateTo(index, number, millis);
  }

  /** Everybody stops at once, and starts from the disk. */
  void restartAll() {
    honestActors().forEach(swarm::crash);
    honestActors().forEach(swarm::start);
  }

  /** From now on nothing is lost, all members that may be up are, and all streams are new. */
  void heal() {
    viewAtHealing = highestView();
    faults = faults.healed();
    swarm.post().network().unite();
    swarm.polls().ifPresent(Polls::startOutsiders);
    swarm.actors().forEach(swarm::start);
    for (Actor one : swarm.actors()) {
      swarm.actors().forEach(other -> swarm.connect(one, other));
    }
  }

  // ---- time

  void runUntil(long time) {
    schedule.until(time);
  }

  /**
   * Runs until every honest member holds every submitted number to be final; fails when that takes
   * too many views, or more time than so many may take.
   */
  void runUntilAllFinal(long views) {
    long lastView = highestView() + views;
    long lastMoment = schedule.now() + views * LONGEST_VIEW_MILLIS;
    while (!allFinal()) {
      assertThat(highestView() <= lastView && schedule.now() <= lastMoment)
          .as("all is decided within %d views, but %s", views, unfinished())
          .isTrue();
      assertThat(schedule.isEmpty()).as("nothing happens any more, but %s", unfinished()).isFalse();
      schedule.next();
    }
  }

  /** Runs until nothing happens any more; fails when that does not come. */
  void runUntilQuiet() {
    for (int events = 0; !schedule.isEmpty(); events++) {
      assertThat(events).as("events until a swarm is idle").isLessThan(eventsUntilQuiet);
      schedule.next();
    }
  }

  private boolean allFinal() {
    return honestActors().stream().allMatch(this::holdsAll);
  }

  private boolean holdsAll(Actor actor) {
    return swarm.submitted().stream().allMatch(actor.member.disk::isFinal);
  }

  private String unfinished() {
    return "only %s hold all in view %d"
        .formatted(
            honestActors().stream().filter(this::holdsAll).map(Actor::index).toList(),
            highestView());
  }

  private List<Actor> honestActors() {
    return swarm.actors().stream().filter(Actor::isHonest).toList();
  }
}
