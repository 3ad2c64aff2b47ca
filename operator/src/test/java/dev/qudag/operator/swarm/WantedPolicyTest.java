package dev.qudag.operator.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.api.v1alpha1.SwarmStatus;
import dev.qudag.consensus.chain.decision.PolicyChange;
import dev.qudag.consensus.chain.identity.AdminSignature;
import dev.qudag.crypto.SigningKey;
import dev.qudag.operator.status.Conditions;
import dev.qudag.operator.swarm.configmap.ToSign;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A policy that needs an administrator's signature, and what is asked and shown meanwhile. */
class WantedPolicyTest {
  private static final SigningKey ADMIN = SigningKey.generate();
  private static final String OTHER_POLICY = "policy: {queue: {maxWindow: 4}, denyPaths: [.env]}";

  private static TestingSwarm guarded() {
    return new TestingSwarm().withAdministrators(SigningKey.generate(), ADMIN);
  }

  private static WantedPolicy wanted(TestingSwarm swarm) {
    return swarm.observed().wantedPolicy().orElseThrow();
  }

  private static SwarmStatus report(TestingSwarm swarm) {
    SwarmObservation observed = swarm.observed();
    return new SwarmStatusFactory(new Conditions(Clock.systemUTC()))
        .report(
            observed,
            SwarmChecks.first(observed, Optional.empty(), Optional.empty()),
            Optional.empty(),
            SwarmChecks.toSign(observed));
  }

  @Test
  void isNoneWhereThePolicyIsInForce() {
    assertThat(guarded().observed().wantedPolicy()).isEmpty();
    assertThat(report(guarded()).pendingChange()).isNull();
  }

  @Test
  void isTheOperatorsToAskForWhereGenesisNamesNobody() {
    assertThat(wanted(new TestingSwarm().withSpec(OTHER_POLICY)).isPending()).isFalse();
  }

  @Test
  void waitsForASignatureAndShowsWhatToSign() {
    TestingSwarm swarm = guarded().withSpec(OTHER_POLICY);
    WantedPolicy wanted = wanted(swarm);
    assertThat(wanted.isPending()).isTrue();

    SwarmStatus status = report(swarm);

    assertThat(status.pendingChange().kind()).isEqualTo("PolicyChange");
    assertThat(status.pendingChange().digest()).isEqualTo(wanted.toSign().digest());
    assertThat(Conditions.find(status.conditions(), "Stalled").orElseThrow().reason())
        .isEqualTo("AwaitingAdministrator");
    assertThat(Conditions.find(status.conditions(), "SetTrustsOperator").orElseThrow().reason())
        .isEqualTo("AdminKeys");
    ConfigMap toSign = wanted.toSign().map(swarm.observed().swarm());
    assertThat(toSign.getMetadata().getName()).isEqualTo("s-pending-change");
    byte[] bytes = Base64.getDecoder().decode(toSign.getBinaryData().get("change"));
    assertThat(PolicyChange.decode(bytes)).isEqualTo(wanted.change());
  }

  @Test
  void isAskedForOnceAnAdministratorHasSignedExactlyIt() {
    TestingSwarm swarm = guarded().withSpec(OTHER_POLICY);
    WantedPolicy pending = wanted(swarm);
    AdminSignature signature = AdminSignature.sign(pending.change().encode(), ADMIN);

    swarm.withSignature(signature.toText());

    assertThat(wanted(swarm).isPending()).isFalse();
    assertThat(wanted(swarm).signature()).contains(signature);
    assertThat(SwarmChecks.toSign(swarm.observed())).isEmpty();
    assertThat(report(swarm).pendingChange()).isNull();
  }

  /** There is one annotation for signatures, and without this one nothing lands. */
  @Test
  void isSignedBeforeAChangeOfTheSet() {
    TestingSwarm swarm = guarded().withSpec(OTHER_POLICY);
    ToSign ofTheSet = ToSign.of(ToSign.Kind.SET_CHANGE, new byte[] {1});
    Optional<Finding> joining =
        Optional.of(Finding.unsigned("NeedsAdministrator", "sign it", ofTheSet));
    assertThat(SwarmChecks.toSign(swarm.observed(), joining)).contains(wanted(swarm).toSign());
    assertThat(SwarmChecks.toSign(guarded().observed(), joining)).contains(ofTheSet);
  }

  @Test
  void saysThatASignatureIsNoneOverThisChangeByThesePeople() {
    TestingSwarm swarm = guarded().withSpec(OTHER_POLICY);
    byte[] change = wanted(swarm).change().encode();
    byte[] another = {1, 2, 3};
    for (String text :
        List.of(
            "not base64!",
            "AAAA",
            AdminSignature.sign(another, ADMIN).toText(),
            AdminSignature.sign(change, SigningKey.generate()).toText())) {
      swarm.withSignature(text);
      assertThat(wanted(swarm).isPending()).as(text).isTrue();
      assertThat(Conditions.find(report(swarm).conditions(), "Stalled").orElseThrow().message())
          .contains("qudag.dev/admin-signature")
          .contains("is no signature over it");
    }
  }
}
