package dev.qudag.consensus.attestation.dag;

import dev.qudag.consensus.attestation.DagEquivocation;
import dev.qudag.consensus.attestation.Frontier;
import dev.qudag.consensus.attestation.Frontier.Extent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Brings two members to the same graph (epidemic anti-entropy, Demers and others, PODC 1987): one
 * says how far it is, the other answers with what it lacks, each author's in its order, at most
 * {@value #MOST_SENT} vertices at a time.
 *
 * <p>It ends: a peer is asked again only after something was learned since it was asked last, or at
 * the next tick. It rests: a tick tells a peer only what that was not told yet, or asks what could
 * not be asked before it, but for every {@value #QUIET_TICKS}th.
 *
 * <p>It heals: a member tells each of n - 1 peers how far it is within (n - 1) × {@value
 * #QUIET_TICKS} ticks, whatever got lost before, and whatever a peer says.
 */
final class AntiEntropy {
  static final int MOST_SENT = 64;

  /** Each tick of this number tells a peer how far this member is, be it new or not. */
  static final int QUIET_TICKS = 15;

  private final DagConfig config;
  private final Strands strands;
  private final Consumer<Effect> effects;
  private final NavigableMap<Integer, Frontier> heard = new TreeMap<>();
  private final NavigableMap<Integer, Frontier> told = new TreeMap<>();
  private final NavigableMap<Integer, Long> askedAt = new TreeMap<>();
  private final NavigableSet<Integer> postponed = new TreeSet<>();
  private long learned;
  private int turn;
  private int turnOfNews;
  private long ticks;

  AntiEntropy(DagConfig config, Strands strands, Consumer<Effect> effects) {
    this.config = config;
    this.strands = strands;
    this.effects = effects;
    this.turn = config.self();
    this.turnOfNews = config.self();
  }

  /** Something was accepted, skipped or proven: what a peer sends next may fit now. */
  void learned() {
    learned++;
  }

  void greet(int peer) {
    Frontier now = strands.frontier();
    askedAt.put(peer, learned);
    told.put(peer, now);
    postponed.remove(peer);
    effects.accept(new Effect.Send(peer, now));
  }

  /** Asks a peer that has something which is missing here. */
  void ask(int peer) {
    Long before = askedAt.get(peer);
    if (before == null || before < learned) {
      greet(peer);
    } else {
      postponed.add(peer);
    }
  }

  /** Asks a peer for what nothing waits for here: not again before the next tick. */
  void inquire(int peer) {
    if (!askedAt.containsKey(peer)) {
      greet(peer);
    }
  }

  /**
   * Tells the next peer in turn how far this member is, of those to which that is news, or which
   * could not be asked before; now and then, or while something waits, of all.
   *
   * @param waits whether a vertex waits here for the one before
   */
  void tick(boolean waits) {
    askedAt.clear();
    ticks++;
    if (waits || ticks % QUIET_TICKS == 0) {
      turn = greetNextAfter(turn, peer -> true);
    } else {
      Frontier now = strands.frontier();
      turnOfNews =
          greetNextAfter(
              turnOfNews, peer -> !now.equals(told.get(peer)) || postponed.contains(peer));
    }
  }

  /** Tells the next peer that is wanted, and gives it; this member itself when none is. */
  private int greetNextAfter(int last, IntPredicate wanted) {
    int size = config.set().size();
    OptionalInt next =
        IntStream.rangeClosed(1, size)
            .map(step -> (last + step) % size)
            .filter(peer -> peer != config.self() && wanted.test(peer))
            .findFirst();
    next.ifPresent(this::greet);
    return next.orElse(config.self());
  }

  /** Takes note of how far a peer is. */
  void hear(int peer, Frontier frontier) {
    heard.put(peer, frontier);
  }

  /**
   * Below which sequence number peers say that nothing of an author is needed: the author itself,
   * which loses only its own words by that, or peers of whom one is honest. A peer that convicted
   * the author wants nothing of it whether it has ended or not: it hands on the proof, and vouches
   * for nothing.
   */
  long vouchedFloor(int author) {
    NavigableMap<Long, List<Integer>> peersAt = new TreeMap<>();
    heard.forEach(
        (peer, frontier) ->
            peersAt
                .computeIfAbsent(vouched(frontier.of(author)), floor -> new ArrayList<>())
                .add(peer));
    Frontier itself = heard.get(author);
    long byItself = itself == null ? 0 : vouched(itself.of(author));
    List<Integer> vouching = new ArrayList<>();
    for (Map.Entry<Long, List<Integer>> floor : peersAt.descendingMap().entrySet()) {
      vouching.addAll(floor.getValue());
      if (config.set().containsHonest(vouching)) {
        return Math.max(byItself, floor.getKey());
      }
    }
    return byItself;
  }

  private static long vouched(Frontier.Extent extent) {
    return extent.convicted() ? 0 : extent.floor();
  }

  /**
   * Sends what the peer lacks, and asks back when this member lacks something or more is to come.
   */
  void answer(int peer, Frontier frontier) {
    for (DagEquivocation evidence : strands.convictions()) {
      if (!frontier.of(evidence.author()).convicted()) {
        effects.accept(new Effect.Send(peer, evidence));
      }
    }
    List<Strand.Held> lacking =
        strands.select(held -> isLacking(held, frontier.of(held.vertex().author())));
    lacking.stream()
        .limit(MOST_SENT)
        .forEach(held -> effects.accept(new Effect.Send(peer, held.vertex())));
    if (lacking.size() > MOST_SENT) {
      greet(peer);
    } else if (lacksSomethingOf(frontier)) {
      ask(peer);
    }
  }

  /** Beyond what the peer holds; or in place of its last one, which is another then. */
  private static boolean isLacking(Strand.Held held, Extent extent) {
    long sequence = held.vertex().sequence();
    boolean isRival =
        sequence == extent.next() - 1
            && sequence >= extent.floor()
            && !held.digest().equals(extent.last());
    return !extent.convicted() && (sequence >= extent.next() || isRival);
  }

  private boolean lacksSomethingOf(Frontier frontier) {
    for (int author = 0; author < config.set().size(); author++) {
      Strand own = strands.of(author);
      Extent theirs = frontier.of(author);
      boolean isLonger = theirs.next() > own.next() && theirs.next() > theirs.floor();
      if (!own.isConvicted() && (theirs.convicted() || isLonger)) {
        return true;
      }
    }
    return false;
  }
}
