package dev.qudag.operator.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.qudag.crypto.Digest;
import dev.qudag.crypto.NodeIdentity;
import dev.qudag.transport.NegotiatedTls;
import dev.qudag.transport.TlsConnections;
import dev.qudag.transport.Transport;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The operator's channels to a node, over real TLS. */
class PinnedChannelsTest {
  private static final NodeIdentity NODE = NodeIdentity.generate();
  private static final NodeIdentity OPERATOR = NodeIdentity.generate();

  private final Transport operator = new Transport(new TlsConnections());
  private final PinnedChannels channels = new PinnedChannels(OPERATOR, operator);
  private Server node;

  @BeforeEach
  void serve() throws IOException {
    node = new Transport(new TlsConnections()).server(NODE.tls(), 0).build().start();
  }

  @AfterEach
  void stop() {
    channels.close();
    node.shutdownNow();
  }

  @Test
  void reachesTheHolderOfThePinnedKeyByPostQuantumTls() {
    awaitReady(channels.to("localhost", node.getPort(), NODE.tlsFingerprint()));
    assertThat(operator.connections().open().keySet())
        .extracting(NegotiatedTls::group, NegotiatedTls::signatureScheme)
        .containsExactly(tuple("X25519MLKEM768", "mldsa87"));
  }

  @Test
  void doesNotTalkToAnotherKey() {
    ManagedChannel channel = channels.to("localhost", node.getPort(), OPERATOR.tlsFingerprint());
    await().until(() -> channel.getState(true) == ConnectivityState.TRANSIENT_FAILURE);
    assertThat(operator.connections().refused()).containsKey("key");
  }

  @Test
  void anEnrolmentLearnsTheKeyThatTheNodeProved() {
    AtomicReference<Digest> proven = new AtomicReference<>(Digest.ZERO);
    ManagedChannel channel =
        channels.dial(
            "localhost",
            node.getPort(),
            fingerprint -> {
              proven.set(fingerprint);
              return true;
            });
    awaitReady(channel);
    channel.shutdownNow();
    assertThat(proven.get()).isEqualTo(NODE.tlsFingerprint());
  }

  private static void awaitReady(ManagedChannel channel) {
    await().until(() -> channel.getState(true) == ConnectivityState.READY);
  }
}
