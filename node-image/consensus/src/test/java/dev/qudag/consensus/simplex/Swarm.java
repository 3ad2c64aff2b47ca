package dev.qudag.consensus.simplex;

import dev.qudag.consensus.simplex.block.Block;
import dev.qudag.consensus.simplex.block.BlockHeader;
import dev.qudag.consensus.simplex.member.ValidatorSet;
import dev.qudag.consensus.simplex.message.Finality;
import dev.qudag.consensus.simplex.message.Message;
import dev.qudag.consensus.simplex.message.SignRecord;
import dev.qudag.crypto.Digest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

/**
 * The processes of a simulation and what they do to each other. Every effect of an accountable
 * member is held against the {@link Invariants} before it has a consequence.
 */
final class Swarm {
  /** An epoch that has one before it. */
  private static final BlockHeader GENESIS = BlockHeader.genesis(Digest.sha256(new byte[] {7}), 1);

  private static final int LONGEST_DOWN_MILLIS = 3000;

  private final Schedule schedule;
  private final Random random;
  private final Supplier<Faults> faults;
  private final Post post;
  private final Invariants invariants;
  private final List<Actor> actors = new ArrayList<>();
  private final List<Integer> submitted = new ArrayList<>();
  private final Optional<Polls> polls;

  Swarm(Schedule schedule, Random random, Cast cast, Supplier<Faults> faults) {
    this(schedule, random, cast, Optional.empty(), faults);
  }

  /** The committee of a large set, whose members poll. */
  Swarm(Schedule schedule, Random random, Crowd crowd, Supplier<Faults> faults) {
    this(schedule, random, crowd.cast(), Optional.of(crowd), faults);
  }

  private Swarm(
      Schedule schedule, Random random, Cast cast, Optional<Crowd> crowd, Supplier<Faults> faults) {
    this.schedule = schedule;
    this.random = random;
    this.faults = faults;
    ValidatorSet set = TestingKeys.set(cast.size());
    this.invariants = new Invariants(cast.size(), GENESIS);
    int processes = crowd.map(Polls::processes).orElse(cast.processes().size());
    Network network = new Network(schedule, random, faults, processes);
    this.post = new Post(schedule, random, network, invariants, actors, this::deliver);
    double skew = faults.get().skew();
    for (int index : cast.processes()) {
      SimulatedMember member = new SimulatedMember(index, set, GENESIS);
      Conduct conduct =
          cast.fate(index)
              .map(fate -> fate.conduct(index, set, GENESIS, random))
              .orElse(Conduct.HONEST);
      double rate = Math.pow(skew, 2 * random.nextDouble() - 1);
      actors.add(new Actor(actors.size(), member, cast.fate(index), conduct, rate));
    }
    this.polls = crowd.map(all -> new Polls(all, schedule, random, post, this::offerAgain));
  }

  /** The polls of a large set; empty where everybody votes. */
  Optional<Polls> polls() {
    return polls;
  }

  List<Actor> actors() {
    return actors;
  }

  List<Integer> submitted() {
    return submitted;
  }

  Post post() {
    return post;
  }

  /** Every member hears of it when it has verified it, which takes each its own time. */
  void submit(int number) {
    submitted.add(number);
    int longest = faults.get().approvalMillis();
    polls.ifPresentOrElse(
        all -> all.submit(number, longest),
        () -> actors.forEach(actor -> schedule.after(random.nextInt(longest), () -> offer(actor))));
  }

  /** One member hears of it so much later than the others. */
  void submitLateTo(int index, int number, long millis) {
    submitted.add(number);
    for (Actor actor : actors) {
      schedule.after(actor.index() == index ? millis : 0, () -> offer(actor));
    }
  }

  // ---- ups and downs

  void start(Actor actor) {
    if (actor.mayStart()) {
      polls.ifPresent(all -> all.start(actor.index()));
      perform(actor, actor.member.start());
      offer(actor);
      actors.forEach(
          other -> {
            connect(actor, other);
            connect(other, actor);
          });
    }
  }

  void crash(Actor actor) {
    polls.ifPresent(all -> all.stop(actor.index()));
    actor.member.stop();
    actor.member.disk.crash(random);
  }

  void loseDisk(Actor actor) {
    actor.member.stop();
    actor.member.disk.lose();
  }

  void connect(Actor from, Actor to) {
    if (from.index() != to.index() && from.member.isUp() && to.member.isUp()) {
      schedule.after(random.nextInt(20), () -> deliver(from, new Event.Connected(to.index())));
    }
  }

  private void offer(Actor actor) {
    if (actor.member.isUp()) {
      List<Integer> ordered = polls.map(all -> all.order(actor.index())).orElse(submitted);
      deliver(actor, actor.member.waiting(ordered));
    }
  }

  private void offerAgain(int index) {
    actors.stream().filter(actor -> actor.index() == index).forEach(this::offer);
  }

  // ---- events and effects

  private void deliver(Actor actor, Event event) {
    if (!actor.member.isUp()) {
      return;
    }
    if (schedule.now() < actor.busyUntil) {
      schedule.after(actor.busyUntil - schedule.now(), () -> deliver(actor, event));
      return;
    }
    perform(actor, actor.member.apply(event));
  }

  private void perform(Actor actor, Step step) {
    Faults now = faults.get();
    int validations = actor.member.validations();
    for (int i = 0; i < validations && now.validationMillis() > 0; i++) {
      actor.busyUntil =
          Math.max(actor.busyUntil, schedule.now()) + random.nextInt(now.validationMillis());
    }
    for (Effect effect : step.effects()) {
      if (random.nextDouble() < now.crashes()) {
        crash(actor);
        schedule.after(random.nextInt(LONGEST_DOWN_MILLIS), () -> start(actor));
        return;
      }
      perform(actor, effect);
    }
  }

  private void perform(Actor actor, Effect effect) {
    switch (effect) {
      case Effect.Persist(SignRecord entry) -> {
        if (actor.isAccountable()) {
          invariants.onPersist(entry);
        }
        actor.member.disk.append(entry);
      }
      case Effect.Broadcast(Message message) ->
          actors.stream()
              .filter(peer -> peer.index() != actor.index())
              .forEach(peer -> post.send(actor, peer, message));
      case Effect.Send(int peer, Message message) ->
          actors.stream()
              .filter(to -> to.index() == peer)
              .forEach(to -> post.send(actor, to, message));
      case Effect.SetTimer(long view, Duration after) -> {
        long timer = actor.member.nextTimer();
        schedule.after(actor.elapsed(after.toMillis()), () -> timeOut(actor, timer, view));
      }
      case Effect.StopTimer() -> actor.member.nextTimer();
      case Effect.Finalized finalized -> {
        if (actor.isAccountable()) {
          invariants.onFinalized(finalized, actor.member.disk);
        }
        actor.member.disk.store(finalized);
        if (actor.isAccountable()) {
          List<Integer> numbers = TestingPayloads.numbers(finalized.block().payload());
          polls.ifPresent(all -> all.onFinal(actor.index(), numbers));
        }
        schedule.after(0, () -> offer(actor));
      }
      case Effect.CatchUp(long height) -> catchUp(actor, height);
    }
  }

  private void timeOut(Actor actor, long timer, long view) {
    if (actor.member.isCurrent(timer)) {
      deliver(actor, new Event.TimedOut(view));
    }
  }

  private void catchUp(Actor actor, long height) {
    Actor peer = post.drawPeer(actor);
    if (peer.index() == actor.index() || !peer.member.isUp() || post.isCut(actor, peer)) {
      return;
    }
    for (Effect.Finalized held : List.copyOf(peer.member.disk.blocks())) {
      if (held.block().header().height() >= height) {
        Effect.Finalized handed = peer.conduct.handOver(held);
        Block block = Block.decode(handed.block().encode());
        Finality finality = Finality.decode(handed.finality().encode());
        schedule.after(20, () -> deliver(actor, new Event.CaughtUp(block, finality)));
      }
    }
  }
}
