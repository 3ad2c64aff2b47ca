package dev.qudag.transport;

/**
 * What the two ends of a connection agreed on, as read off the wire: names of the TLS registry, or
 * a number in hexadecimal digits for what has no name here.
 *
 * @param version {@code TLSv1.3}
 * @param group {@code X25519MLKEM768}
 * @param signatureScheme of the peer's certificate: {@code mldsa87}; {@code none} of a client that
 *     showed none
 * @param cipherSuite {@code TLS_AES_256_GCM_SHA384}
 * @param retried whether the first share of the client was of a group that the server did not take
 */
public record NegotiatedTls(
    LinkSide side,
    String version,
    String group,
    String signatureScheme,
    String cipherSuite,
    boolean retried) {}
