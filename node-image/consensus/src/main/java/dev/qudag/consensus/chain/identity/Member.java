package dev.qudag.consensus.chain.identity;

import dev.qudag.consensus.chain.field.Fields;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.VerifyingKey;
import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;

/**
 * A validator as genesis names it.
 *
 * @param index place in the set, from 0
 * @param name of its Service, which is its DNS name in the namespace
 * @param weight of its vote, at least 1
 */
public record Member(
    int index, String name, VerifyingKey signingKey, Digest tlsFingerprint, int weight) {
  public Member {
    Fields.name("validator name", name);
    Fields.require(weight >= 1, "weight", Integer.toString(weight), "at least 1");
  }

  /** The same validator with another weight. */
  Member weighing(int other) {
    return new Member(index, name, signingKey, tlsFingerprint, other);
  }

  public void writeTo(CanonicalWriter out) {
    out.int32(index).text(name).key(signingKey).digest(tlsFingerprint).int32(weight);
  }

  public static Member readFrom(CanonicalReader in) {
    return new Member(in.int32(), in.text(), in.key(), in.digest(), in.int32());
  }
}
