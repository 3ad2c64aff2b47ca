package dev.qudag.consensus.simplex;

import dev.qudag.consensus.simplex.message.Message;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.encoding.CanonicalWriter;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;

/**
 * The way of a message from one process to another: past the invariants, through what a liar makes
 * of it, over the network, into the trace.
 */
final class Post {
  private final Schedule schedule;
  private final Random random;
  private final Network network;
  private final Invariants invariants;
  private final List<Actor> actors;
  private final BiConsumer<Actor, Event> received;
  private Digest trace = Digest.ZERO;
  private long deliveries;

  Post(
      Schedule schedule,
      Random random,
      Network network,
      Invariants invariants,
      List<Actor> actors,
      BiConsumer<Actor, Event> received) {
    this.schedule = schedule;
    this.random = random;
    this.network = network;
    this.invariants = invariants;
    this.actors = actors;
    this.received = received;
  }

  Network network() {
    return network;
  }

  /** The hash of every message that was delivered, with its time, its sender and its receiver. */
  Digest trace() {
    return trace;
  }

  long deliveries() {
    return deliveries;
  }

  boolean isCut(Actor one, Actor other) {
    return network.isCut(one.number, other.number);
  }

  Actor drawPeer(Actor actor) {
    return actors.get((actor.number + 1 + random.nextInt(actors.size() - 1)) % actors.size());
  }

  void send(Actor from, Actor to, Message message) {
    if (from.isAccountable()) {
      invariants.onSend(from.index(), message, from.member.disk);
    }
    from.conduct.instead(message).forEach(said -> transmit(from, to, said));
  }

  private void transmit(Actor from, Actor to, Message message) {
    byte[] bytes = message.toBytes();
    network.carry(from.number, to.number, () -> arrive(from, to, bytes));
  }

  /** Takes what was delivered from one process to another into the trace. */
  void note(int from, int to, byte[] bytes) {
    byte[] place =
        CanonicalWriter.untagged().int64(schedule.now()).int32(from).int32(to).toByteArray();
    trace = Digest.sha256(trace.bytes(), place, bytes);
    deliveries++;
  }

  private void arrive(Actor from, Actor to, byte[] bytes) {
    if (!to.member.isUp()) {
      return;
    }
    note(from.number, to.number, bytes);
    Message message = Message.ofBytes(bytes);
    List<Message> lies = to.conduct.upon(message);
    if (!lies.isEmpty()) {
      Actor victim = drawPeer(to);
      lies.forEach(lie -> transmit(to, victim, lie));
    }
    received.accept(to, new Event.Received(from.index(), message));
  }
}
