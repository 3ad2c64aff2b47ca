package dev.qudag.operator.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.consensus.chain.policy.Policy;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.NodeIdentity;
import io.grpc.ManagedChannel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which nodes are dialled; none of them is ever reached. */
class HubStatesTest {
  private static final SwarmKey SWARM = new SwarmKey("ns", "s");

  private final TestingLinks links = TestingLinks.open();

  @AfterEach
  void close() {
    links.close();
  }

  @Test
  void theNodesOfASwarmThatIsGoneAreDialledNoMore() {
    Genesis genesis = genesis(4);
    ManagedChannel hub = channel(genesis.hub().name(), genesis.hub().tlsFingerprint());
    List<ManagedChannel> validators =
        genesis.members().stream()
            .map(member -> channel(member.name(), member.tlsFingerprint()))
            .toList();

    links.hubs().follow(SWARM, genesis, SetInForce.of(genesis), () -> false);

    await().atMost(Duration.ofSeconds(60)).until(() -> links.hubs().hub(SWARM).isEmpty());
    assertThat(hub.isShutdown()).isTrue();
    assertThat(validators).allMatch(ManagedChannel::isShutdown);
  }

  /** The trap: the hub has the same key in both, and the end of the first cut the second off. */
  @Test
  void aChainThatTakesThePlaceOfAnotherHasChannelsOfItsOwn() {
    Genesis first = genesis(1);
    links.hubs().follow(SWARM, first, SetInForce.of(first), () -> true);
    ManagedChannel before = channel(first.hub().name(), first.hub().tlsFingerprint());

    Genesis second = genesis(4);
    links.hubs().follow(SWARM, second, SetInForce.of(second), () -> true);

    assertThat(before.isShutdown()).isTrue();
    ManagedChannel after = channel(first.hub().name(), first.hub().tlsFingerprint());
    assertThat(after).isNotSameAs(before);
    assertThat(after.isShutdown()).isFalse();
  }

  /** The trap: genesis does not name whom a decision let in. */
  @Test
  void whoLeftTheSetIsDialledNoMoreAndWhoJoinedNotAfterTheSwarm() {
    Genesis genesis = genesis(4);
    Member left = genesis.members().getFirst();
    String name = SWARM.validatorName(4);
    NodeIdentity keys = links.nodes().identity(name);
    var joined = new Member(4, name, keys.verifyingKey(), keys.tlsFingerprint(), 1);
    var later =
        new SetInForce(
            genesis.set().change(List.of(left.index()), List.of(joined)), Map.of(), List.of());
    var isThere = new AtomicBoolean(true);
    links.hubs().follow(SWARM, genesis, SetInForce.of(genesis), isThere::get);
    ManagedChannel toLeft = channel(left.name(), left.tlsFingerprint());
    ManagedChannel toJoined = channel(joined.name(), joined.tlsFingerprint());

    links.hubs().follow(SWARM, genesis, later, isThere::get);
    assertThat(toLeft.isShutdown()).isTrue();
    assertThat(toJoined.isShutdown()).isFalse();

    isThere.set(false);
    await().atMost(Duration.ofSeconds(60)).until(() -> links.hubs().hub(SWARM).isEmpty());
    assertThat(toJoined.isShutdown()).isTrue();
  }

  private Genesis genesis(int size) {
    return links.nodes().genesis(SWARM, size, new Policy(List.of(), List.of()));
  }

  private ManagedChannel channel(String node, Digest key) {
    return links.channels().to(SWARM.host(node), Ports.GRPC, key);
  }
}
