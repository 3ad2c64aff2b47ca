package dev.qudag.consensus.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.consensus.chain.Attestation;
import dev.qudag.consensus.chain.BlockPayload;
import dev.qudag.consensus.chain.ChainState;
import dev.qudag.consensus.chain.DecisionPayloads;
import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.OrderedDecision;
import dev.qudag.consensus.chain.Verdict;
import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.consensus.simplex.Effect;
import dev.qudag.consensus.simplex.Event;
import dev.qudag.consensus.simplex.Simplex;
import dev.qudag.consensus.simplex.SimplexConfig;
import dev.qudag.consensus.simplex.Tip;
import dev.qudag.consensus.simplex.block.BlockHeader;
import dev.qudag.consensus.simplex.message.Message;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.SigningKey;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The members of one epoch, with real keys, and a post that loses nothing. */
final class TestingEpoch {
  private record Delivery(int to, Event event) {}

  private final List<Simplex<ChainState>> members = new ArrayList<>();
  private final List<List<Effect.Finalized>> finalized = new ArrayList<>();
  private final Queue<Delivery> deliveries = new ArrayDeque<>();
  private final Map<Integer, Long> timers = new HashMap<>();

  /**
   * @param keys of the members of the set that the tip's state names, in its order
   */
  TestingEpoch(Digest chainId, Tip<ChainState> tip, List<SigningKey> keys) {
    for (int self = 0; self < keys.size(); self++) {
      SimplexConfig config =
          new SimplexConfig(
              chainId,
              tip.header().epoch(),
              ValidatorSets.of(tip.state().set()),
              self,
              keys.get(self)::sign,
              Duration.ofMillis(500),
              SimplexConfig.LONGEST_TIMEOUT);
      members.add(new Simplex<>(config, new DecisionPayloads(), tip));
      finalized.add(new ArrayList<>());
    }
    everyone(new Event.Started(List.of()));
  }

  /** The members that start from genesis. */
  static TestingEpoch first(Genesis genesis, ChainState state, List<SigningKey> keys) {
    BlockHeader header = BlockHeader.genesis(genesis.chainId(), 0);
    return new TestingEpoch(genesis.chainId(), new Tip<>(header, Optional.empty(), state), keys);
  }

  /** A decision with approvals of the members of any epoch that are at these keys' places. */
  static OrderedDecision approved(
      Decision decision, long epoch, List<SigningKey> keysInTheirPlaces) {
    List<Attestation> approvals = new ArrayList<>();
    for (int place = 0; place < keysInTheirPlaces.size(); place++) {
      approvals.add(
          new Attestation.Content(
                  decision.chainId(),
                  epoch,
                  place,
                  0,
                  Digest.ZERO,
                  decision.digest(),
                  Verdict.APPROVE,
                  "")
              .sign(keysInTheirPlaces.get(place)));
    }
    return new OrderedDecision(decision, approvals);
  }

  /** Hands decisions to every member, and returns when all is quiet. */
  void submit(OrderedDecision... decisions) {
    everyone(
        new Event.Waiting(
            Stream.of(decisions).map(OrderedDecision::encode).map(Bytes::of).toList()));
  }

  /** The state that the last final block of a member leaves. */
  ChainState state(int member) {
    return members.get(member).tip().state();
  }

  /** The final blocks of a member, oldest first. */
  List<Effect.Finalized> finalized(int member) {
    return finalized.get(member);
  }

  /** The first member's final block that holds a decision. */
  Effect.Finalized holder(Decision decision) {
    return finalized(0).stream()
        .filter(block -> decisions(block).contains(decision))
        .findFirst()
        .orElseThrow();
  }

  /** What the first member's final blocks decide. */
  List<Decision> decided() {
    return finalized(0).stream().flatMap(block -> decisions(block).stream()).toList();
  }

  static BlockPayload payload(Effect.Finalized block) {
    return BlockPayload.decode(block.block().payload().toArray());
  }

  static List<Decision> decisions(Effect.Finalized block) {
    return payload(block).decisions().stream().map(OrderedDecision::decision).toList();
  }

  /** Delivers all messages; when none is left, lets the timers run out, until none is set. */
  private void everyone(Event event) {
    IntStream.range(0, members.size()).forEach(to -> deliveries.add(new Delivery(to, event)));
    for (int events = 0; !deliveries.isEmpty() || !timers.isEmpty(); events++) {
      assertThat(events).as("events until all is quiet").isLessThan(2000);
      if (deliveries.isEmpty()) {
        Map.copyOf(timers)
            .forEach((to, view) -> deliveries.add(new Delivery(to, new Event.TimedOut(view))));
        timers.clear();
      }
      Delivery next = deliveries.remove();
      members
          .get(next.to())
          .apply(next.event())
          .effects()
          .forEach(effect -> perform(next.to(), effect));
    }
  }

  private void perform(int self, Effect effect) {
    switch (effect) {
      case Effect.Broadcast(Message message) ->
          IntStream.range(0, members.size())
              .filter(to -> to != self)
              .forEach(to -> send(self, to, message));
      case Effect.Send(int to, Message message) -> send(self, to, message);
      case Effect.SetTimer(long view, Duration after) -> timers.put(self, view);
      case Effect.StopTimer() -> timers.remove(self);
      case Effect.Finalized block -> finalized.get(self).add(block);
      case Effect.Persist persist -> {}
      case Effect.CatchUp catchUp -> {}
    }
  }

  private void send(int from, int to, Message message) {
    deliveries.add(new Delivery(to, new Event.Received(from, Message.ofBytes(message.toBytes()))));
  }
}
