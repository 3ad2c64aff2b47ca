package dev.qudag.consensus.chain.policy;

import dev.qudag.consensus.chain.field.Fields;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;

/**
 * A check that a tree must pass before it may land.
 *
 * @param specDigest {@link CheckSpec#digest} of what is run
 */
public record CheckRule(String name, Digest specDigest) {
  public CheckRule {
    Fields.name("check name", name);
  }

  void writeTo(CanonicalWriter out) {
    out.text(name).digest(specDigest);
  }

  static CheckRule readFrom(CanonicalReader in) {
    return new CheckRule(in.text(), in.digest());
  }
}
