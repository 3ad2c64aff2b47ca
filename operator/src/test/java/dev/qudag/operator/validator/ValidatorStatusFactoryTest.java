package dev.qudag.operator.validator;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.qudag.api.v1alpha1.Condition;
import dev.qudag.api.v1alpha1.LocalRef;
import dev.qudag.api.v1alpha1.Swarm;
import dev.qudag.api.v1alpha1.Validator;
import dev.qudag.api.v1alpha1.ValidatorSpec;
import dev.qudag.crypto.Digest;
import dev.qudag.operator.status.Conditions;
import dev.qudag.proto.HubState;
import dev.qudag.proto.RemovedValidator;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ValidatorStatusFactoryTest {
  private static final Digest EVIDENCE = Digest.sha256(new byte[] {1});

  private final ValidatorStatusFactory statuses =
      new ValidatorStatusFactory(
          new Conditions(Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC)));

  private List<Condition> conditions(int index, HubState hub) {
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
                Optional.of(new Swarm()),
                Optional.empty(),
                Optional.empty(),
                Optional.of(hub),
                Optional.empty(),
                Optional.empty()))
        .conditions();
  }

  private static HubState without(int index) {
    return HubState.newBuilder()
        .addRemoved(
            RemovedValidator.newBuilder()
                .setIndex(index)
                .setEvidence(ByteString.copyFrom(EVIDENCE.bytes()))
                .setEpoch(4))
        .build();
  }

  @Test
  void whoTheSetRemovedIsSlashedByTheEvidenceThatConvictsIt() {
    List<Condition> conditions = conditions(2, without(2));
    Condition slashed = Conditions.find(conditions, "Slashed").orElseThrow();
    assertThat(slashed.status()).isEqualTo(Condition.Status.True);
    assertThat(slashed.message()).contains(EVIDENCE.hex(), "s-v2", "epoch 4");
    assertThat(Conditions.find(conditions, Condition.READY).orElseThrow().reason())
        .as("the event has it too")
        .isEqualTo(ValidatorReasons.SLASHED);
    assertThat(Conditions.isTrue(conditions, Condition.STALLED)).isTrue();
  }

  @Test
  void theOthersAreNot() {
    List<Condition> conditions = conditions(1, without(2));
    Condition slashed = Conditions.find(conditions, "Slashed").orElseThrow();
    assertThat(slashed.status()).isEqualTo(Condition.Status.False);
    assertThat(slashed.reason()).isEqualTo(ValidatorReasons.NOT_CONVICTED);
  }
}
