package dev.qudag.consensus.snowball.polling;

import dev.qudag.consensus.snowball.AcceptanceBound;
import dev.qudag.consensus.snowball.ChoiceTree;
import dev.qudag.consensus.snowball.SnowballParameters;
import dev.qudag.consensus.snowball.Votes;
import dev.qudag.consensus.snowball.stake.Seats;
import dev.qudag.consensus.snowball.stake.Stake;
import dev.qudag.crypto.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * One member of Snowball: events in, effects out.
 *
 * <pre>
 *   a conflict set:  proposed --> open --β confident polls in a row--> accepted
 *                                   |                                     |
 *                                   +----------------closed---------------+--> forgotten
 *
 *   a poll:  asked --answers until none can change anything--> over --in its turn--> counted
 * </pre>
 *
 * <p>Polls run while a set is open, at most {@code concurrentRepolls} at a time: an idle member
 * asks nobody. They are counted in the order in which they were asked, so that a peer cannot choose
 * by its speed which poll comes first. Each is drawn afresh from the given source, which peers must
 * not be able to foretell.
 */
public final class Poller {
  private final SnowballParameters rules;
  private final Stake stake;
  private final int self;
  private final RandomGenerator random;
  private final NavigableMap<Digest, ConflictSet> sets = new TreeMap<>();
  private final NavigableMap<Long, Poll> inFlight = new TreeMap<>();
  private long asked;
  private List<Effect> effects = new ArrayList<>();

  /**
   * A member that knows of no choice yet.
   *
   * @throws IllegalArgumentException when the parameters have no liveness on this stake
   */
  public Poller(SnowballParameters rules, Stake stake, int self, RandomGenerator random) {
    if (self < 0 || self >= stake.size()) {
      throw new IllegalArgumentException("member " + self + " is not in a set of " + stake.size());
    }
    rules.requireLiveness(stake);
    this.rules = rules;
    this.stake = stake;
    this.self = self;
    this.random = random;
  }

  public Step apply(Event event) {
    effects = new ArrayList<>();
    switch (event) {
      case Event.Proposed(Digest set, Digest choice) -> onProposed(set, choice);
      case Event.Answered(long poll, int member, Preferences said) ->
          onAnswered(poll, member, said);
      case Event.Unanswered(long poll, int member) -> onUnanswered(poll, member);
      case Event.Closed(Digest set) -> sets.remove(set);
    }
    countPollsThatAreOver();
    ask();
    return new Step(effects);
  }

  /** What this member answers whoever polls it. */
  public Preferences preferences() {
    NavigableMap<Digest, Digest> preferences = new TreeMap<>();
    sets.forEach((id, set) -> preferences.put(id, set.tree().preference()));
    return new Preferences(preferences);
  }

  private void onProposed(Digest id, Digest choice) {
    ConflictSet known = sets.get(id);
    sets.put(
        id, known == null ? new ConflictSet(ChoiceTree.of(rules, choice), 0) : known.with(choice));
  }

  private void onAnswered(long id, int member, Preferences said) {
    Poll poll = inFlight.get(id);
    int seats = poll == null ? 0 : poll.take(member);
    if (poll == null || seats == 0) {
      return;
    }
    sets.forEach(
        (set, conflict) ->
            said.in(set)
                .ifPresent(
                    choice -> {
                      poll.count(set, choice, seats);
                      if (conflict.misses(choice)) {
                        effects.add(new Effect.Missing(member, set, choice));
                      }
                    }));
  }

  private void onUnanswered(long id, int member) {
    Poll poll = inFlight.get(id);
    if (poll != null) {
      poll.take(member);
    }
  }

  private void countPollsThatAreOver() {
    while (!inFlight.isEmpty() && inFlight.firstEntry().getValue().isOver(sets)) {
      Poll poll = inFlight.pollFirstEntry().getValue();
      for (Map.Entry<Digest, ConflictSet> entry : sets.entrySet()) {
        entry.setValue(polled(entry.getKey(), entry.getValue(), poll.votesIn(entry.getKey())));
      }
    }
  }

  private ConflictSet polled(Digest id, ConflictSet before, Votes votes) {
    ConflictSet after = before.polled(votes);
    if (before.isOpen() && !after.isOpen()) {
      double bound = AcceptanceBound.log2(rules, stake.others(self), after.polls());
      effects.add(new Effect.Accepted(id, after.tree().preference(), after.polls(), bound));
    }
    return after;
  }

  private void ask() {
    while (inFlight.size() < rules.concurrentRepolls()
        && sets.values().stream().anyMatch(ConflictSet::isOpen)) {
      Seats sample = stake.drawOthers(self, rules.k(), random);
      inFlight.put(++asked, new Poll(sample));
      effects.add(new Effect.Ask(asked, List.copyOf(sample.byMember().keySet())));
    }
  }
}
