package dev.qudag.consensus.chain.policy;

import dev.qudag.consensus.chain.field.Fields;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;

/**
 * What a check said of one tree. It is the operator's word: validators can see that it is about the
 * right tree and the right check, not that the check ran.
 *
 * @param image the image that ran, by digest or image id
 * @param tree the Git tree it ran on, 40 hexadecimal digits
 * @param logDigest SHA-256 of the check's log
 */
public record CheckResult(
    String name, Digest specDigest, String image, String tree, boolean passed, Digest logDigest) {
  private static final int MAX_IMAGE = 512;

  public CheckResult {
    Fields.name("check name", name);
    Fields.line("image", image, MAX_IMAGE);
    Fields.objectId("checked tree", tree);
  }

  public void writeTo(CanonicalWriter out) {
    out.text(name).digest(specDigest).text(image).text(tree).bool(passed).digest(logDigest);
  }

  public static CheckResult readFrom(CanonicalReader in) {
    return new CheckResult(in.text(), in.digest(), in.text(), in.text(), in.bool(), in.digest());
  }
}
