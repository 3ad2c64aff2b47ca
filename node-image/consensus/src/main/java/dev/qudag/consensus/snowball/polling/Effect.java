package dev.qudag.consensus.snowball.polling;

import dev.qudag.crypto.Digest;
import java.util.List;

/** What a {@link Poller} wants done. */
public sealed interface Effect {
  /**
   * Ask these members what they prefer; each is to come back as an answer, or as unanswered.
   *
   * @param members by index, each once
   */
  record Ask(long poll, List<Integer> members) implements Effect {
    public Ask {
      members = List.copyOf(members);
    }
  }

  /** A member prefers a choice that is not known here and not ruled out: fetch it from there. */
  record Missing(int member, Digest conflictSet, Digest choice) implements Effect {}

  /**
   * This member accepts a choice, with a bound on its error. It is a preference that is not
   * expected to change any more: not finality, and no proof for anybody else.
   *
   * @param polls that the conflict set took here
   * @param log2Bound base-2 logarithm of {@link dev.qudag.consensus.snowball.AcceptanceBound}
   */
  record Accepted(Digest conflictSet, Digest choice, int polls, double log2Bound)
      implements Effect {}
}
