package dev.qudag.consensus.simplex.view;

import dev.qudag.consensus.simplex.message.Vote;
import java.util.Optional;

/**
 * What this member itself has signed in one view.
 *
 * <p><b>No honest member ever sends both nullify(v) and finalize(v).</b> This is the safety core of
 * Simplex: a quorum for nullify(v) and a quorum for finalize(v) would share an honest member, so a
 * view that is skipped holds no final block, and whoever skips it builds on nothing that conflicts.
 * Nor does it notarize two blocks in one view: that is why a view has at most one notarized block.
 * Nullify and notarize in one view are both legal, in either order.
 *
 * <pre>
 *                 notarize                    finalize
 *     nothing ---------------> notarized ------------------> notarized + finalized   (end)
 *        |  |                      |
 *        |  |  finalize            | nullify
 *        |  +-----> finalized      v
 *        |  nullify       |    notarized + nullified                                 (end)
 *        +------> nullified         ^
 *                     |  notarize   |
 *                     +-------------+         finalized -- notarize --> notarized + finalized
 * </pre>
 *
 * <p>Every transition is {@link #with}; any other throws. The same vote again is no transition.
 */
public record OwnVotes(
    Optional<Vote> notarized, Optional<Vote> nullified, Optional<Vote> finalized) {
  public static final OwnVotes NOTHING =
      new OwnVotes(Optional.empty(), Optional.empty(), Optional.empty());

  public boolean mayNotarize() {
    return notarized.isEmpty();
  }

  public boolean mayNullify() {
    return nullified.isEmpty() && finalized.isEmpty();
  }

  public boolean mayFinalize() {
    return finalized.isEmpty() && nullified.isEmpty();
  }

  /**
   * @throws IllegalStateException when the vote contradicts what was signed before
   */
  public OwnVotes with(Vote vote) {
    return switch (vote.ballot().kind()) {
      case NOTARIZE -> {
        require(mayNotarize() || notarized.equals(Optional.of(vote)), vote);
        yield new OwnVotes(Optional.of(vote), nullified, finalized);
      }
      case NULLIFY -> {
        require(mayNullify() || nullified.equals(Optional.of(vote)), vote);
        yield new OwnVotes(notarized, Optional.of(vote), finalized);
      }
      case FINALIZE -> {
        require(mayFinalize() || finalized.equals(Optional.of(vote)), vote);
        yield new OwnVotes(notarized, nullified, Optional.of(vote));
      }
    };
  }

  private void require(boolean legal, Vote vote) {
    if (!legal) {
      throw new IllegalStateException(
          vote.ballot() + " contradicts what this member signed before: " + this);
    }
  }
}
