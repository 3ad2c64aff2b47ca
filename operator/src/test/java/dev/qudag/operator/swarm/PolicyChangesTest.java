package dev.qudag.operator.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.qudag.consensus.chain.decision.PolicyDecision;
import dev.qudag.consensus.chain.identity.AdminSignature;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.SigningKey;
import dev.qudag.operator.node.Hub;
import dev.qudag.operator.node.UnaskedHub;
import io.grpc.Status;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PolicyChangesTest {
  private static final SigningKey ADMIN = SigningKey.generate();

  private final TestingHub hub = new TestingHub();
  private final PolicyChanges changes = new PolicyChanges(TestingSwarm.NODES.operator());

  /** A hub by whose rules no policy may change now. */
  private record StrictHub() implements UnaskedHub {
    @Override
    public Digest changePolicy(PolicyDecision decision) {
      throw Status.FAILED_PRECONDITION.withDescription("Sealed: soon").asRuntimeException();
    }
  }

  private static TestingSwarm wanting() {
    return new TestingSwarm().withSpec("policy: {denyPaths: [secret/**]}");
  }

  private Optional<Finding> advance(TestingSwarm swarm) {
    return advance(swarm, hub);
  }

  private Optional<Finding> advance(TestingSwarm swarm, Hub asked) {
    return changes.advance(swarm.observed(), Optional.of(asked));
  }

  @Test
  void asksForWhatSpecWantsAndForTheSameWithTheSameDecision() {
    assertThat(advance(new TestingSwarm())).isEmpty();
    assertThat(hub.policies).as("it is in force").isEmpty();
    assertThat(advance(wanting())).isEmpty();
    assertThat(advance(wanting())).isEmpty();
    assertThat(hub.policies).hasSize(2).containsOnly(hub.policies.getFirst());
    assertThat(hub.policies.getFirst().next().denyPaths()).containsExactly("secret/**");
  }

  @Test
  void asksForNothingThatAnAdministratorHasYetToSign() {
    TestingSwarm swarm = wanting().withAdministrators(ADMIN);
    assertThat(advance(swarm)).isEmpty();
    assertThat(hub.policies).isEmpty();
    byte[] change = swarm.observed().wantedPolicy().orElseThrow().change().encode();
    AdminSignature signature = AdminSignature.sign(change, ADMIN);
    assertThat(advance(swarm.withSignature(signature.toText()))).isEmpty();
    assertThat(hub.policies.getFirst().administrator()).contains(signature);
  }

  @Test
  void saysWhyTheHubDoesNotTakeIt() {
    assertThat(advance(wanting(), new StrictHub()))
        .contains(
            Finding.reconciling(
                "PolicyChanging",
                "The hub does not take the policy of spec.policy yet: Sealed: soon"));
  }

  @Test
  void saysSoOnlyWhereNothingElseIsInTheWay() {
    Optional<Finding> refusal = advance(wanting(), new StrictHub());
    assertThat(first(wanting(), refusal)).isEqualTo(refusal);
    byte[] wanted = wanting().observed().wantedPolicy().orElseThrow().change().encode();
    assertThat(first(wanting().withRejected(wanted, "TooLarge: by far"), refusal))
        .map(Finding::reason)
        .contains("PolicyRejected");
    assertThat(first(wanting().withAnotherKeyOf(2).withAnotherKeyOf(3), refusal))
        .map(Finding::reason)
        .contains("QuorumLost");
  }

  private static Optional<Finding> first(TestingSwarm swarm, Optional<Finding> asking) {
    return SwarmChecks.first(swarm.observed(), Optional.empty(), asking);
  }
}
