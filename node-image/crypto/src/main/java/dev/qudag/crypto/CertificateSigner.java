package dev.qudag.crypto;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.operator.ContentSigner;

/** Signs one certificate by a key of ours. */
final class CertificateSigner implements ContentSigner {
  private final AlgorithmIdentifier algorithm;
  private final SigningKey key;
  private final ByteArrayOutputStream content = new ByteArrayOutputStream();

  CertificateSigner(AlgorithmIdentifier algorithm, SigningKey key) {
    this.algorithm = algorithm;
    this.key = key;
  }

  @Override
  public AlgorithmIdentifier getAlgorithmIdentifier() {
    return algorithm;
  }

  @Override
  public OutputStream getOutputStream() {
    return content;
  }

  @Override
  public byte[] getSignature() {
    return key.sign(content.toByteArray()).toArray();
  }
}
