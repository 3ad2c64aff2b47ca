package dev.qudag.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.qudag.crypto.Digest;
import dev.qudag.crypto.NodeIdentity;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What real sockets negotiate, and who is refused with which line. */
class HandshakeIT {
  private static final NodeIdentity NODE = NodeIdentity.generate();
  private static final NodeIdentity OTHER = NodeIdentity.generate();
  private static final byte[] HELLO = "hello".getBytes(StandardCharsets.US_ASCII);

  private final TestingRefusals refusals = new TestingRefusals();
  private final Transport transport = new Transport(new TlsConnections());
  private final Transport dialling = new Transport(new TlsConnections());
  private final List<ManagedChannel> channels = new ArrayList<>();
  private final List<Server> servers = new ArrayList<>();

  @AfterEach
  void stop() throws InterruptedException {
    channels.forEach(ManagedChannel::shutdownNow);
    for (Server server : servers) {
      server.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    }
    refusals.close();
  }

  @Test
  void bothEndsNegotiateWhatHoldsAgainstAQuantumComputer() throws IOException {
    ManagedChannel channel = channel(serve(NODE, 0), Optional.of(OTHER), NODE.tlsFingerprint());

    assertThat(TestingEcho.say(channel, HELLO)).isEqualTo(HELLO);
    assertThat(transport.connections().open())
        .containsOnlyKeys(negotiated(LinkSide.SERVER, "mldsa87"))
        .containsValue(1);
    assertThat(dialling.connections().open())
        .containsOnlyKeys(negotiated(LinkSide.CLIENT, "mldsa87"))
        .containsValue(1);

    channel.shutdownNow();
    await()
        .untilAsserted(() -> assertThat(transport.connections().open().values()).containsOnly(0));
    assertThat(refusals.lines()).isEmpty();
  }

  @Test
  void aClientMayShowNoCertificate() throws IOException {
    ManagedChannel channel = channel(serve(NODE, 0), Optional.empty(), NODE.tlsFingerprint());

    assertThat(TestingEcho.say(channel, HELLO)).isEqualTo(HELLO);
    assertThat(transport.connections().open())
        .containsOnlyKeys(negotiated(LinkSide.SERVER, "none"));
  }

  @Test
  void refusesAServerWithAnotherKey() throws IOException {
    ManagedChannel channel = channel(serve(OTHER, 0), Optional.of(NODE), NODE.tlsFingerprint());

    assertUnreachable(channel);
    assertThat(refusals.lines())
        .anyMatch(
            line ->
                line.matches(
                    "no connection to .*: the peer's key "
                        + OTHER.tlsFingerprint()
                        + " is not the pinned one"));
    assertThat(dialling.connections().refused()).containsKey("key");
  }

  @Test
  void refusesTheFormerKeyOfAServerThatHasANewOne() throws Exception {
    int port = serve(NODE, 0);
    assertThat(TestingEcho.say(channel(port, Optional.empty(), NODE.tlsFingerprint()), HELLO))
        .isEqualTo(HELLO);
    servers.getLast().shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    serve(OTHER, port);

    assertThat(TestingEcho.say(channel(port, Optional.empty(), OTHER.tlsFingerprint()), HELLO))
        .isEqualTo(HELLO);
    servers.getLast().shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    serve(NODE, port);

    assertUnreachable(channel(port, Optional.empty(), OTHER.tlsFingerprint()));
    assertThat(refusals.lines()).anyMatch(line -> line.endsWith("is not the pinned one"));
  }

  @Test
  void saysWhichCallerAServiceRefuses() throws IOException {
    int port = serve(NODE, 0, new Deny());
    ManagedChannel channel = channel(port, Optional.of(OTHER), NODE.tlsFingerprint());

    assertThatThrownBy(() -> TestingEcho.say(channel, HELLO))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageContaining("not the key");
    assertThat(refusals.lines())
        .singleElement()
        .asString()
        .matches("refused .*: Say: only the operator may call this: not the key");
    assertThat(transport.connections().refused()).containsEntry("caller", 1L);
  }

  @Test
  void aServiceMayRefuseByThrowingAsTheCallBegins() throws IOException {
    int port =
        serve(
            NODE,
            0,
            new ServerInterceptor() {
              @Override
              public <Q, A> ServerCall.Listener<Q> interceptCall(
                  ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
                throw Status.UNAUTHENTICATED.withDescription("no token").asRuntimeException();
              }
            });
    ManagedChannel channel = channel(port, Optional.of(OTHER), NODE.tlsFingerprint());

    assertThatThrownBy(() -> TestingEcho.say(channel, HELLO))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessage("UNAUTHENTICATED: no token");
    assertThat(refusals.lines()).singleElement().asString().matches("refused .*: Say: no token");
  }

  @Test
  void refusesPlainText() throws IOException {
    try (var socket = new Socket("localhost", serve(NODE, 0))) {
      socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      awaitClosed(socket);
    }
    awaitLine("refused .*: does not speak TLS", "not_tls");
  }

  @Test
  void refusesTls12() throws Exception {
    assertRefused(TestingStrangers.jdk(serve(NODE, 0), "TLSv1.2"));
    awaitLine("refused .*: offers TLSv1.2 at most, expected TLSv1.3", "tls_version");
  }

  @Test
  void refusesAKeyAgreementOfCurvesAlone() throws Exception {
    assertRefused(TestingStrangers.jdk(serve(NODE, 0), "TLSv1.3"));
    awaitLine("refused .*: offers the groups .*x25519.*, expected X25519MLKEM768", "group");
  }

  @Test
  void refusesSignaturesOfCurves() throws Exception {
    assertRefused(TestingStrangers.withClassicalSignatures(serve(NODE, 0)));
    awaitLine("refused .*: takes no signature of the scheme mldsa87", "signature_scheme");
  }

  @Test
  void refusesAnotherCipher() throws Exception {
    assertRefused(TestingStrangers.withAnotherCipher(serve(NODE, 0)));
    awaitLine("refused .*: no handshake: .*", "handshake");
  }

  @Test
  void saysNothingAboutAPortProbe() throws IOException {
    int port = serve(NODE, 0);
    new Socket("localhost", port).close();

    ManagedChannel channel = channel(port, Optional.empty(), NODE.tlsFingerprint());
    assertThat(TestingEcho.say(channel, HELLO)).isEqualTo(HELLO);
    assertThat(refusals.lines()).isEmpty();
  }

  @Test
  void refusesAMessageThatIsTooLarge() throws IOException {
    ManagedChannel channel = channel(serve(NODE, 0), Optional.empty(), NODE.tlsFingerprint());

    assertThatThrownBy(() -> TestingEcho.say(channel, new byte[Transport.MAX_REQUEST_BYTES + 1]))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageStartingWith("RESOURCE_EXHAUSTED");
    awaitLine("refused .*: Echo/Say: .*exceeds maximum size 4194304: 4194305", "message_size");
    assertThat(TestingEcho.say(channel, HELLO)).isEqualTo(HELLO);
  }

  private int serve(NodeIdentity identity, int port, ServerInterceptor... interceptors)
      throws IOException {
    var builder = transport.server(identity.tls(), port).addService(TestingEcho.service());
    for (ServerInterceptor interceptor : interceptors) {
      builder.intercept(interceptor);
    }
    servers.add(builder.intercept(transport.refusals()).build().start());
    return servers.getLast().getPort();
  }

  private ManagedChannel channel(int port, Optional<NodeIdentity> own, Digest expected) {
    ManagedChannel channel =
        dialling.channel("localhost", port, own.map(NodeIdentity::tls), expected::equals).build();
    channels.add(channel);
    return channel;
  }

  private static NegotiatedTls negotiated(LinkSide side, String signatureScheme) {
    return new NegotiatedTls(
        side, "TLSv1.3", "X25519MLKEM768", signatureScheme, "TLS_AES_256_GCM_SHA384", false);
  }

  private static void assertUnreachable(ManagedChannel channel) {
    assertThatThrownBy(() -> TestingEcho.say(channel, HELLO))
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE));
  }

  private static void assertRefused(SSLSocket socket) throws IOException {
    try (socket) {
      assertThatIOException().isThrownBy(socket::startHandshake);
    }
  }

  private static void awaitClosed(Socket socket) throws IOException {
    socket.setSoTimeout(10_000);
    while (socket.getInputStream().read() >= 0) {
      // An alert may come first.
    }
  }

  private void awaitLine(String pattern, String reason) {
    await().untilAsserted(() -> assertThat(refusals.lines()).isNotEmpty());
    assertThat(refusals.lines()).singleElement().asString().matches(pattern);
    assertThat(transport.connections().refused())
        .containsOnlyKeys(reason)
        .containsEntry(reason, 1L);
  }

  private static final class Deny implements ServerInterceptor {
    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      call.close(
          Status.PERMISSION_DENIED.withDescription("only the operator may call this: not the key"),
          new Metadata());
      return new ServerCall.Listener<>() {};
    }
  }
}
