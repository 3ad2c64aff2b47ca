package dev.qudag.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.qudag.crypto.NodeIdentity;
import dev.qudag.transport.limit.ConnectionLimits;
import dev.qudag.transport.limit.Rate;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever opens more connections than an address may have, on real sockets. */
class DoorkeeperIT {
  private static final NodeIdentity NODE = NodeIdentity.generate();
  private static final byte[] HELLO = "hello".getBytes(StandardCharsets.US_ASCII);
  private static final ConnectionLimits FEW =
      new ConnectionLimits(8, 4, 4, 2, new Rate(1000, 1000), new Rate(1000, 1000));

  private final TestingRefusals refusals = new TestingRefusals();
  private final Transport transport = new Transport(new TlsConnections());
  private final List<Socket> sockets = new ArrayList<>();
  private final List<ManagedChannel> channels = new ArrayList<>();
  private Server server;

  @BeforeEach
  void start() throws IOException {
    server = transport.server(NODE.tls(), 0, FEW).addService(TestingEcho.service()).build().start();
  }

  @AfterEach
  void stop() throws Exception {
    for (Socket socket : sockets) {
      socket.close();
    }
    channels.forEach(ManagedChannel::shutdownNow);
    server.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    refusals.close();
  }

  @Test
  void whoHoldsTooManyHandshakesIsClosedAtOnceAndOpenLinksGoOn() throws IOException {
    ManagedChannel open = channel();
    assertThat(TestingEcho.say(open, HELLO)).isEqualTo(HELLO);
    sockets.add(dial());
    sockets.add(dial());

    assertThat(isClosed(dial())).isTrue();

    assertThat(TestingEcho.say(open, HELLO)).isEqualTo(HELLO);
    await()
        .untilAsserted(
            () ->
                assertThat(refusals.lines())
                    .anyMatch(
                        line -> line.matches("refused .*: has 2 handshakes under way already")));
    assertThat(transport.connections().refused()).containsEntry("connections", 1L);
  }

  @Test
  void aHandshakeThatIsGivenUpMakesRoomForAnother() throws IOException {
    sockets.add(dial());
    sockets.add(dial());
    for (Socket socket : sockets) {
      socket.close();
    }
    await()
        .ignoreExceptionsInstanceOf(StatusRuntimeException.class)
        .untilAsserted(() -> assertThat(TestingEcho.say(channel(), HELLO)).isEqualTo(HELLO));
  }

  @Test
  void openLinksAreCountedByAddressToo() throws IOException {
    for (int i = 0; i < FEW.ofOne(); i++) {
      assertThat(TestingEcho.say(channel(), HELLO)).isEqualTo(HELLO);
    }
    assertThat(isClosed(dial())).isTrue();
    assertThat(refusals.lines()).anyMatch(line -> line.endsWith("has 4 connections already"));
  }

  private ManagedChannel channel() {
    ManagedChannel channel =
        new Transport(new TlsConnections())
            .channel("127.0.0.1", server.getPort(), Optional.empty(), NODE.tlsFingerprint()::equals)
            .build();
    channels.add(channel);
    return channel;
  }

  /** Connects and says nothing. */
  private Socket dial() throws IOException {
    return new Socket("127.0.0.1", server.getPort());
  }

  private static boolean isClosed(Socket socket) throws IOException {
    try (socket) {
      socket.setSoTimeout(5_000);
      return socket.getInputStream().read() < 0;
    } catch (SocketException reset) {
      return true;
    }
  }
}
