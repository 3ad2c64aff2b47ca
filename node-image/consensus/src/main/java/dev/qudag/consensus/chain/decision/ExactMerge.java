package dev.qudag.consensus.chain.decision;

import dev.qudag.consensus.chain.field.Fields;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;

/**
 * A merge down to the last byte: every validator repeats it and must get the same. Git ids are 40
 * hexadecimal digits.
 *
 * @param base the branch's commit before; what the commits are made on
 * @param mergeBase the common ancestor that the merge was made from, or the commit of a proposal
 *     that the branch has in another form
 * @param head the proposal's commit; second parent of {@code commit} where it lands by Merge
 * @param tree the merged tree
 * @param treeDigest SHA-256 over the tree's content, since Git's own ids are SHA-1
 * @param commit the exact commit that lands
 * @param category how hard the merge was: None, Textual, …
 */
public record ExactMerge(
    String base,
    String mergeBase,
    String head,
    String tree,
    Digest treeDigest,
    String commit,
    String category) {
  private static final int MAX_CATEGORY = 32;

  public ExactMerge {
    Fields.objectId("base", base);
    Fields.objectId("mergeBase", mergeBase);
    Fields.objectId("head", head);
    Fields.objectId("tree", tree);
    Fields.objectId("commit", commit);
    Fields.line("category", category, MAX_CATEGORY);
  }

  void writeTo(CanonicalWriter out) {
    out.text(base)
        .text(mergeBase)
        .text(head)
        .text(tree)
        .digest(treeDigest)
        .text(commit)
        .text(category);
  }

  static ExactMerge readFrom(CanonicalReader in) {
    return new ExactMerge(
        in.text(), in.text(), in.text(), in.text(), in.digest(), in.text(), in.text());
  }
}
