package dev.qudag.consensus.preference;

import dev.qudag.consensus.chain.identity.MemberSet;
import dev.qudag.consensus.snowball.SnowballParameters;
import dev.qudag.consensus.snowball.polling.Effect;
import dev.qudag.consensus.snowball.polling.Event;
import dev.qudag.consensus.snowball.polling.Poller;
import dev.qudag.consensus.snowball.polling.Preferences;
import dev.qudag.consensus.snowball.polling.Step;
import dev.qudag.consensus.snowball.stake.Stake;
import dev.qudag.crypto.Digest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * What waits at one member of a large set, and which of what excludes each other it prefers: one
 * Snowball instance for each conflict set, all of them in each poll. Every member has one, whether
 * or not it votes in this epoch.
 *
 * <pre>
 *   waits, and did not before               --&gt; proposed to the polls
 *   no contender of a conflict set waits    --&gt; the set is closed and forgotten
 * </pre>
 *
 * <p><b>Safety never rests on it, nor does liveness.</b> What comes out is the order in which a
 * leader proposes: everything that waits stays in it, and who votes for a block asks only whether
 * it is valid. Liars that hold a split open, or an acceptance that turns out wrong, cost no more
 * than a block with the rarer choice.
 */
public final class Frontier {
  private final Poller poller;
  private Set<Contender> waiting = Set.of();
  private NavigableSet<Digest> open = new TreeSet<>();

  /**
   * A member for whom nothing waits.
   *
   * @param self the member's place in the stake
   * @param random draws the samples; peers must not be able to foretell it
   * @throws IllegalArgumentException when the parameters have no liveness on this stake
   */
  public Frontier(SnowballParameters rules, Stake stake, int self, RandomGenerator random) {
    this.poller = new Poller(rules, stake, self, random);
  }

  /**
   * A member of a set for which a committee votes, with the standard parameters and the tenth of
   * the weight that they may declare faulty.
   *
   * @param self the member's place in the whole set
   */
  public static Frontier of(MemberSet set, int self, RandomGenerator random) {
    Stake stake = set.stake();
    long faults = stake.total() / SnowballParameters.MOST_FAULTS_ONE_IN;
    return new Frontier(SnowballParameters.standard(faults), stake, self, random);
  }

  /**
   * All that waits now and is valid on the last final state: takes the place of what was said to
   * wait before.
   */
  public Step await(Collection<Contender> contenders) {
    List<Effect> effects = new ArrayList<>();
    NavigableSet<Digest> sets = new TreeSet<>();
    contenders.forEach(contender -> sets.add(contender.conflictSet()));
    for (Digest set : open) {
      if (!sets.contains(set)) {
        effects.addAll(poller.apply(new Event.Closed(set)).effects());
      }
    }
    Set<Contender> known = new HashSet<>(waiting);
    for (Contender contender : contenders) {
      if (known.add(contender)) {
        effects.addAll(
            poller
                .apply(new Event.Proposed(contender.conflictSet(), contender.choice()))
                .effects());
      }
    }
    waiting = Set.copyOf(contenders);
    open = sets;
    return new Step(effects);
  }

  /** A member answered a poll of this one. */
  public Step take(Event.Answered answer) {
    return poller.apply(answer);
  }

  /** A member will not answer a poll of this one. */
  public Step take(Event.Unanswered lapse) {
    return poller.apply(lapse);
  }

  /** What this member answers whoever polls it. */
  public Preferences preferences() {
    return poller.preferences();
  }

  /**
   * What waits, in the order to propose it: first what is preferred or excluded by nothing known,
   * then its rivals, each part in the order given. Nothing is left out, so a leader whose preferred
   * choice is not valid after all still has the others.
   */
  public <T> List<T> order(List<T> items, Function<T, Contender> contender) {
    Map<Digest, Digest> preferred = poller.preferences().byConflictSet();
    List<T> ordered = new ArrayList<>();
    List<T> rivals = new ArrayList<>();
    for (T item : items) {
      Contender of = contender.apply(item);
      boolean first = of.choice().equals(preferred.getOrDefault(of.conflictSet(), of.choice()));
      (first ? ordered : rivals).add(item);
    }
    ordered.addAll(rivals);
    return List.copyOf(ordered);
  }
}
