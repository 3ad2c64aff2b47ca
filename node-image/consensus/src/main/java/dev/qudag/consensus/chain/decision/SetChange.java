package dev.qudag.consensus.chain.decision;

import dev.qudag.consensus.chain.field.Fields;
import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.consensus.chain.identity.MemberSet;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;
import java.util.List;

/**
 * Which validators leave and which join at the end of an epoch: what is signed. When nobody does,
 * the same set goes on in a new epoch, for which another committee is drawn.
 *
 * @param epoch the epoch that it ends
 * @param root {@link MemberSet#root} of that epoch's set
 * @param out indices of those who leave, rising
 * @param in those who join
 */
public record SetChange(
    Digest chainId, long epoch, Digest root, List<Integer> out, List<Member> in) {
  /** What its encoding begins with. */
  public static final String TAG = "qudag.dev/v1/set-change";

  public SetChange {
    Fields.require(epoch >= 0, "epoch", Long.toString(epoch), "not negative");
    out = Fields.list("out", out);
    in = Fields.list("in", in);
    for (int i = 1; i < out.size(); i++) {
      Fields.require(out.get(i - 1) < out.get(i), "out", out.toString(), "rising indices");
    }
  }

  /** The change of a set. */
  public static SetChange of(Digest chainId, MemberSet set, List<Integer> out, List<Member> in) {
    return new SetChange(chainId, set.epoch(), set.root(), out, in);
  }

  /** Whether nobody leaves or joins. */
  public boolean keepsAll() {
    return out.isEmpty() && in.isEmpty();
  }

  /** Whether one validator stays with another key: same index, name and weight. */
  public boolean isRotationOf(Member old) {
    return out.equals(List.of(old.index()))
        && in.size() == 1
        && in.getFirst().index() == old.index()
        && in.getFirst().name().equals(old.name())
        && in.getFirst().weight() == old.weight()
        && !in.getFirst().signingKey().equals(old.signingKey());
  }

  /** The bytes that are signed. */
  public byte[] encode() {
    CanonicalWriter writer = CanonicalWriter.tagged(TAG).digest(chainId).int64(epoch).digest(root);
    return writer
        .list(out, CanonicalWriter::int32)
        .list(in, (o, member) -> member.writeTo(o))
        .toByteArray();
  }

  public static SetChange decode(byte[] bytes) {
    return CanonicalReader.read(
        TAG,
        bytes,
        in ->
            new SetChange(
                in.digest(),
                in.int64(),
                in.digest(),
                in.list(CanonicalReader::int32),
                in.list(Member::readFrom)));
  }
}
