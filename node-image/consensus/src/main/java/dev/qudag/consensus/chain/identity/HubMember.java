package dev.qudag.consensus.chain.identity;

import dev.qudag.consensus.chain.field.Fields;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.VerifyingKey;
import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;

/**
 * The hub as genesis names it.
 *
 * @param name of its Service, which is its DNS name in the namespace
 */
public record HubMember(String name, VerifyingKey signingKey, Digest tlsFingerprint) {
  public HubMember {
    Fields.name("hub name", name);
  }

  public void writeTo(CanonicalWriter out) {
    out.text(name).key(signingKey).digest(tlsFingerprint);
  }

  public static HubMember readFrom(CanonicalReader in) {
    return new HubMember(in.text(), in.key(), in.digest());
  }
}
