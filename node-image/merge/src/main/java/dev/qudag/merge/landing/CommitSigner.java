package dev.qudag.merge.landing;

import dev.qudag.merge.signature.SshSigningKey;
import java.util.Optional;

/** Where the signatures of commits come from. */
@FunctionalInterface
public interface CommitSigner {
  /** Signs nothing: for forms that ask for no signature. */
  CommitSigner NOBODY = commit -> Optional.empty();

  /**
   * The 64 bytes for the next commit.
   *
   * @param commit without a signature in it
   * @return empty when there is none for it; whether one is right is not asked here
   */
  Optional<byte[]> sign(byte[] commit);

  static CommitSigner with(SshSigningKey key) {
    return commit -> Optional.of(key.sign(commit));
  }
}
