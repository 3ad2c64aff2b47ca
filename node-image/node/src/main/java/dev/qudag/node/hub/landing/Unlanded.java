package dev.qudag.node.hub.landing;

import dev.qudag.consensus.chain.Branch;
import dev.qudag.consensus.chain.ChainState;
import dev.qudag.consensus.chain.OrderedDecision;
import dev.qudag.consensus.chain.decision.LandingDecision;
import dev.qudag.consensus.chain.decision.VoidDecision;
import dev.qudag.merge.ObjectId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is final and not on the hub's branch: the moves of the chain's branch from the commit on
 * where the hub's stands. Pure, so that no file has to say it and none can be wrong.
 */
final class Unlanded {
  private Unlanded() {}

  /** The first of them, and the head that a void of it names; empty when the branch is whole. */
  static Optional<Course.TakeBack> first(ChainState state, String branch, ObjectId local) {
    return Optional.ofNullable(state.branches().get(branch))
        .filter(chain -> !chain.head().equals(local.hex()))
        .flatMap(
            chain ->
                chain.moves().stream()
                    .filter(move -> move.base().equals(local.hex()))
                    .findFirst()
                    .map(move -> new Course.TakeBack(move.decision(), ObjectId.of(chain.head()))));
  }

  /**
   * Where the branch stood before a decision that is taken back.
   *
   * @param state before the block
   * @param before what the block has before the void
   */
  static String baseOf(VoidDecision undone, ChainState state, List<OrderedDecision> before) {
    Stream<String> earlier =
        Optional.ofNullable(state.branches().get(undone.branch())).stream()
            .map(Branch::moves)
            .flatMap(List::stream)
            .filter(move -> move.decision().equals(undone.voided()))
            .map(Branch.Move::base);
    Stream<String> here =
        before.stream()
            .map(OrderedDecision::decision)
            .filter(decision -> decision.digest().equals(undone.voided()))
            .flatMap(
                decision ->
                    decision instanceof LandingDecision landing
                        ? Stream.of(landing.base())
                        : Stream.empty());
    return Stream.concat(earlier, here).findFirst().orElseThrow();
  }
}
