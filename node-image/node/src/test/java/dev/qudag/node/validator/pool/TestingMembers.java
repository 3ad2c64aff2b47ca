package dev.qudag.node.validator.pool;

import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.consensus.chain.identity.MemberSet;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.SigningKey;
import java.util.ArrayList;
import java.util.List;

/** Sets with real keys. */
public final class TestingMembers {
  private TestingMembers() {}

  public static MemberSet ofWeights(int... weights) {
    List<Member> members = new ArrayList<>();
    for (int i = 0; i < weights.length; i++) {
      Digest tls = Digest.sha256(new byte[] {(byte) i});
      members.add(new Member(i, "s-v" + i, SigningKey.generate().verifyingKey(), tls, weights[i]));
    }
    return new MemberSet(0, members, weights.length);
  }
}
