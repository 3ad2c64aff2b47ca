package dev.qudag.node.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.consensus.chain.decision.PolicyChange;
import dev.qudag.consensus.chain.decision.PolicyDecision;
import dev.qudag.consensus.chain.policy.Policy;
import dev.qudag.consensus.simplex.block.Block;
import dev.qudag.crypto.Digest;
import dev.qudag.proto.DecisionState;
import dev.qudag.proto.RejectedChange;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a hub tells of changes that its four validators rejected. */
class RejectedChangesIT {
  @TempDir Path volume;
  private TestingHub node;

  @BeforeEach
  void start() throws IOException {
    node = TestingHub.on(volume, 4);
  }

  @Test
  void tellsWhichChangeTheValidatorsRejectedAndWhy() {
    PolicyChange change = change("locked");
    PolicyDecision decision = handIn(change);
    assertThat(told()).isEmpty();

    reject(decision);

    assertThat(told())
        .containsExactly(
            RejectedChange.newBuilder()
                .setChangeDigest(ByteString.copyFrom(Digest.sha256(change.encode()).bytes()))
                .setReasons("TooLarge: by far")
                .build());
  }

  @Test
  void tellsNothingOfAChangeThatIsAskedForAnewBeforeThatIsRejectedToo() {
    PolicyChange change = change("locked");
    PolicyDecision first = handIn(change);
    reject(first);
    PolicyDecision second = handIn(change);
    assertThat(second.digest()).as("signatures are randomised").isNotEqualTo(first.digest());
    assertThat(told()).isEmpty();
    reject(first, second);
    assertThat(told()).hasSize(1);
  }

  /** Validators tell of what they rejected for some blocks, and the hub is not always up. */
  @Test
  void remembersWhatTheValidatorsTellNoMore() throws IOException {
    reject(handIn(change("locked")));
    List<RejectedChange> before = told();
    assertThat(before).hasSize(1);
    reject();
    assertThat(told()).isEqualTo(before);
    node = node.restarted();
    assertThat(told()).isEqualTo(before);
  }

  @Test
  void forgetsWhatTheChainHasLeftBehind() {
    reject(handIn(change("locked")));
    assertThat(told()).hasSize(1);
    PolicyDecision other = handIn(change("secret"));
    Block block = node.chain.block(node.chain.start(), node.chain.approved(other, 0, 1, 2));
    assertThat(node.hub.apply(block, node.chain.finality(block, 0, 1, 2))).isTrue();
    assertThat(told()).isEmpty();
  }

  private PolicyChange change(String denied) {
    return new PolicyChange(
        node.state().chainId(),
        node.state().policyChanges(),
        node.state().policyDigest(),
        new Policy(List.of(), List.of(denied)));
  }

  private PolicyDecision handIn(PolicyChange change) {
    PolicyDecision decision = PolicyDecision.sign(change, node.chain.operator.signingKey());
    var unused = node.hub.deciding(node.hub.analyses()).policy(decision);
    return decision;
  }

  /** As two of the four report it, of whom one is honest. */
  private void reject(Decision... decisions) {
    List<DecisionState> pending =
        Stream.of(decisions)
            .map(
                decision ->
                    DecisionState.newBuilder()
                        .setDigest(ByteString.copyFrom(decision.digest().bytes()))
                        .setRejections(3)
                        .setRequired(3)
                        .addReasons("TooLarge: by far")
                        .build())
            .toList();
    node.hub.report(0, pending);
    node.hub.report(1, pending);
  }

  private List<RejectedChange> told() {
    return new HubStates(node.hub).now().getRejectedChangesList();
  }
}
