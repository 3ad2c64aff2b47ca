package dev.qudag.crypto.tls;

import dev.qudag.crypto.Digest;
import dev.qudag.crypto.TlsIdentity;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.bouncycastle.jsse.BCSSLParameters;
import org.bouncycastle.jsse.provider.BouncyCastleJsseProvider;

/**
 * TLS 1.3 (RFC 8446) in which a peer is known by the key that the handshake proves: no authority,
 * no host name, no date. There is one choice of each algorithm, so nothing weaker can be
 * negotiated:
 *
 * <ul>
 *   <li>key agreement X25519MLKEM768 (draft-ietf-tls-ecdhe-mlkem), its share in the first flight;
 *   <li>signatures ML-DSA-87 (FIPS 204, draft-ietf-tls-mldsa);
 *   <li>AES-256-GCM with SHA-384.
 * </ul>
 *
 * <p>The handshake is Bouncy Castle's. It is not told a provider to compute with, and so takes the
 * JDK's: Bouncy Castle's own AES-GCM has a twentieth of the speed.
 */
public final class PinnedTls {
  public static final String PROTOCOL = "TLSv1.3";
  public static final String CIPHER_SUITE = "TLS_AES_256_GCM_SHA384";
  public static final String GROUP = "X25519MLKEM768";
  public static final String SIGNATURE_SCHEME = "mldsa87";

  /**
   * Its logger writes several lines and a stack for each handshake that fails; who uses the engines
   * says it in one. Held here, because the JDK forgets the level of a logger that nobody holds.
   */
  private static final Logger HANDSHAKES = Logger.getLogger("org.bouncycastle.jsse");

  private static final Provider PROVIDER = new BouncyCastleJsseProvider();

  private PinnedTls() {}

  /**
   * A context for either side; all its engines have the settings above.
   *
   * @param own what this side shows; empty: nothing
   * @param accepts is asked with the fingerprint of the peer's key
   */
  public static SSLContext context(Optional<TlsIdentity> own, Predicate<Digest> accepts) {
    HANDSHAKES.setLevel(Level.OFF); // Each time: a log that is set up anew forgets it.
    try {
      var context = SSLContext.getInstance(PROTOCOL, PROVIDER);
      context.init(
          own.map(identity -> new KeyManager[] {new OwnKey(identity)})
              .orElseGet(() -> new KeyManager[0]),
          new TrustManager[] {new FingerprintTrust(accepts)},
          new SecureRandom());
      return new FixedContext(context, PinnedTls::parameters);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Bouncy Castle cannot speak TLS 1.3 on this JDK", e);
    }
  }

  /** Without the early share it would be x25519's alone, and cost a second round trip. */
  private static BCSSLParameters parameters() {
    var parameters = new BCSSLParameters(new String[] {CIPHER_SUITE}, new String[] {PROTOCOL});
    parameters.setNamedGroups(new String[] {GROUP});
    parameters.setEarlyKeyShares(new String[] {GROUP});
    parameters.setSignatureSchemes(new String[] {SIGNATURE_SCHEME});
    parameters.setSignatureSchemesCert(new String[] {SIGNATURE_SCHEME});
    return parameters;
  }
}
