package dev.qudag.crypto;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Who a hub, validator, workspace or operator is: an ML-DSA-87 key that signs statements and
 * another one for its TLS connections. Both are made where they are used and never leave that
 * volume.
 */
public record NodeIdentity(SigningKey signingKey, TlsIdentity tls) {
  private static final String TLS_PRIVATE = "tls.key";
  private static final String TLS_CERTIFICATE = "tls.crt";

  public static NodeIdentity generate() {
    return new NodeIdentity(SigningKey.generate(), TlsIdentity.generate());
  }

  /**
   * The identity in a folder, or a new one put there. The folder appears whole or not at all,
   * fsynced, with files of mode 0600; it must not be a mount point, and its parent must exist.
   *
   * @throws IOException when the folder holds something else than a whole identity: a key is never
   *     replaced silently
   */
  public static NodeIdentity loadOrCreate(Path folder) throws IOException {
    return loadOrPut(folder, NodeIdentity::generate);
  }

  /**
   * The identity in a folder, or one with another signing key and the TLS key of this one, put
   * there in the same way.
   *
   * @throws IOException as {@link #loadOrCreate}
   */
  public NodeIdentity loadOrCreateNext(Path folder) throws IOException {
    return loadOrPut(folder, () -> new NodeIdentity(SigningKey.generate(), tls));
  }

  private static NodeIdentity loadOrPut(Path folder, Supplier<NodeIdentity> other)
      throws IOException {
    Optional<Map<String, byte[]>> stored = PrivateFolder.read(folder);
    if (stored.isPresent()) {
      try {
        return fromFiles(stored.get());
      } catch (IllegalArgumentException e) {
        throw new IOException("the identity in " + folder + " is damaged: " + e.getMessage(), e);
      }
    }
    NodeIdentity identity = other.get();
    PrivateFolder.create(folder, identity.toFiles());
    return identity;
  }

  /**
   * The identity out of the files that {@link #toFiles} gave.
   *
   * @throws IllegalArgumentException when a file is missing or is not what its name says
   */
  public static NodeIdentity fromFiles(Map<String, byte[]> files) {
    return new NodeIdentity(
        SigningKey.of(file(files, KeyFolder.PRIVATE), file(files, KeyFolder.PUBLIC)),
        TlsIdentity.of(file(files, TLS_PRIVATE), file(files, TLS_CERTIFICATE)));
  }

  /** The four files of this identity by name: secret, all together. */
  public Map<String, byte[]> toFiles() {
    Map<String, byte[]> files = new TreeMap<>();
    files.put(KeyFolder.PRIVATE, signingKey.expanded());
    files.put(KeyFolder.PUBLIC, signingKey.verifyingKey().bytes());
    files.put(TLS_PRIVATE, tls.key().expanded());
    try {
      files.put(TLS_CERTIFICATE, tls.certificate().getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate that was read cannot be written", e);
    }
    return files;
  }

  public VerifyingKey verifyingKey() {
    return signingKey.verifyingKey();
  }

  public Digest tlsFingerprint() {
    return tls.fingerprint();
  }

  private static byte[] file(Map<String, byte[]> files, String name) {
    byte[] content = files.get(name);
    if (content == null) {
      throw new IllegalArgumentException("file " + name + " is missing");
    }
    return content;
  }
}
