package dev.qudag.consensus.chain.identity;

import dev.qudag.consensus.chain.field.Fields;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.SigningKey;
import dev.qudag.crypto.VerifyingKey;
import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;
import java.util.Base64;
import java.util.List;

/**
 * A person's signature by one of the administrator keys that genesis names.
 *
 * @param key fingerprint of that key
 */
public record AdminSignature(Digest key, Bytes signature) {
  public AdminSignature {
    Fields.size("administrator signature", signature, VerifyingKey.SIGNATURE_SIZE);
  }

  public static AdminSignature sign(byte[] message, SigningKey administrator) {
    return new AdminSignature(
        administrator.verifyingKey().fingerprint(), administrator.sign(message));
  }

  /** Whether it is over the message and by one of these keys. */
  public boolean isOver(byte[] message, List<VerifyingKey> adminKeys) {
    return adminKeys.stream()
        .filter(admin -> admin.fingerprint().equals(key))
        .anyMatch(admin -> admin.verify(message, signature));
  }

  /** As text: base64 of its encoding. */
  public String toText() {
    CanonicalWriter out = CanonicalWriter.untagged();
    writeTo(out);
    return Base64.getEncoder().encodeToString(out.toByteArray());
  }

  /**
   * What {@link #toText} wrote.
   *
   * @throws IllegalArgumentException when it is something else
   */
  public static AdminSignature ofText(String text) {
    return CanonicalReader.readUntagged(
        Base64.getDecoder().decode(text.strip()), AdminSignature::readFrom);
  }

  public void writeTo(CanonicalWriter out) {
    out.digest(key).bytes(signature);
  }

  public static AdminSignature readFrom(CanonicalReader in) {
    return new AdminSignature(in.digest(), in.bytes());
  }
}
