package dev.qudag.crypto;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Optional;
import java.util.function.Predicate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * TLS 1.3 (RFC 8446) of the JDK, in which a peer is known by the key that the handshake proves: no
 * authority, no host name, no date.
 */
public final class PinnedTls {
  public static final String PROTOCOL = "TLSv1.3";

  private PinnedTls() {}

  /**
   * A context for either side.
   *
   * @param own what this side shows; empty: nothing
   * @param accepts is asked with the fingerprint of the peer's key
   */
  public static SSLContext context(Optional<TlsIdentity> own, Predicate<Digest> accepts) {
    try {
      var context = SSLContext.getInstance(PROTOCOL);
      KeyManager[] keys = own.map(PinnedTls::keys).orElseGet(() -> new KeyManager[0]);
      context.init(keys, new TrustManager[] {new FingerprintTrust(accepts)}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK cannot speak TLS 1.3 with an EC key", e);
    }
  }

  /**
   * By a store of type JKS: it never leaves the memory, and it is the one that encrypts nothing.
   */
  private static KeyManager[] keys(TlsIdentity identity) {
    try {
      var store = KeyStore.getInstance("JKS");
      store.load(null, null);
      store.setKeyEntry(
          "node", identity.privateKey(), new char[0], new Certificate[] {identity.certificate()});
      var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, new char[0]);
      return keys.getKeyManagers();
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("cannot use the TLS key", e);
    }
  }
}
