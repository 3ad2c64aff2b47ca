package dev.qudag.consensus.chain.decision;

import dev.qudag.consensus.chain.field.Fields;
import dev.qudag.consensus.chain.identity.AdminSignature;
import dev.qudag.consensus.chain.identity.Offence;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.VerifyingKey;
import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;
import java.util.List;

/** On whose word, or by what proof, a set changes. */
public sealed interface Grounds {
  /**
   * The validators hold evidence; who approves has verified it.
   *
   * @param evidence digest of the evidence's encoding
   * @param offences what it shows, rising
   */
  record Misbehaviour(Digest evidence, List<Offence> offences) implements Grounds {
    public Misbehaviour {
      offences = Fields.list("offences", offences);
      Fields.require(!offences.isEmpty(), "offences", "0", "at least 1");
      for (int i = 1; i < offences.size(); i++) {
        Fields.require(
            offences.get(i - 1).compareTo(offences.get(i)) < 0,
            "offences",
            "number " + i + " of view " + offences.get(i).view(),
            "a rising order");
      }
    }
  }

  /** The old key signs the change to the new one. */
  record KeyRotation(Bytes signature) implements Grounds {
    public KeyRotation {
      Fields.size("old key's signature", signature, VerifyingKey.SIGNATURE_SIZE);
    }
  }

  /** A person signs with one of the administrator keys of genesis. */
  record Administrator(AdminSignature signature) implements Grounds {}

  /** The operator signs: enough only where genesis names no administrator keys. */
  record OperatorsWord(Bytes signature) implements Grounds {
    public OperatorsWord {
      Fields.size("operator signature", signature, VerifyingKey.SIGNATURE_SIZE);
    }
  }

  /**
   * Whether it is somebody's word, which is handed in from outside; the others are found or signed
   * by the validators themselves.
   */
  default boolean isWord() {
    return switch (this) {
      case OperatorsWord word -> true;
      case Administrator administrator -> true;
      case Misbehaviour misbehaviour -> false;
      case KeyRotation rotation -> false;
    };
  }

  default void writeTo(CanonicalWriter out) {
    switch (this) {
      case Misbehaviour(Digest evidence, List<Offence> offences) ->
          out.int8(1).digest(evidence).list(offences, (o, offence) -> offence.writeTo(o));
      case KeyRotation(Bytes signature) -> out.int8(2).bytes(signature);
      case Administrator(AdminSignature signature) -> signature.writeTo(out.int8(3));
      case OperatorsWord(Bytes signature) -> out.int8(4).bytes(signature);
    }
  }

  static Grounds readFrom(CanonicalReader in) {
    int code = in.int8();
    return switch (code) {
      case 1 -> new Misbehaviour(in.digest(), in.list(Offence::readFrom));
      case 2 -> new KeyRotation(in.bytes());
      case 3 -> new Administrator(AdminSignature.readFrom(in));
      case 4 -> new OperatorsWord(in.bytes());
      default -> throw new IllegalArgumentException("grounds are 1 to 4, not " + code);
    };
  }
}
