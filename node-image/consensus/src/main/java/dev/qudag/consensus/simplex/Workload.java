package dev.qudag.consensus.simplex;

import dev.qudag.consensus.simplex.block.PayloadRules;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import java.util.List;
import java.util.Optional;

/**
 * Whether a block is due: while payload waits, or while a notarized block that carries payload is
 * not final. Otherwise none is: an idle swarm costs nothing.
 */
final class Workload<S> {
  /** Remembered, because to assemble a payload is to verify what it is made of. */
  private record Assembled<S>(S state, Bytes payload) {}

  private final PayloadRules<S> rules;
  private final Knowledge<S> knowledge;
  private List<Bytes> waiting = List.of();
  private Optional<Assembled<S>> onTip = Optional.empty();

  Workload(PayloadRules<S> rules, Knowledge<S> knowledge) {
    this.rules = rules;
    this.knowledge = knowledge;
  }

  void await(List<Bytes> items) {
    waiting = items;
    lookAgain();
  }

  /** Whether something waits depends on the last final state. */
  void lookAgain() {
    S state = knowledge.tree().tip().state();
    Bytes payload = waiting.isEmpty() ? Bytes.EMPTY : rules.assemble(state, waiting);
    onTip =
        Optional.of(payload)
            .filter(some -> count(some) > 0)
            .map(some -> new Assembled<>(state, some));
  }

  boolean isDue() {
    return onTip.isPresent()
        || knowledge
            .rounds()
            .all()
            .flatMap(round -> round.notarizedBlock().stream())
            .anyMatch(this::mayCarryPayload);
  }

  /**
   * A payload for a block on this state; empty of decisions when none that waits is valid there.
   */
  Bytes assemble(S state) {
    return onTip
        .filter(known -> known.state() == state)
        .map(Assembled::payload)
        .orElseGet(() -> rules.assemble(state, waiting));
  }

  int count(Bytes payload) {
    return rules.commit(payload).map(PayloadRules.Commitment::count).orElse(0);
  }

  private boolean mayCarryPayload(Digest block) {
    return knowledge.tree().header(block).map(header -> !header.isEmpty()).orElse(true);
  }
}
