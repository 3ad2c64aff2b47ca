package dev.qudag.transport;

import dev.qudag.crypto.tls.PinnedTls;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.bouncycastle.jsse.BCSSLParameters;
import org.bouncycastle.jsse.BCSSLSocket;
import org.bouncycastle.jsse.provider.BouncyCastleJsseProvider;

/** Clients with other settings than ours, which trust anybody. */
final class TestingStrangers {
  private TestingStrangers() {}

  /** The JDK's own TLS: no group of key agreement that holds against a quantum computer. */
  static SSLSocket jdk(int port, String protocol) throws IOException, GeneralSecurityException {
    var context = SSLContext.getInstance("TLS");
    context.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
    var socket = (SSLSocket) context.getSocketFactory().createSocket("localhost", port);
    socket.setEnabledProtocols(new String[] {protocol});
    return socket;
  }

  /** The right group, and signatures of elliptic curves. */
  static SSLSocket withClassicalSignatures(int port) throws IOException, GeneralSecurityException {
    var parameters =
        new BCSSLParameters(
            new String[] {PinnedTls.CIPHER_SUITE}, new String[] {PinnedTls.PROTOCOL});
    parameters.setNamedGroups(new String[] {PinnedTls.GROUP});
    parameters.setSignatureSchemes(new String[] {"ecdsa_secp256r1_sha256"});
    return bouncyCastle(port, parameters);
  }

  /** All that is asked for, but another cipher. */
  static SSLSocket withAnotherCipher(int port) throws IOException, GeneralSecurityException {
    var parameters =
        new BCSSLParameters(
            new String[] {"TLS_AES_128_GCM_SHA256"}, new String[] {PinnedTls.PROTOCOL});
    parameters.setNamedGroups(new String[] {PinnedTls.GROUP});
    parameters.setSignatureSchemes(new String[] {PinnedTls.SIGNATURE_SCHEME});
    return bouncyCastle(port, parameters);
  }

  private static SSLSocket bouncyCastle(int port, BCSSLParameters parameters)
      throws IOException, GeneralSecurityException {
    var context = SSLContext.getInstance(PinnedTls.PROTOCOL, new BouncyCastleJsseProvider());
    context.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), new SecureRandom());
    var socket = (SSLSocket) context.getSocketFactory().createSocket("localhost", port);
    ((BCSSLSocket) socket).setParameters(parameters);
    return socket;
  }
}
