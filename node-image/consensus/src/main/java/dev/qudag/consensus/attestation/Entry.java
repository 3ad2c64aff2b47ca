package dev.qudag.consensus.attestation;

import dev.qudag.consensus.chain.Attestation;
import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;

/** One item of a vertex's batch: its kind in one byte, then its encoding. */
public sealed interface Entry {
  /**
   * What the author says of a decision. It is signed by itself as well, because a block carries it
   * without its vertex.
   */
  record Attested(Attestation attestation) implements Entry {}

  default void writeTo(CanonicalWriter out) {
    switch (this) {
      case Attested(Attestation attestation) -> out.int8(1).bytes(attestation.encode());
    }
  }

  static Entry readFrom(CanonicalReader in) {
    int kind = in.int8();
    return switch (kind) {
      case 1 -> new Attested(Attestation.decode(in.byteArray()));
      default -> throw new IllegalArgumentException("entry kind " + kind + ", expected 1");
    };
  }
}
