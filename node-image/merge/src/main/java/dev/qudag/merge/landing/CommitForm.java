package dev.qudag.merge.landing;

import dev.qudag.merge.signature.SshPublicKey;
import java.util.Optional;

/**
 * What a landing's commits look like.
 *
 * @param signOff whether the message ends with the author's {@code Signed-off-by}
 * @param signer whose signature each commit must have
 */
public record CommitForm(Method method, boolean signOff, Optional<SshPublicKey> signer) {
  /** One merge commit, without sign-off and signature. */
  public static final CommitForm PLAIN = new CommitForm(Method.Merge, false, Optional.empty());

  /** How many commits, and on what. */
  public enum Method {
    Merge,
    Squash,
    Rebase
  }
}
