package dev.qudag.node.validator;

import dev.qudag.consensus.simplex.member.ValidatorSet;
import dev.qudag.crypto.Bytes;

/**
 * Notices signatures that do not verify, of which the core makes nothing: it cannot know who
 * brought them. For the consensus thread alone.
 */
final class ForgeryWatch {
  private final ValidatorSet set;
  private boolean seen;

  ForgeryWatch(ValidatorSet set) {
    this.set =
        new ValidatorSet(
            set.members().stream()
                .map(
                    member ->
                        new ValidatorSet.Member(
                            (message, signature) -> verify(member, message, signature),
                            member.weight()))
                .toList());
  }

  /** The set, whose signatures are checked as before. */
  ValidatorSet set() {
    return set;
  }

  /** Whether there was such a signature since this was last asked. */
  boolean sawForgery() {
    boolean saw = seen;
    seen = false;
    return saw;
  }

  private boolean verify(ValidatorSet.Member member, byte[] message, Bytes signature) {
    boolean good = member.check().verify(message, signature);
    seen |= !good;
    return good;
  }
}
