package dev.qudag.consensus.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.consensus.chain.BlockPayload;
import dev.qudag.consensus.chain.ChainState;
import dev.qudag.consensus.chain.DecisionPayloads;
import dev.qudag.consensus.chain.OrderedDecision;
import dev.qudag.consensus.chain.TestingChain;
import dev.qudag.consensus.chain.decision.MergeDecision;
import dev.qudag.consensus.simplex.BlockHeader;
import dev.qudag.consensus.simplex.Effect;
import dev.qudag.consensus.simplex.Event;
import dev.qudag.consensus.simplex.Message;
import dev.qudag.consensus.simplex.Simplex;
import dev.qudag.consensus.simplex.SimplexConfig;
import dev.qudag.consensus.simplex.Tip;
import dev.qudag.crypto.Bytes;
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
import org.junit.jupiter.api.Test;

/**
 * Four members with real keys order real decisions, and what they finalize is proven to a stranger.
 */
class SwarmOfFourTest {
  private record Delivery(int to, Event event) {}

  private final TestingChain chain = new TestingChain(4);
  private final List<Simplex<ChainState>> members =
      IntStream.range(0, 4).mapToObj(this::member).toList();
  private final Queue<Delivery> deliveries = new ArrayDeque<>();
  private final Map<Integer, List<Effect.Finalized>> finalized = new HashMap<>();
  private final Map<Integer, Long> timers = new HashMap<>();

  @Test
  void aFinalDecisionIsProvenByEveryMembersBlock() {
    MergeDecision a = chain.merge(chain.state(), "a");
    MergeDecision b = chain.merge(after(a), "b");
    start();
    submit(chain.order(b), chain.order(a));

    for (int member = 0; member < 4; member++) {
      assertThat(provenBy(member)).containsExactly(a, b);
      assertThat(members.get(member).tip().state().head(TestingChain.BRANCH)).contains(b.commit());
    }
  }

  /** The known trap: two certified decisions on one base. One lands, the other never does. */
  @Test
  void ofTwoApprovedDecisionsOnOneBaseOneLands() {
    MergeDecision a = chain.merge(chain.state(), "a");
    MergeDecision rival = chain.merge(chain.state(), "rival");
    start();
    submit(chain.order(a), chain.order(rival));

    assertThat(provenBy(0)).hasSize(1).containsAnyOf(a, rival);
    assertThat(timers).as("nothing is due any more").isEmpty();
  }

  /** The known trap: one bad decision poisoning a whole batch. */
  @Test
  void aDecisionWithoutAQuorumHoldsNothingUp() {
    MergeDecision a = chain.merge(chain.state(), "a");
    OrderedDecision unapproved = new OrderedDecision(chain.merge(after(a), "b"), List.of());
    start();
    submit(unapproved, chain.order(a));

    assertThat(provenBy(0)).containsExactly(a);
    assertThat(timers).as("nothing is due any more").isEmpty();
  }

  private List<MergeDecision> provenBy(int member) {
    List<MergeDecision> proven = new ArrayList<>();
    for (Effect.Finalized block : finalized.getOrDefault(member, List.of())) {
      BlockPayload payload = BlockPayload.decode(block.block().payload().toArray());
      for (int i = 0; i < payload.count(); i++) {
        var certificate = DecisionCertificate.of(chain.genesis(), block.finality(), payload, i);
        MergeDecision decision = (MergeDecision) payload.decisions().get(i).decision();
        assertThat(CertificateVerifier.of(chain.genesis()).verify(certificate, decision))
            .isInstanceOf(Verification.Proven.class);
        proven.add(decision);
      }
    }
    return proven;
  }

  private ChainState after(MergeDecision decision) {
    return new DecisionPayloads()
        .apply(chain.state(), Bytes.of(new BlockPayload(List.of(chain.order(decision))).encode()))
        .orElseThrow();
  }

  private Simplex<ChainState> member(int index) {
    BlockHeader genesis = BlockHeader.genesis(chain.genesis().chainId(), 0);
    SimplexConfig config =
        new SimplexConfig(
            chain.genesis().chainId(),
            0,
            ValidatorSets.of(chain.genesis()),
            index,
            chain.validator(index)::sign,
            Duration.ofMillis(500),
            SimplexConfig.LONGEST_TIMEOUT);
    return new Simplex<>(
        config, new DecisionPayloads(), new Tip<>(genesis, Optional.empty(), chain.state()));
  }

  private void start() {
    everyone(new Event.Started(List.of()));
    settle();
  }

  private void submit(OrderedDecision... decisions) {
    everyone(
        new Event.Waiting(
            Stream.of(decisions).map(OrderedDecision::encode).map(Bytes::of).toList()));
    settle();
  }

  private void everyone(Event event) {
    IntStream.range(0, 4).forEach(to -> deliveries.add(new Delivery(to, event)));
  }

  /** Delivers all messages; when none is left, lets the timers run out, until none is set. */
  private void settle() {
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

  private void perform(int member, Effect effect) {
    switch (effect) {
      case Effect.Broadcast(Message message) ->
          IntStream.range(0, 4).filter(to -> to != member).forEach(to -> send(member, to, message));
      case Effect.Send(int to, Message message) -> send(member, to, message);
      case Effect.SetTimer(long view, Duration after) -> timers.put(member, view);
      case Effect.StopTimer() -> timers.remove(member);
      case Effect.Finalized block ->
          finalized.computeIfAbsent(member, key -> new ArrayList<>()).add(block);
      case Effect.Persist persist -> {}
      case Effect.CatchUp catchUp -> {}
    }
  }

  private void send(int from, int to, Message message) {
    deliveries.add(new Delivery(to, new Event.Received(from, Message.ofBytes(message.toBytes()))));
  }
}
