package dev.qudag.consensus.chain.decision;

import dev.qudag.consensus.chain.field.Fields;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;

/**
 * A revert down to the last byte: the three-way merge of {@code base} and {@code mainline} with
 * {@code reverted} as their common ancestor. Every validator repeats it and must get the same. Git
 * ids are 40 hexadecimal digits.
 *
 * @param base the branch's commit before; the only parent of {@code commit}
 * @param reverted the landed commit that is undone
 * @param mainline where the branch stood before {@code reverted} landed
 * @param tree the tree without that change
 * @param treeDigest SHA-256 over the tree's content, since Git's own ids are SHA-1
 * @param commit the exact commit that lands
 */
public record ExactRevert(
    String base, String reverted, String mainline, String tree, Digest treeDigest, String commit) {
  public ExactRevert {
    Fields.objectId("base", base);
    Fields.objectId("reverted", reverted);
    Fields.objectId("mainline", mainline);
    Fields.objectId("tree", tree);
    Fields.objectId("commit", commit);
  }

  void writeTo(CanonicalWriter out) {
    out.text(base).text(reverted).text(mainline).text(tree).digest(treeDigest).text(commit);
  }

  static ExactRevert readFrom(CanonicalReader in) {
    return new ExactRevert(in.text(), in.text(), in.text(), in.text(), in.digest(), in.text());
  }
}
