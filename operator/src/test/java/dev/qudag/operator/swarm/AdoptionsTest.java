package dev.qudag.operator.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.qudag.consensus.chain.decision.AdoptDecision;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.SigningKey;
import dev.qudag.crypto.VerifyingKey;
import dev.qudag.proto.HubState;
import dev.qudag.proto.UpstreamOffer;
import dev.qudag.proto.UpstreamState;
import org.junit.jupiter.api.Test;

class AdoptionsTest {
  private static final String UPSTREAM =
      "repository: {branch: main, storage: {size: 1Gi, retention: Retain}, upstream: {url: \"https://git.example/library.git\", mode: Push}}";
  private static final String BASE = "a".repeat(40);
  private static final String COMMIT = "b".repeat(40);

  private final SigningKey hubKey = SigningKey.generate();
  private final TestingHub hub = new TestingHub();
  private final Adoptions adoptions = new Adoptions(TestingSwarm.NODES.operator());

  private UpstreamOffer offer() {
    Bytes signature =
        hubKey.sign(
            AdoptDecision.signedBytes(
                hub.genesis().chainId(), hub.genesis().branch(), BASE, COMMIT));
    return UpstreamOffer.newBuilder()
        .setBase(BASE)
        .setCommit(COMMIT)
        .setHubSignature(ByteString.copyFrom(signature.toArray()))
        .build();
  }

  private static HubState.Builder offering(UpstreamOffer offer) {
    return HubState.newBuilder().setUpstream(UpstreamState.newBuilder().setOffer(offer));
  }

  @Test
  void givesItsWordForWhatTheHubOffersAndTheSameWordAgain() {
    SwarmObservation observed =
        new TestingSwarm().withSpec(UPSTREAM).withHub(offering(offer())).observed();

    adoptions.advance(observed, hub);
    adoptions.advance(observed, hub);

    VerifyingKey operator = TestingSwarm.NODES.operator().verifyingKey();
    assertThat(hub.adopted).hasSize(2);
    AdoptDecision adopted = hub.adopted.getFirst();
    assertThat(adopted.isSignedByHub(hubKey.verifyingKey())).isTrue();
    assertThat(adopted.isSignedByOperator(operator)).isTrue();
    assertThat(adopted.commit()).isEqualTo(COMMIT);
    assertThat(hub.adopted.getLast()).isEqualTo(adopted);
  }

  @Test
  void givesANewWordForANewOffer() {
    for (int i = 0; i < 2; i++) {
      adoptions.advance(
          new TestingSwarm().withSpec(UPSTREAM).withHub(offering(offer())).observed(), hub);
    }
    assertThat(hub.adopted.getLast().digest()).isNotEqualTo(hub.adopted.getFirst().digest());
  }

  /** A hub that is not its own master any more cannot say what the Swarm wants. */
  @Test
  void givesNoWordWithoutAnUpstreamInTheSpec() {
    adoptions.advance(new TestingSwarm().withHub(offering(offer())).observed(), hub);
    adoptions.advance(new TestingSwarm().withSpec(UPSTREAM).observed(), hub);
    assertThat(hub.adopted).isEmpty();
  }
}
