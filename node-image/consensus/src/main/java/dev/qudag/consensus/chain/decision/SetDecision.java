package dev.qudag.consensus.chain.decision;

import dev.qudag.crypto.Digest;
import dev.qudag.crypto.SigningKey;
import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;

/**
 * That validators leave or join. It seals its epoch: no decision follows it there, and the next
 * epoch has the changed set.
 */
public record SetDecision(SetChange change, Grounds grounds) implements Decision {
  static final String TAG = "qudag.dev/v1/set-decision";

  /** The change on the operator's word. */
  public static SetDecision sign(SetChange change, SigningKey operator) {
    return new SetDecision(change, new Grounds.OperatorsWord(operator.sign(change.encode())));
  }

  /** That one validator signs with another key from the next epoch on, on its old key's word. */
  public static SetDecision rotate(SetChange change, SigningKey old) {
    return new SetDecision(change, new Grounds.KeyRotation(old.sign(change.encode())));
  }

  @Override
  public Digest chainId() {
    return change.chainId();
  }

  @Override
  public String kind() {
    return "SetChange";
  }

  @Override
  public byte[] encode() {
    CanonicalWriter out = CanonicalWriter.tagged(TAG).bytes(change.encode());
    grounds.writeTo(out);
    return out.toByteArray();
  }

  public static SetDecision decode(byte[] bytes) {
    return CanonicalReader.read(
        TAG, bytes, in -> new SetDecision(SetChange.decode(in.byteArray()), Grounds.readFrom(in)));
  }
}
