package dev.qudag.operator.swarm;

import dev.qudag.operator.node.SwarmKey;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The decision that was signed last for each swarm. Signatures are randomised: as long as the
 * operator runs, asking again for the same is the same decision.
 *
 * @param <W> what is wanted, compared by {@code equals}
 * @param <D> the signed decision
 */
final class SignedOnce<W, D> {
  private record Signed<W, D>(W wanted, D decision) {}

  private final Function<W, D> sign;
  private final Map<SwarmKey, Signed<W, D>> last = new ConcurrentHashMap<>();

  SignedOnce(Function<W, D> sign) {
    this.sign = sign;
  }

  D of(SwarmKey swarm, W wanted) {
    return last.compute(
            swarm,
            (key, before) ->
                before != null && before.wanted().equals(wanted)
                    ? before
                    : new Signed<>(wanted, sign.apply(wanted)))
        .decision();
  }

  /** Forgets a swarm that is gone. */
  void forget(SwarmKey swarm) {
    last.remove(swarm);
  }
}
