package dev.qudag.transport;

import dev.qudag.crypto.tls.PinnedTls;
import io.netty.handler.ssl.NotSslRecordException;
import java.security.cert.CertificateException;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Why there is no connection.
 *
 * @param message one line, to stand behind the peer's address
 */
record Refusal(Reason reason, String message) {
  /** What a metric tells apart. */
  enum Reason {
    NOT_TLS,
    TLS_VERSION,
    GROUP,
    SIGNATURE_SCHEME,
    KEY,
    CALLER,
    CONNECTIONS,
    MESSAGE_SIZE,
    HALF_MESSAGES,
    HANDSHAKE;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What a failed handshake comes down to.
   *
   * @param peer what the peer said first, when that is known
   */
  static Refusal of(Throwable cause, Optional<Hello> peer) {
    Optional<String> key = keyRefused(cause);
    if (key.isPresent()) {
      return new Refusal(Reason.KEY, key.get());
    }
    if (cause instanceof NotSslRecordException) {
      return new Refusal(Reason.NOT_TLS, "does not speak TLS");
    }
    return peer.flatMap(Refusal::ofHello)
        .orElseGet(() -> new Refusal(Reason.HANDSHAKE, "no handshake: " + root(cause)));
  }

  private static Optional<Refusal> ofHello(Hello hello) {
    return switch (hello) {
      case Hello.Client client -> ofClient(client);
      case Hello.Server server ->
          server.version() == Hello.TLS_1_3
              ? Optional.empty()
              : Optional.of(
                  new Refusal(
                      Reason.TLS_VERSION,
                      "speaks "
                          + TlsNames.version(server.version())
                          + ", expected "
                          + PinnedTls.PROTOCOL));
    };
  }

  private static Optional<Refusal> ofClient(Hello.Client client) {
    if (!client.versions().contains(Hello.TLS_1_3)) {
      return Optional.of(
          new Refusal(
              Reason.TLS_VERSION,
              "offers "
                  + client.versions().stream()
                      .max(Integer::compare)
                      .map(TlsNames::version)
                      .orElse("")
                  + " at most, expected "
                  + PinnedTls.PROTOCOL));
    }
    if (!client.groups().contains(TlsNames.X25519MLKEM768)) {
      return Optional.of(
          new Refusal(
              Reason.GROUP,
              "offers the groups "
                  + TlsNames.knownGroups(client.groups())
                  + ", expected "
                  + PinnedTls.GROUP));
    }
    if (!client.signatureSchemes().contains(TlsNames.MLDSA87)) {
      return Optional.of(
          new Refusal(
              Reason.SIGNATURE_SCHEME,
              "takes no signature of the scheme " + PinnedTls.SIGNATURE_SCHEME));
    }
    return Optional.empty();
  }

  private static Optional<String> keyRefused(Throwable cause) {
    return causes(cause)
        .filter(CertificateException.class::isInstance)
        .map(Throwable::getMessage)
        .findFirst();
  }

  private static String root(Throwable cause) {
    Throwable root = causes(cause).reduce((first, second) -> second).orElse(cause);
    String message = root.getMessage();
    return message == null
        ? root.getClass().getSimpleName()
        : message.lines().findFirst().orElse("");
  }

  private static Stream<Throwable> causes(Throwable cause) {
    return Stream.iterate(cause, Refusal::isThrowable, Throwable::getCause);
  }

  private static boolean isThrowable(@Nullable Throwable cause) {
    return cause != null;
  }
}
