package dev.qudag.operator.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.identity.Predecessor;
import dev.qudag.consensus.chain.policy.Policy;
import dev.qudag.proto.HubState;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The hub of a chain that takes the place of another, which has the keys and was its hub. */
class HubFollowerTest {
  private static final SwarmKey SWARM = new SwarmKey("ns", "s");

  private final TestingLinks links = TestingLinks.open();
  private final Genesis before = links.nodes().genesis(SWARM, 4, new Policy(List.of(), List.of()));
  private final Genesis genesis =
      before.inPlaceOf(new Predecessor(before.digest(), before.chainId(), 7));
  private final List<HubChange> changes = new ArrayList<>();
  private final HubFollower follower =
      new HubFollower(
          SWARM,
          genesis,
          SetInForce.of(genesis),
          links
              .channels()
              .to(SWARM.host(genesis.hub().name()), Ports.GRPC, genesis.hub().tlsFingerprint()),
          () -> true,
          changes::add);

  @AfterEach
  void close() {
    links.close();
  }

  private static HubState state(Genesis of) {
    return HubState.newBuilder()
        .setChainId(ByteString.copyFrom(of.chainId().bytes()))
        .setHead(of.head())
        .build();
  }

  /** What was open on the old chain would be made MergeProposals of the new one. */
  @Test
  void hearsNothingOfTheChainBefore() {
    follower.hear(state(before));
    assertThat(follower.state()).isEmpty();
    assertThat(follower.isConnected()).isFalse();
    assertThat(changes).isEmpty();
  }

  @Test
  void hearsWhatTheHubTellsOfItsChain() {
    follower.hear(state(genesis));
    assertThat(follower.state()).contains(state(genesis));
    assertThat(follower.isConnected()).isTrue();
    assertThat(changes).hasSize(1);
  }

  @Test
  void passesOverWhatNoChainCanBeIn() {
    HubState sound = state(genesis);
    follower.hear(sound.toBuilder().setPolicyChanges(-1).build());
    follower.hear(sound.toBuilder().setEpoch(-1).build());
    follower.hear(sound.toBuilder().setHead("0".repeat(41)).build());
    follower.hear(sound.toBuilder().setStalledReason("no word").build());
    assertThat(follower.state()).isEmpty();
    HubState stalled = sound.toBuilder().setStalledReason("SafetyViolation").build();
    follower.hear(stalled);
    assertThat(follower.state()).contains(stalled);
  }
}
