package dev.qudag.operator.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.qudag.consensus.chain.identity.EnrolmentStatement;
import dev.qudag.consensus.chain.identity.NodeRole;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.NodeIdentity;
import dev.qudag.proto.EnrolResponse;
import org.junit.jupiter.api.Test;

class GrpcNodeEnrolmentTest {
  private static final NodeIdentity NODE = NodeIdentity.generate();
  private static final Bytes NONCE = Bytes.of(new byte[EnrolmentStatement.NONCE_SIZE]);
  private static final NodeTarget TARGET =
      new NodeTarget(
          new SwarmKey("team", "s"),
          "swarm-uid",
          NodeRole.VALIDATOR,
          "s-v1",
          "s-v1.team.svc",
          "s-v1-0",
          "pod-uid");

  private static EnrolResponse.Builder answer(NodeIdentity signer, String podUid) {
    var statement =
        new EnrolmentStatement(
            "swarm-uid",
            podUid,
            NodeRole.VALIDATOR,
            "s-v1",
            NONCE,
            NODE.verifyingKey(),
            NODE.tlsFingerprint());
    return EnrolResponse.newBuilder()
        .setRole("validator")
        .setName("s-v1")
        .setSigningKey(ByteString.copyFrom(NODE.verifyingKey().bytes()))
        .setTlsFingerprint(ByteString.copyFrom(NODE.tlsFingerprint().bytes()))
        .setSignature(ByteString.copyFrom(signer.signingKey().sign(statement.encode()).toArray()));
  }

  private static EnrolledNode check(EnrolResponse.Builder answer) {
    return GrpcNodeEnrolment.checked(TARGET, answer.build(), NONCE, NODE.tlsFingerprint());
  }

  @Test
  void takesTheKeysOfANodeThatProvesThem() {
    EnrolledNode node = check(answer(NODE, "pod-uid"));
    assertThat(node.signingKey()).isEqualTo(NODE.verifyingKey());
    assertThat(node.tlsFingerprint()).isEqualTo(NODE.tlsFingerprint());
    assertThat(node.genesis()).isEmpty();
  }

  @Test
  void refusesAStatementByAnotherKey() {
    assertThatThrownBy(() -> check(answer(NodeIdentity.generate(), "pod-uid")))
        .isInstanceOf(EnrolmentRefusedException.class)
        .hasMessageContaining("did not sign");
  }

  @Test
  void refusesAStatementOfAnotherPod() {
    assertThatThrownBy(() -> check(answer(NODE, "other-pod")))
        .isInstanceOf(EnrolmentRefusedException.class)
        .hasMessageContaining("did not sign");
  }

  @Test
  void refusesAnotherTlsKeyThanTheChannels() {
    assertThatThrownBy(
            () ->
                GrpcNodeEnrolment.checked(
                    TARGET, answer(NODE, "pod-uid").build(), NONCE, Digest.ZERO))
        .isInstanceOf(EnrolmentRefusedException.class)
        .hasMessageContaining("another TLS key");
  }

  @Test
  void refusesAnotherNodeAtThisAddress() {
    assertThatThrownBy(() -> check(answer(NODE, "pod-uid").setName("s-v2")))
        .isInstanceOf(EnrolmentRefusedException.class)
        .hasMessage("validator s-v1 (pod s-v1-0) says its name is s-v2");
    assertThatThrownBy(() -> check(answer(NODE, "pod-uid").setRole("hub")))
        .isInstanceOf(EnrolmentRefusedException.class);
  }

  @Test
  void refusesAKeyOfAnotherLength() {
    assertThatThrownBy(
            () -> check(answer(NODE, "pod-uid").setSigningKey(ByteString.copyFromUtf8("short"))))
        .isInstanceOf(EnrolmentRefusedException.class)
        .hasMessageContaining("malformed key");
  }
}
