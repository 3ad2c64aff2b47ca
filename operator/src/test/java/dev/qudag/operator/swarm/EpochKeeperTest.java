package dev.qudag.operator.swarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.qudag.consensus.chain.decision.SetChange;
import dev.qudag.consensus.chain.decision.SetDecision;
import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.consensus.chain.identity.MemberSet;
import dev.qudag.crypto.NodeIdentity;
import dev.qudag.operator.node.SetInForce;
import dev.qudag.operator.node.SwarmKey;
import dev.qudag.operator.node.TestingNodes;
import dev.qudag.operator.node.TestingSeals;
import dev.qudag.operator.swarm.configmap.EpochMap;
import dev.qudag.proto.HubState;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The second of four is removed, and a fifth joins. */
class EpochKeeperTest {
  private static final MemberSet ZERO = TestingSwarm.GENESIS.set();
  private static final SetDecision REMOVAL = TestingSeals.removal(TestingSwarm.GENESIS, ZERO, 1);
  private static final MemberSet ONE = ZERO.change(List.of(1), List.of());

  private final TestingHub hub = new TestingHub();
  private final Map<String, ConfigMap> written = new LinkedHashMap<>();
  private final EpochKeeper keeper =
      new EpochKeeper(
          map -> Optional.of(written.computeIfAbsent(map.getMetadata().getName(), name -> map)));

  private Optional<Finding> advance(long epochOfTheHub) {
    HubState.Builder state = HubState.newBuilder().setEpoch(epochOfTheHub);
    return keeper.advance(new TestingSwarm().withHub(state).observed(), hub);
  }

  private SetInForce inForce() {
    return inForceAfter(SetInForce.of(TestingSwarm.GENESIS));
  }

  private SetInForce inForceAfter(SetInForce known) {
    return EpochMap.inForce(
        TestingSwarm.GENESIS.chainId(),
        known,
        new SwarmKey("team", "s"),
        name -> Optional.ofNullable(written.get(name)));
  }

  private static SetDecision join() {
    NodeIdentity keys = TestingSwarm.NODES.identity("s-v4");
    var member = new Member(4, "s-v4", keys.verifyingKey(), keys.tlsFingerprint(), 1);
    return SetDecision.sign(
        SetChange.of(TestingSwarm.GENESIS.chainId(), ONE, List.of(), List.of(member)),
        TestingSwarm.NODES.operator().signingKey());
  }

  @Test
  void writesNothingWhileTheFirstSetDecides() {
    assertThat(advance(0)).isEmpty();
    assertThat(written).isEmpty();
    assertThat(inForce()).isEqualTo(SetInForce.of(TestingSwarm.GENESIS));
  }

  @Test
  void writesDownEachEpochOnceWithWhoJoinedAndWhoWasConvicted() {
    SetDecision join = join();
    hub.seals.add(TestingSeals.seal(TestingSwarm.NODES, ZERO, REMOVAL));
    hub.seals.add(TestingSeals.seal(TestingSwarm.NODES, ONE, join));
    assertThat(advance(2)).isEmpty();
    assertThat(advance(2)).isEmpty();

    assertThat(written).containsOnlyKeys("s-epoch-1", "s-epoch-2");
    assertThat(written.values()).allMatch(ConfigMap::getImmutable);
    assertThat(written.get("s-epoch-2").getData().get("members")).isEqualTo("s-v0 s-v2 s-v3 s-v4");
    SetInForce set = inForce();
    assertThat(set.set()).isEqualTo(ONE.change(List.of(), join.change().in()));
    assertThat(set.joined()).containsEntry("s-v1", 0L).containsEntry("s-v4", 2L);
    assertThat(set.hasLeft(1)).isTrue();
    assertThat(set.conviction(1).orElseThrow().epoch()).isZero();
    assertThat(set.conviction(0)).isEmpty();
    written.clear();
    assertThat(inForceAfter(set)).as("what was proven stays").isEqualTo(set);
  }

  /** Who may write ConfigMaps is not who decides. */
  @Test
  void believesNoWrittenSetThatTheOneBeforeDidNotSign() {
    written.put(
        "s-epoch-1",
        EpochMap.of(
            new TestingSwarm().observed().swarm(),
            ONE,
            TestingSeals.seal(new TestingNodes(), ZERO, REMOVAL)));
    assertThatThrownBy(this::inForce)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("s-epoch-1")
        .hasMessageContaining("delete it");
  }

  @Test
  void believesNoSealThatTheSetDidNotSign() {
    hub.seals.add(TestingSeals.seal(new TestingNodes(), ZERO, REMOVAL));
    Finding finding = advance(1).orElseThrow();
    assertThat(finding.reason()).isEqualTo("SealNotProven");
    assertThat(finding.kind()).isEqualTo(Finding.Kind.STALLED);
    assertThat(written).isEmpty();
  }

  /** It is not read; and the set of the epoch could be written down nowhere else. */
  @Test
  void namesAConfigMapThatHasTheNameAndIsNotTheSwarms() {
    hub.seals.add(TestingSeals.seal(TestingSwarm.NODES, ZERO, REMOVAL));
    ConfigMap foreign =
        new ConfigMapBuilder()
            .withNewMetadata()
            .withName("s-epoch-1")
            .withNamespace("team")
            .endMetadata()
            .build();
    written.put("s-epoch-1", foreign);

    Finding finding = advance(1).orElseThrow();

    assertThat(finding.kind()).isEqualTo(Finding.Kind.STALLED);
    assertThat(finding.reason()).isEqualTo("NameTaken");
    assertThat(finding.message()).contains("kubectl delete configmap -n team s-epoch-1");
    foreign.getMetadata().setDeletionTimestamp("2026-01-01T00:00:00Z");
    assertThat(advance(1).orElseThrow().kind()).isEqualTo(Finding.Kind.RECONCILING);
    written.clear();
    assertThat(advance(1)).isEmpty();
  }

  @Test
  void waitsUntilThatOfTheSwarmBeforeIsGone() {
    hub.seals.add(TestingSeals.seal(TestingSwarm.NODES, ZERO, REMOVAL));
    ConfigMap before =
        new ConfigMapBuilder()
            .withNewMetadata()
            .withName("s-epoch-1")
            .withNamespace("team")
            .addNewOwnerReference()
            .withApiVersion("qudag.dev/v1alpha1")
            .withKind("Swarm")
            .withName("s")
            .withUid("uid-of-the-swarm-before")
            .withController(true)
            .endOwnerReference()
            .endMetadata()
            .build();
    written.put("s-epoch-1", before);
    Finding finding = advance(1).orElseThrow();
    assertThat(finding.kind()).isEqualTo(Finding.Kind.RECONCILING);
    assertThat(finding.reason()).isEqualTo("NameTaken");
  }

  @Test
  void comesBackToAHubThatDoesNotShowTheSealYet() {
    assertThat(advance(1).orElseThrow().reason()).isEqualTo("HubUnavailable");
    assertThat(written).isEmpty();
  }
}
