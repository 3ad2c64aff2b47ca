package dev.qudag.consensus.simplex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.consensus.preference.Contender;
import dev.qudag.consensus.preference.Frontier;
import dev.qudag.consensus.snowball.polling.Effect;
import dev.qudag.consensus.snowball.polling.Event;
import dev.qudag.consensus.snowball.polling.Preferences;
import dev.qudag.consensus.snowball.polling.Step;
import dev.qudag.consensus.snowball.stake.Stake;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.encoding.CanonicalWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The polls of a large set beside its committee's Simplex: on the same schedule, over the same
 * network, into the same trace. What must hold of them is checked after every event.
 */
final class Polls {
  private static final int TIMEOUT_MILLIS = 1000;
  private static final int LONGEST_FETCH_MILLIS = 50;
  private static final int LONGEST_DOWN_MILLIS = 3000;

  /** How far those who only follow the chain may be behind. */
  private static final int LONGEST_BEHIND_MILLIS = 500;

  private static final int OUTSIDERS_THAT_CRASH_ONE_IN = 5;

  private final Crowd crowd;
  private final Schedule schedule;
  private final Random random;
  private final Post post;
  private final IntConsumer reordered;
  private final List<Pollster> pollsters = new ArrayList<>();
  private final Map<Digest, Integer> byChoice = new HashMap<>();
  private final Map<Digest, Digest> accepted = new HashMap<>();
  private final Set<Integer> announced = new HashSet<>();
  private int preferred;
  private int overruled;

  /**
   * @param reordered told the index of a member of the committee that wants what waits in another
   *     order
   */
  Polls(Crowd crowd, Schedule schedule, Random random, Post post, IntConsumer reordered) {
    this.crowd = crowd;
    this.schedule = schedule;
    this.random = random;
    this.post = post;
    this.reordered = reordered;
    Stake stake = Stake.ofEqualWeight(crowd.size());
    int outsider = crowd.cast().processes().size();
    for (int place = 0; place < crowd.size(); place++) {
      int index = crowd.committee().indexOf(place);
      int process = index < 0 ? outsider++ : index;
      pollsters.add(new Pollster(place, process, crowd.fate(place), stake));
    }
    startOutsiders();
  }

  /** How many processes there are, of those who vote and of those who do not. */
  static int processes(Crowd crowd) {
    return crowd.cast().processes().size() + crowd.size() - crowd.committee().size();
  }

  // ---- ups and downs

  void startOutsiders() {
    outsiders().forEach(this::start);
  }

  /** Some of those who do not vote stop at random times, and come back. */
  void crashOutsiders(int millis) {
    outsiders()
        .filter(outsider -> random.nextInt(OUTSIDERS_THAT_CRASH_ONE_IN) == 0)
        .forEach(
            outsider -> {
              int down = random.nextInt(millis);
              schedule.after(down, outsider::stop);
              schedule.after(down + random.nextInt(LONGEST_DOWN_MILLIS), () -> start(outsider));
            });
  }

  /** The member of the committee starts. */
  void start(int index) {
    start(voter(index));
  }

  void stop(int index) {
    voter(index).stop();
  }

  private void start(Pollster member) {
    perform(member, member.start(random));
  }

  private Stream<Pollster> outsiders() {
    return pollsters.stream().filter(member -> !crowd.committee().contains(member.place));
  }

  private Pollster voter(int index) {
    return pollsters.get(crowd.committee().get(index));
  }

  // ---- what waits

  /** Every member hears of it, each when it has verified it. */
  void submit(int number, int longestMillis) {
    for (int place = 0; place < crowd.size(); place++) {
      submitTo(place, number, random.nextInt(longestMillis));
    }
  }

  /** One member hears of it, so much later. */
  void submitTo(int place, int number, long millis) {
    byChoice.put(Pollster.contender(number).choice(), number);
    Pollster member = pollsters.get(place);
    schedule.after(millis, () -> hear(member, number));
  }

  private void hear(Pollster member, int number) {
    if (member.hears(number)) {
      perform(member, member.await());
      reorder(member);
    }
  }

  /** What a member of the committee wants ordered, in its order of preference. */
  List<Integer> order(int index) {
    List<Integer> ordered = voter(index).order();
    assertThat(Set.copyOf(ordered))
        .as("a preference leaves nothing out and adds nothing")
        .isEqualTo(Set.copyOf(voter(index).heard()))
        .hasSameSizeAs(ordered);
    return ordered;
  }

  /** A member of the committee has a final block; those who do not vote follow. */
  void onFinal(int index, List<Integer> numbers) {
    if (announced.addAll(numbers)) {
      numbers.forEach(this::count);
      outsiders()
          .forEach(
              member ->
                  schedule.after(
                      1 + random.nextInt(LONGEST_BEHIND_MILLIS), () -> follow(member, numbers)));
    }
    follow(voter(index), numbers);
  }

  private void follow(Pollster member, List<Integer> numbers) {
    member.follows(numbers);
    perform(member, member.await());
  }

  // ---- polls

  private void perform(Pollster member, Step step) {
    for (Effect effect : step.effects()) {
      switch (effect) {
        case Effect.Ask(long poll, List<Integer> asked) -> ask(member, poll, asked);
        case Effect.Missing(int peer, Digest set, Digest choice) -> fetch(member, choice);
        case Effect.Accepted found ->
            assertThat(accepted.merge(found.conflictSet(), found.choice(), (first, next) -> first))
                .as("members accept one choice of a conflict set")
                .isEqualTo(found.choice());
      }
    }
    member.frontier().ifPresent(this::checkPreferences);
  }

  private void checkPreferences(Frontier up) {
    assertThat(byChoice.keySet().containsAll(up.preferences().byConflictSet().values()))
        .as("members prefer what somebody submitted")
        .isTrue();
  }

  private void ask(Pollster member, long poll, List<Integer> asked) {
    Frontier asking = member.frontier().orElseThrow();
    for (int place : asked) {
      Pollster peer = pollsters.get(place);
      post.network().carry(member.process, peer.process, () -> answer(peer, member, asking, poll));
    }
    schedule.after(
        TIMEOUT_MILLIS,
        () ->
            asked.forEach(
                place ->
                    take(member, asking, () -> asking.take(new Event.Unanswered(poll, place)))));
  }

  private void answer(Pollster peer, Pollster member, Frontier asking, long poll) {
    for (Preferences said : peer.answers(random)) {
      byte[] bytes = bytes(poll, said);
      post.network()
          .carry(
              peer.process,
              member.process,
              () -> {
                post.note(peer.process, member.process, bytes);
                take(member, asking, () -> asking.take(new Event.Answered(poll, peer.place, said)));
              });
    }
  }

  /** Who was down meanwhile asks anew, and takes no answers to what it asked before. */
  private void take(Pollster member, Frontier asking, Supplier<Step> event) {
    if (member.frontier().filter(now -> now == asking).isEmpty()) {
      return;
    }
    Preferences before = asking.preferences();
    perform(member, event.get());
    if (!before.equals(asking.preferences())) {
      reorder(member);
    }
  }

  private void fetch(Pollster member, Digest choice) {
    Integer number = byChoice.get(choice);
    if (number != null) {
      schedule.after(1 + random.nextInt(LONGEST_FETCH_MILLIS), () -> hear(member, number));
    }
  }

  private void reorder(Pollster member) {
    int index = crowd.committee().indexOf(member.place);
    if (index >= 0) {
      reordered.accept(index);
    }
  }

  private static byte[] bytes(long poll, Preferences said) {
    CanonicalWriter out = CanonicalWriter.untagged().int64(poll);
    said.byConflictSet().forEach((set, choice) -> out.digest(set).digest(choice));
    return out.toByteArray();
  }

  // ---- what came of it

  /** Whether what is final now was what most of those preferred who had a preference in it. */
  private void count(int number) {
    if (!TestingPayloads.hasRival(number)) {
      return;
    }
    Contender lands = Pollster.contender(number);
    Contender rival = Pollster.contender(number ^ 1);
    long forIt = pollsters.stream().filter(member -> member.prefers(lands)).count();
    long against = pollsters.stream().filter(member -> member.prefers(rival)).count();
    preferred += forIt > against ? 1 : 0;
    overruled += forIt < against ? 1 : 0;
  }

  /** How many of rivals landed that most members preferred. */
  int preferred() {
    return preferred;
  }

  /** How many landed though most members preferred the rival. */
  int overruled() {
    return overruled;
  }

  /** Whether nobody polls about anything any more. */
  boolean areOver() {
    return pollsters.stream()
        .flatMap(member -> member.frontier().stream())
        .allMatch(up -> up.preferences().byConflictSet().isEmpty());
  }
}
