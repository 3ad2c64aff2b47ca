package dev.qudag.crypto.seal;

import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.DecapsulationKey;
import dev.qudag.crypto.EncapsulationKey;
import dev.qudag.crypto.HashAlgorithm;
import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;
import dev.qudag.crypto.encoding.MalformedEncodingException;
import dev.qudag.crypto.encoding.TaggedDigest;
import javax.crypto.KEM;

/**
 * A secret that only the holder of one ML-KEM-768 key (FIPS 203) can read, and that nobody can
 * change unnoticed.
 *
 * <p>All that stands before the ciphertext (domain tag, algorithm, recipient, encapsulation) goes
 * into the derivation of the key (RFC 5869, <i>info</i>) and is authenticated with the ciphertext.
 * It does not say who sealed it: anybody can seal for a public key. The bytes are in
 * docs/reference/encodings.md.
 *
 * @param recipient the {@linkplain EncapsulationKey#fingerprint fingerprint} of the key it is for
 * @param encapsulation 1088 bytes
 * @param ciphertext the secret's length and 16 bytes more
 */
public record SealedSecret(
    SealingAlgorithm algorithm, TaggedDigest recipient, Bytes encapsulation, Bytes ciphertext) {
  private static final String TAG = "qudag.dev/v1/sealed-secret";

  public SealedSecret {
    if (encapsulation.size() != EncapsulationKey.CIPHERTEXT_SIZE) {
      throw new IllegalArgumentException(
          "an encapsulation has "
              + EncapsulationKey.CIPHERTEXT_SIZE
              + " bytes, not "
              + encapsulation.size());
    }
    if (ciphertext.size() < SealingAlgorithm.TAG_BYTES) {
      throw new IllegalArgumentException(
          "a ciphertext has at least "
              + SealingAlgorithm.TAG_BYTES
              + " bytes, not "
              + ciphertext.size());
    }
  }

  /** Seals with AES-256-GCM and names the recipient by SHA-256. */
  public static SealedSecret seal(byte[] secret, EncapsulationKey recipient) {
    return seal(secret, recipient, SealingAlgorithm.AES_256_GCM, HashAlgorithm.SHA_256);
  }

  /**
   * Seals a secret; the caller zeroes its own copy.
   *
   * @param naming the hash that names the recipient
   */
  public static SealedSecret seal(
      byte[] secret, EncapsulationKey recipient, SealingAlgorithm algorithm, HashAlgorithm naming) {
    KEM.Encapsulated fresh = recipient.encapsulate();
    TaggedDigest name = name(recipient, naming);
    Bytes encapsulation = Bytes.of(fresh.encapsulation());
    byte[] context = context(algorithm, name, encapsulation).toByteArray();
    try (ContentKey key = ContentKey.derive(algorithm, fresh.key(), context)) {
      return new SealedSecret(
          algorithm, name, encapsulation, Bytes.of(key.encrypt(secret, context)));
    }
  }

  /**
   * The secret, in an array that is the caller's to zero.
   *
   * @throws SealRefusedException when it is sealed for another key, or was changed
   */
  public byte[] open(DecapsulationKey key) {
    TaggedDigest name = name(key.encapsulationKey(), recipient.algorithm());
    if (!name.equals(recipient)) {
      throw new SealRefusedException("sealed for the key " + recipient + ", not for " + name);
    }
    byte[] context = context(algorithm, recipient, encapsulation).toByteArray();
    try (ContentKey content =
        ContentKey.derive(algorithm, key.decapsulate(encapsulation), context)) {
      return content.decrypt(ciphertext.toArray(), context);
    }
  }

  public byte[] encode() {
    return context(algorithm, recipient, encapsulation).bytes(ciphertext).toByteArray();
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws SealRefusedException when the bytes are not exactly that
   */
  public static SealedSecret decode(byte[] encoded) {
    try {
      return CanonicalReader.read(
          TAG,
          encoded,
          in ->
              new SealedSecret(
                  SealingAlgorithm.ofCode(in.int8()),
                  TaggedDigest.readFrom(in),
                  in.bytes(),
                  in.bytes()));
    } catch (MalformedEncodingException e) {
      throw new SealRefusedException("not a sealed secret: " + e.getMessage(), e);
    }
  }

  /** What the secret is bound to, which is also what its encoding begins with. */
  private static TaggedDigest name(EncapsulationKey key, HashAlgorithm algorithm) {
    return new TaggedDigest(algorithm, key.fingerprint(algorithm));
  }

  private static CanonicalWriter context(
      SealingAlgorithm algorithm, TaggedDigest recipient, Bytes encapsulation) {
    CanonicalWriter out = CanonicalWriter.tagged(TAG).int8(algorithm.code());
    recipient.writeTo(out);
    return out.bytes(encapsulation);
  }
}
