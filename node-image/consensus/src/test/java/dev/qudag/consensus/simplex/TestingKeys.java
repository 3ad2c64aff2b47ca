package dev.qudag.consensus.simplex;

import dev.qudag.consensus.simplex.member.ValidatorSet;
import dev.qudag.consensus.simplex.message.Ballot;
import dev.qudag.consensus.simplex.message.Vote;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.encoding.CanonicalWriter;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * A signature scheme for the simulation: the hash of a member's secret and the message.
 * Deterministic and quick; unforgeable only by the good manners of the tests, which sign for no one
 * but the faulty members.
 */
final class TestingKeys {
  private static final Map<Integer, byte[]> SECRETS = new ConcurrentHashMap<>();

  private TestingKeys() {}

  static Bytes sign(int member, byte[] message) {
    byte[] secret = SECRETS.computeIfAbsent(member, TestingKeys::secret);
    return Bytes.of(Digest.sha256(secret, message).bytes());
  }

  private static byte[] secret(int member) {
    return CanonicalWriter.untagged().text("secret of " + member).toByteArray();
  }

  static ValidatorSet set(int members) {
    return ValidatorSet.ofEqualWeight(
        IntStream.range(0, members)
            .mapToObj(
                member ->
                    (ValidatorSet.SignatureCheck)
                        (message, signature) -> sign(member, message).equals(signature))
            .toList());
  }

  static Vote vote(Ballot ballot, int member) {
    return new Vote(ballot, member, sign(member, ballot.encode()));
  }
}
