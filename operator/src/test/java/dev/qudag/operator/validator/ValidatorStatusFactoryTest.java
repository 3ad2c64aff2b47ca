package dev.qudag.operator.validator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.api.v1alpha1.Condition;
import dev.qudag.api.v1alpha1.LocalRef;
import dev.qudag.api.v1alpha1.Swarm;
import dev.qudag.api.v1alpha1.Validator;
import dev.qudag.api.v1alpha1.ValidatorSpec;
import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.policy.Policy;
import dev.qudag.crypto.Digest;
import dev.qudag.operator.node.SetInForce;
import dev.qudag.operator.node.SwarmKey;
import dev.qudag.operator.node.TestingNodes;
import dev.qudag.operator.status.Conditions;
import dev.qudag.proto.ChainStatus;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ValidatorStatusFactoryTest {
  private static final Digest EVIDENCE = Digest.sha256(new byte[] {1});

  private static final SwarmKey KEY = new SwarmKey("default", "s");
  private static final Genesis GENESIS =
      new TestingNodes().genesis(KEY, 4, new Policy(List.of(), List.of()));
  private static final Swarm SWARM =
      new KubernetesSerialization()
          .unmarshal(
              """
              apiVersion: qudag.dev/v1alpha1
              kind: Swarm
              metadata: {name: s}
              spec: {validators: {replicas: 4}}
              """,
              Swarm.class);

  private final ValidatorStatusFactory statuses =
      new ValidatorStatusFactory(
          new Conditions(Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC)));

  private List<Condition> conditions(int index, SetInForce set) {
    return conditions(index, set, Optional.empty());
  }

  private List<Condition> conditions(int index, SetInForce set, Optional<ChainStatus> chain) {
    Validator validator = new Validator();
    validator.setMetadata(
        new ObjectMetaBuilder()
            .withName("s-v" + index)
            .withNamespace("default")
            .withGeneration(1L)
            .build());
    validator.setSpec(new ValidatorSpec(new LocalRef("s"), index));
    return statuses
        .report(
            new ValidatorObservation(
                validator,
                Optional.of(SWARM),
                Optional.of(new Pod()),
                Optional.of(set),
                Optional.empty(),
                Optional.empty(),
                chain))
        .conditions();
  }

  @Test
  void whoHasNoRoomForWhatIsNewSaysSoWithTheFigures() {
    var full =
        ChainStatus.newBuilder()
            .setAbstainingReason("VolumeFull")
            .setAbstainingMessage("the volume has 3 bytes free");
    Condition ready =
        Conditions.find(
                conditions(1, SetInForce.of(GENESIS), Optional.of(full.build())), Condition.READY)
            .orElseThrow();

    assertThat(ready.reason()).isEqualTo(ValidatorReasons.VOLUME_FULL);
    assertThat(ready.message()).isEqualTo("the volume has 3 bytes free");
  }

  /** Index 2 has left; written down with the evidence, or without. */
  private static SetInForce shrunk(SetInForce.Conviction... convicted) {
    return new SetInForce(
        GENESIS.set().change(List.of(2), List.of()),
        SetInForce.of(GENESIS).joined(),
        List.of(convicted));
  }

  private static SetInForce convicted() {
    return shrunk(new SetInForce.Conviction(2, EVIDENCE, 4));
  }

  @Test
  void whoTheSetRemovedIsSlashedByTheEvidenceThatConvictsIt() {
    List<Condition> conditions = conditions(2, convicted());
    Condition slashed = Conditions.find(conditions, "Slashed").orElseThrow();
    assertThat(slashed.status()).isEqualTo(Condition.Status.True);
    assertThat(slashed.message()).contains(EVIDENCE.hex(), "s-v2", "epoch 4");
    assertThat(Conditions.find(conditions, Condition.READY).orElseThrow().reason())
        .as("the event has it too")
        .isEqualTo(ValidatorReasons.SLASHED);
    assertThat(Conditions.isTrue(conditions, Condition.STALLED)).isTrue();
  }

  private String reason(int index, SetInForce set) {
    return Conditions.find(conditions(index, set), Condition.READY).orElseThrow().reason();
  }

  @Test
  void whoLeftWithoutEvidenceIsRemoved() {
    assertThat(reason(2, shrunk())).isEqualTo(ValidatorReasons.REMOVED);
  }

  @Test
  void whoIsToJoinWaitsForTheSetAndWhoNobodyWantsForAPerson() {
    assertThat(reason(4, shrunk())).isEqualTo(ValidatorReasons.JOINING);
    assertThat(reason(5, shrunk())).isEqualTo(ValidatorReasons.NOT_IN_SET);
    assertThat(reason(4, SetInForce.of(GENESIS))).isEqualTo(ValidatorReasons.NOT_IN_SET);
  }

  @Test
  void theOthersAreNot() {
    List<Condition> conditions = conditions(1, convicted());
    Condition slashed = Conditions.find(conditions, "Slashed").orElseThrow();
    assertThat(slashed.status()).isEqualTo(Condition.Status.False);
    assertThat(slashed.reason()).isEqualTo(ValidatorReasons.NOT_CONVICTED);
  }
}
