package dev.qudag.consensus.preference;

import dev.qudag.consensus.chain.Applied;
import dev.qudag.consensus.chain.ChainState;
import dev.qudag.consensus.chain.OrderedDecision;
import dev.qudag.consensus.chain.decision.AdoptDecision;
import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.consensus.chain.decision.EngineDecision;
import dev.qudag.consensus.chain.decision.LandingDecision;
import dev.qudag.consensus.chain.decision.PolicyDecision;
import dev.qudag.consensus.chain.decision.SetDecision;
import dev.qudag.consensus.chain.decision.VoidDecision;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.encoding.CanonicalWriter;
import java.util.Optional;

/**
 * A decision by what it replaces. Of decisions that are valid on one state and have one conflict
 * set, at most one lands.
 *
 * @param conflictSet names what it replaces: a branch at a commit, or a number of policy, engine or
 *     set (docs/reference/encodings.md)
 * @param choice the decision's digest
 */
public record Contender(Digest conflictSet, Digest choice) {
  private static final String TAG = "qudag.dev/v1/conflict-set";

  public static Contender of(Decision decision) {
    Digest conflictSet =
        switch (decision) {
          case LandingDecision landing -> branch(decision, landing.branch(), landing.base());
          case AdoptDecision adopt -> branch(decision, adopt.branch(), adopt.base());
          case VoidDecision undone -> branch(decision, undone.branch(), undone.head());
          case PolicyDecision change -> number(decision, "policy", change.change().sequence());
          case EngineDecision change -> number(decision, "engine", change.sequence());
          case SetDecision change -> number(decision, "set", change.change().epoch());
        };
    return new Contender(conflictSet, decision.digest());
  }

  /**
   * What a decision contends for on a state.
   *
   * @return empty when it is not valid there: too late, or too early, since another one goes first
   */
  public static Optional<Contender> on(ChainState state, OrderedDecision ordered) {
    return state.apply(ordered) instanceof Applied.Accepted
        ? Optional.of(of(ordered.decision()))
        : Optional.empty();
  }

  private static Digest branch(Decision decision, String branch, String head) {
    return Digest.sha256(
        CanonicalWriter.tagged(TAG)
            .digest(decision.chainId())
            .text("branch")
            .text(branch)
            .text(head)
            .toByteArray());
  }

  private static Digest number(Decision decision, String part, long number) {
    return Digest.sha256(
        CanonicalWriter.tagged(TAG)
            .digest(decision.chainId())
            .text(part)
            .int64(number)
            .toByteArray());
  }
}
