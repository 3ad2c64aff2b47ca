package dev.qudag.consensus.chain.identity;

import dev.qudag.consensus.chain.field.Fields;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;

/**
 * The chain whose place another one takes: it lost more validators than it tolerates, and decides
 * nothing any more (docs/adr/0016-recover.md).
 *
 * @param genesis its genesis fingerprint
 * @param chainId its chain id
 * @param height of its block that landed the commit on which the other chain begins; 0 when nothing
 *     had landed
 */
public record Predecessor(Digest genesis, Digest chainId, long height) {
  public Predecessor {
    Fields.count("height of the predecessor", height);
  }

  public void writeTo(CanonicalWriter out) {
    out.digest(genesis).digest(chainId).int64(height);
  }

  public static Predecessor readFrom(CanonicalReader in) {
    return new Predecessor(in.digest(), in.digest(), in.int64());
  }
}
