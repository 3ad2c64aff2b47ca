package dev.qudag.consensus.snowball.polling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.consensus.snowball.SnowballParameters;
import dev.qudag.consensus.snowball.stake.Stake;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.encoding.CanonicalWriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * A whole network in one thread, drawn from one seed, so that a seed replays one history. What
 * {@link Acceptances} demands is checked at every event.
 */
final class Simulation {
  private static final Digest SET = Digest.sha256(new byte[] {7, 7});
  private static final int LONGEST_DELAY = 20;
  private static final int TIMEOUT = 60;

  private record Delivery(int to, Event event) {}

  private final Network network;
  private final Random random;
  private final List<Digest> choices;
  private final List<Poller> pollers;
  private final int[] preferred;
  private final int[] supporters;
  private final Acceptances acceptances;
  private final NavigableMap<Long, Deque<Delivery>> queue = new TreeMap<>();
  private Digest trace = Digest.ZERO;
  private long now;

  Simulation(long seed, Network network) {
    this.network = network;
    this.random = new Random(seed);
    this.choices =
        IntStream.range(0, network.choices())
            .mapToObj(choice -> Digest.sha256(new byte[] {(byte) choice}))
            .toList();
    this.acceptances = new Acceptances(choices);
    this.preferred = new int[network.honest()];
    this.supporters = new int[network.choices()];
    Stake stake = Stake.ofEqualWeight(network.members());
    SnowballParameters rules = SnowballParameters.standard(network.faulty());
    this.pollers = new ArrayList<>();
    for (int member = 0; member < network.honest(); member++) {
      pollers.add(new Poller(rules, stake, member, new Random(random.nextLong())));
      preferred[member] = network.firstChoiceOf(member);
      supporters[preferred[member]]++;
      at(1, member, new Event.Proposed(SET, choices.get(preferred[member])));
    }
  }

  /** Runs until all honest members accepted; fails when that takes more events than given. */
  Simulation runUntilAllAccepted(int events) {
    assertThat(run(events)).as("all %d honest members accepted", network.honest()).isTrue();
    return this;
  }

  /** Runs so many events, or until all honest members accepted, which is the answer. */
  boolean run(int events) {
    for (int i = 0; i < events && acceptances.count() < network.honest(); i++) {
      runNext();
    }
    return acceptances.count() == network.honest();
  }

  /** Runs until nothing happens any more; fails when that does not come. */
  void runUntilQuiet() {
    int left = network.honest() * 500;
    for (int i = 0; !queue.isEmpty(); i++) {
      assertThat(i).as("events after everything is accepted").isLessThan(left);
      runNext();
    }
  }

  Acceptances acceptances() {
    return acceptances;
  }

  /** The number of the choice that was accepted. */
  int outcome() {
    return choices.indexOf(acceptances.choice());
  }

  /** The hash of every event, with its time and its receiver. */
  Digest trace() {
    return trace;
  }

  private void runNext() {
    now = queue.firstKey();
    Deque<Delivery> due = queue.firstEntry().getValue();
    Delivery next = due.remove();
    if (due.isEmpty()) {
      queue.remove(now);
    }
    deliver(next.to(), next.event());
  }

  private void deliver(int to, Event event) {
    byte[] place = CanonicalWriter.untagged().int64(now).int32(to).toByteArray();
    trace = Digest.sha256(trace.bytes(), place, bytes(event));
    Poller poller = pollers.get(to);
    Step step = poller.apply(event);
    supporters[preferred[to]]--;
    preferred[to] = choices.indexOf(poller.preferences().byConflictSet().get(SET));
    supporters[preferred[to]]++;
    step.effects().forEach(effect -> perform(to, effect));
    acceptances.afterEvent(to, choices.get(preferred[to]));
  }

  private void perform(int member, Effect effect) {
    switch (effect) {
      case Effect.Ask(long poll, List<Integer> asked) ->
          asked.forEach(peer -> ask(member, poll, peer));
      case Effect.Missing(int peer, Digest set, Digest choice) -> {
        if (choices.contains(choice)) {
          at(delay(), member, new Event.Proposed(set, choice));
        }
      }
      case Effect.Accepted found -> acceptances.onAccepted(member, found);
    }
  }

  // ---- the network

  private void ask(int member, long poll, int peer) {
    if (peer < network.honest()) {
      answer(member, poll, peer, choices.get(preferred[peer]));
      return;
    }
    switch (network.fault()) {
      case SILENT -> at(TIMEOUT, member, new Event.Unanswered(poll, peer));
      case STUBBORN -> answer(member, poll, peer, choices.get(1));
      case FLATTERING -> answer(member, poll, peer, choices.get(flattery(member)));
      case BABBLING -> {
        int said = random.nextInt(choices.size() + 1);
        answer(
            member,
            poll,
            peer,
            said < choices.size() ? choices.get(said) : Digest.sha256(new byte[] {99}));
        answer(member, poll - random.nextInt(3), peer, choices.get(rarest()));
      }
    }
  }

  private int flattery(int member) {
    boolean even = Math.abs(supporters[0] - supporters[1]) <= network.faulty();
    return even ? preferred[member] : rarest();
  }

  private int rarest() {
    return IntStream.range(0, supporters.length)
        .boxed()
        .min(Comparator.comparingInt(choice -> supporters[choice]))
        .orElseThrow();
  }

  private void answer(int member, long poll, int peer, Digest choice) {
    Preferences said = new Preferences(new TreeMap<>(Map.of(SET, choice)));
    at(delay(), member, new Event.Answered(poll, peer, said));
  }

  private int delay() {
    return 1 + random.nextInt(LONGEST_DELAY);
  }

  private void at(long delay, int to, Event event) {
    queue.computeIfAbsent(now + delay, time -> new ArrayDeque<>()).add(new Delivery(to, event));
  }

  private static byte[] bytes(Event event) {
    CanonicalWriter out = CanonicalWriter.untagged();
    switch (event) {
      case Event.Proposed(Digest set, Digest choice) -> out.digest(set).digest(choice);
      case Event.Answered(long poll, int member, Preferences said) ->
          out.int64(poll).int32(member).digest(said.in(SET).orElseThrow());
      case Event.Unanswered(long poll, int member) -> out.int64(poll).int32(member);
      case Event.Closed(Digest set) -> out.digest(set);
    }
    return out.toByteArray();
  }
}
