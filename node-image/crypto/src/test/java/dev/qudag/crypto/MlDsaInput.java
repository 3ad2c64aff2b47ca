package dev.qudag.crypto;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Optional;
import org.bouncycastle.jcajce.spec.ContextParameterSpec;

/**
 * What a vector of ML-DSA-87 signs: a message, as this module does; a message under a context; or
 * the message representative µ (FIPS 204, algorithm 7). The last two are Bouncy Castle's alone.
 */
record MlDsaInput(Bytes bytes, String algorithm, Optional<AlgorithmParameterSpec> context) {

  static MlDsaInput message(byte[] message, byte[] context) {
    return new MlDsaInput(
        Bytes.of(message),
        MlDsa87.SIGNATURE_ALGORITHM,
        Optional.of(context).filter(c -> c.length > 0).map(ContextParameterSpec::new));
  }

  static MlDsaInput mu(byte[] mu) {
    return new MlDsaInput(Bytes.of(mu), "ML-DSA-EXTERNAL-MU", Optional.empty());
  }

  boolean canBeExpressedBy(PostQuantumProvider provider) {
    return isOurs() || provider == PostQuantumProvider.BOUNCY_CASTLE;
  }

  private boolean isOurs() {
    return algorithm.equals(MlDsa87.SIGNATURE_ALGORITHM) && context.isEmpty();
  }

  boolean isVerified(PostQuantumProvider provider, byte[] publicKey, byte[] signature)
      throws GeneralSecurityException {
    VerifyingKey key;
    try {
      key = VerifyingKey.of(publicKey, provider);
    } catch (IllegalArgumentException noKey) {
      return false;
    }
    return isOurs()
        ? key.verify(bytes.toArray(), Bytes.of(signature))
        : isVerifiedByBouncyCastle(publicKey, signature);
  }

  private boolean isVerifiedByBouncyCastle(byte[] publicKey, byte[] signature)
      throws GeneralSecurityException {
    Signature verifier = Signature.getInstance(algorithm, BouncyCastle.PROVIDER);
    verifier.initVerify(
        KeyFactory.getInstance(MlDsa87.KEY_ALGORITHM, BouncyCastle.PROVIDER)
            .generatePublic(new X509EncodedKeySpec(MlDsa87.X509.wrap(publicKey))));
    try {
      setContext(verifier);
    } catch (IllegalArgumentException tooLong) {
      return false;
    }
    verifier.update(bytes.toArray());
    return verifier.verify(signature);
  }

  /**
   * @throws IllegalArgumentException when the key or the context is refused
   */
  byte[] sign(PostQuantumProvider provider, byte[] expanded, byte[] publicKey, SecureRandom random)
      throws GeneralSecurityException {
    return isOurs()
        ? SigningKey.of(expanded, publicKey, provider, random).sign(bytes.toArray()).toArray()
        : signWithBouncyCastle(expanded, random);
  }

  private byte[] signWithBouncyCastle(byte[] expanded, SecureRandom random)
      throws GeneralSecurityException {
    Signature signer = Signature.getInstance(algorithm, BouncyCastle.PROVIDER);
    signer.initSign(
        KeyFactory.getInstance(MlDsa87.KEY_ALGORITHM, BouncyCastle.PROVIDER)
            .generatePrivate(new PKCS8EncodedKeySpec(MlDsa87.PKCS8.wrap(expanded))),
        random);
    setContext(signer);
    signer.update(bytes.toArray());
    return signer.sign();
  }

  private void setContext(Signature signature) throws GeneralSecurityException {
    if (context.isPresent()) {
      signature.setParameter(context.get());
    }
  }
}
