package dev.qudag.operator.proposal.check;

import dev.qudag.consensus.chain.policy.CheckSpec;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.encoding.CanonicalWriter;

/** A check on a tree: two proposals whose trees are the same share one Job and its result. */
public record CheckKey(String tree, CheckSpec spec) {
  private static final String TAG = "qudag.dev/v1/check-key";
  private static final int DIGITS = 16;

  /** Name of the Job, made from the tree, what is run, and the image it is run in. */
  public String jobName() {
    byte[] key =
        CanonicalWriter.tagged(TAG)
            .text(tree)
            .digest(spec.digest())
            .text(spec.image())
            .toByteArray();
    return "chk-" + Digest.sha256(key).hex().substring(0, DIGITS);
  }
}
