package dev.qudag.consensus.simplex;

import dev.qudag.consensus.preference.Contender;
import dev.qudag.consensus.preference.Frontier;
import dev.qudag.consensus.snowball.SnowballParameters;
import dev.qudag.consensus.snowball.polling.Preferences;
import dev.qudag.consensus.snowball.polling.Step;
import dev.qudag.consensus.snowball.stake.Stake;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.encoding.CanonicalWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * A member of a large set as far as polls go: what it heard of, and while it is up what it prefers.
 * A faulty one asks nobody, and says what its fate has it say.
 */
final class Pollster {
  private static final Step NOTHING = new Step(List.of());

  final int place;

  /** Its place in the network. */
  final int process;

  private final Optional<Fate> fate;
  private final Stake stake;
  private final List<Integer> heard = new ArrayList<>();
  private final Set<Integer> decided = new HashSet<>();
  private Optional<Frontier> frontier = Optional.empty();

  Pollster(int place, int process, Optional<Fate> fate, Stake stake) {
    this.place = place;
    this.process = process;
    this.fate = fate;
    this.stake = stake;
  }

  /** What a number excludes and is excluded by: its rival, or nothing. */
  static Contender contender(int number) {
    int pair = TestingPayloads.hasRival(number) ? number | 1 : number;
    return new Contender(digest("what excludes each other", pair), digest("a number", number));
  }

  private static Digest digest(String what, int number) {
    return Digest.sha256(CanonicalWriter.untagged().text(what).int32(number).toByteArray());
  }

  boolean isHonest() {
    return fate.isEmpty();
  }

  /** Its polls, while it is up and honest. */
  Optional<Frontier> frontier() {
    return frontier;
  }

  /** Starts with nothing but what it has on its disk: what it heard of, and what is final. */
  Step start(Random random) {
    if (!isHonest() || frontier.isPresent()) {
      return NOTHING;
    }
    SnowballParameters rules = SnowballParameters.standard(stake.size() / 10);
    frontier = Optional.of(new Frontier(rules, stake, place, new Random(random.nextLong())));
    return await();
  }

  void stop() {
    frontier = Optional.empty();
  }

  List<Integer> heard() {
    return heard;
  }

  /** Whether it is news. */
  boolean hears(int number) {
    return !heard.contains(number) && heard.add(number);
  }

  void follows(Collection<Integer> numbers) {
    decided.addAll(numbers);
  }

  Step await() {
    return frontier
        .map(
            up ->
                up.await(
                    heard.stream()
                        .filter(number -> !TestingPayloads.isDecided(decided, number))
                        .map(Pollster::contender)
                        .toList()))
        .orElse(NOTHING);
  }

  /** All that it heard of, in the order in which it would propose it. */
  List<Integer> order() {
    return frontier
        .map(up -> up.order(heard, Pollster::contender))
        .orElseGet(() -> List.copyOf(heard));
  }

  boolean prefers(Contender contender) {
    return frontier
        .map(up -> up.preferences().byConflictSet().get(contender.conflictSet()))
        .filter(contender.choice()::equals)
        .isPresent();
  }

  /** What it says to who asks it: one answer, none, or more. */
  List<Preferences> answers(Random random) {
    return fate.map(faulty -> lies(faulty, random))
        .orElseGet(() -> frontier.map(Frontier::preferences).stream().toList());
  }

  private List<Preferences> lies(Fate faulty, Random random) {
    return switch (faulty) {
      case SILENT -> List.of();
      case NULLER -> List.of(new Preferences(new TreeMap<>()));
      case CONFLICTER -> List.of(invented());
      case EQUIVOCATOR -> List.of(anything(random));
      case IMPERSONATOR -> List.of(anything(random), anything(random));
      case TWIN -> List.of(lastOf(heard), lastOf(heard.reversed()));
      case OUTDATED, DISK_LOST -> List.of(lastOf(heard.reversed()));
    };
  }

  private Preferences anything(Random random) {
    List<Integer> shuffled = new ArrayList<>(heard);
    Collections.shuffle(shuffled, random);
    return lastOf(shuffled);
  }

  /** Of what excludes each other the last. */
  private static Preferences lastOf(List<Integer> numbers) {
    NavigableMap<Digest, Digest> said = new TreeMap<>();
    for (int number : numbers) {
      Contender contender = contender(number);
      said.put(contender.conflictSet(), contender.choice());
    }
    return new Preferences(said);
  }

  /** Choices that nobody made. */
  private Preferences invented() {
    NavigableMap<Digest, Digest> said = new TreeMap<>();
    for (int number : heard) {
      Contender contender = contender(number);
      said.put(contender.conflictSet(), Digest.sha256(contender.choice().bytes()));
    }
    return new Preferences(said);
  }
}
