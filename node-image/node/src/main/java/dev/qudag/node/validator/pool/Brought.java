package dev.qudag.node.validator.pool;

import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;

/**
 * A decision and who brought it here first.
 *
 * <p>Both are kept on the disk: a restart must not make a faulty validator's decisions those of
 * somebody else.
 */
public record Brought(Bringer by, Decision decision) {
  private static final String TAG = "qudag.dev/v1/brought-decision";
  private static final int SWARM = -1;

  byte[] encode() {
    return CanonicalWriter.tagged(TAG).int32(number(by)).bytes(decision.encode()).toByteArray();
  }

  static Brought decode(byte[] bytes) {
    return CanonicalReader.read(
        TAG, bytes, in -> new Brought(bringer(in.int32()), Decision.decode(in.byteArray())));
  }

  /** -1 for the swarm, else the index of the validator. */
  static int number(Bringer bringer) {
    return switch (bringer) {
      case Bringer.Swarm() -> SWARM;
      case Bringer.Validator(int index) -> index;
    };
  }

  static Bringer bringer(int number) {
    return number == SWARM ? new Bringer.Swarm() : new Bringer.Validator(number);
  }
}
