package dev.qudag.crypto.tls;

import dev.qudag.crypto.TlsIdentity;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import org.bouncycastle.jsse.BCX509ExtendedKeyManager;
import org.bouncycastle.jsse.BCX509Key;

/**
 * Shows the one certificate there is, whatever is asked for. A key manager of Bouncy Castle's kind:
 * it would refuse the key of any other, since the JDK calls the algorithm of its keys by the name
 * of the family, ML-DSA, and not by that of the parameter set.
 */
final class OwnKey extends BCX509ExtendedKeyManager {
  private static final String ALIAS = "own";

  private final TlsIdentity identity;

  OwnKey(TlsIdentity identity) {
    this.identity = identity;
  }

  @Override
  protected BCX509Key getKeyBC(String keyType, String alias) {
    return new Entry(keyType, getPrivateKey(alias), identity.certificate());
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    return new NamedKey(identity.privateKey());
  }

  private record Entry(String keyType, PrivateKey key, X509Certificate certificate)
      implements BCX509Key {
    @Override
    public String getKeyType() {
      return keyType;
    }

    @Override
    public PrivateKey getPrivateKey() {
      return key;
    }

    @Override
    public X509Certificate[] getCertificateChain() {
      return new X509Certificate[] {certificate};
    }
  }

  /** The JDK's key by the name of its parameter set. */
  private record NamedKey(PrivateKey key) implements PrivateKey {
    @Override
    public String getAlgorithm() {
      return "ML-DSA-87";
    }

    @Override
    public String getFormat() {
      return key.getFormat();
    }

    @Override
    public byte[] getEncoded() {
      return key.getEncoded();
    }

    @Override
    public String toString() {
      return getAlgorithm();
    }
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    return new X509Certificate[] {identity.certificate()};
  }

  @Override
  public String chooseEngineClientAlias(String[] types, Principal[] issuers, SSLEngine engine) {
    return ALIAS;
  }

  @Override
  public String chooseEngineServerAlias(String type, Principal[] issuers, SSLEngine engine) {
    return ALIAS;
  }

  @Override
  public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
    return ALIAS;
  }

  @Override
  public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
    return ALIAS;
  }

  @Override
  public String[] getClientAliases(String type, Principal[] issuers) {
    return new String[] {ALIAS};
  }

  @Override
  public String[] getServerAliases(String type, Principal[] issuers) {
    return new String[] {ALIAS};
  }
}
