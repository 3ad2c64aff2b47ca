package dev.qudag.consensus.simplex.epoch;

import dev.qudag.consensus.simplex.block.BlockHeader;
import dev.qudag.consensus.simplex.member.ValidatorSet;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.encoding.CanonicalWriter;
import java.util.List;

/**
 * Five members, of whom four are in the set at a time: in the second epoch the last one is in the
 * place of the fourth. A signature is the hash of a secret and the message.
 */
final class TwoSets {
  static final int MEMBERS = 5;
  static final BlockHeader GENESIS = BlockHeader.genesis(Digest.sha256(new byte[] {9}), 0);
  private static final List<List<Integer>> SETS = List.of(List.of(0, 1, 2, 3), List.of(0, 1, 2, 4));

  private TwoSets() {}

  static List<Integer> members(int epoch) {
    return SETS.get(epoch);
  }

  static int member(int epoch, int place) {
    return SETS.get(epoch).get(place);
  }

  /** The place of a member in the set of an epoch; -1 when it is not in it. */
  static int place(int epoch, int member) {
    return SETS.get(epoch).indexOf(member);
  }

  static ValidatorSet set(int epoch) {
    return ValidatorSet.ofEqualWeight(
        SETS.get(epoch).stream()
            .map(
                member ->
                    (ValidatorSet.SignatureCheck)
                        (message, signature) -> sign(member, message).equals(signature))
            .toList());
  }

  static Bytes sign(int member, byte[] message) {
    byte[] secret = CanonicalWriter.untagged().text("secret of " + member).toByteArray();
    return Bytes.of(Digest.sha256(secret, message).bytes());
  }
}
