package dev.qudag.node.hub.landing;

import dev.qudag.consensus.chain.ChainState;
import dev.qudag.crypto.Digest;
import dev.qudag.merge.ObjectId;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * What brings the branch in step with upstream's. Pure.
 *
 * <pre>
 *   chain's head      B --- C     C was decided; upstream has U, so the branch stays at B
 *   upstream's        B --- U
 *
 *   TakeBack(C) -- the validators void C --> Adopt(B, U) -- they adopt U --> InStep
 * </pre>
 */
public sealed interface Course {
  /** There is nothing to do. */
  record InStep() implements Course {}

  /**
   * @param first the first decision that could not land
   * @param head where the chain's branch stands
   */
  record TakeBack(Digest first, ObjectId head) implements Course {}

  /** Upstream is ahead, by commits that are in the repository. */
  record Adopt(ObjectId base, ObjectId commit) implements Course {}

  record Stopped(Obstacle why) implements Course {}

  /**
   * @param branch full ref name
   * @param local where the hub's branch stands
   * @param seen what upstream says
   * @param isAncestor whether the second builds on the first, or is it
   */
  static Course of(
      ChainState state,
      String branch,
      ObjectId local,
      Upstream.Answer seen,
      BiPredicate<ObjectId, ObjectId> isAncestor) {
    Optional<TakeBack> parted = Unlanded.first(state, branch, local);
    if (parted.isPresent()) {
      return parted.get();
    }
    return switch (seen) {
      case Upstream.Answer.At(ObjectId there) -> {
        if (there.equals(local)) {
          yield new InStep();
        }
        yield isAncestor.test(local, there)
            ? new Adopt(local, there)
            : new Stopped(Obstacle.rewritten(branch, local, there));
      }
      case Upstream.Answer.Gone() -> new Stopped(Obstacle.gone(branch, local));
      case Upstream.Answer.Refused(String words) -> new Stopped(Obstacle.refused(words));
      case Upstream.Answer.Unfit(String why) -> new Stopped(Obstacle.unfit(why));
      case Upstream.Answer.Unreachable(String why) -> new Stopped(Obstacle.unreachable(why));
    };
  }
}
