package dev.qudag.consensus.simplex;

import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import java.util.List;

/**
 * Whether a block is due: while payload waits, or while a notarized block that carries payload is
 * not final. Otherwise none is: an idle swarm costs nothing.
 */
final class Workload<S> {
  private final PayloadRules<S> rules;
  private final Knowledge<S> knowledge;
  private List<Bytes> waiting = List.of();
  private boolean payloadWaits;

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
    payloadWaits = !waiting.isEmpty() && count(assemble(knowledge.tree().tip().state())) > 0;
  }

  boolean isDue() {
    return payloadWaits
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
    return rules.assemble(state, waiting);
  }

  int count(Bytes payload) {
    return rules.commit(payload).map(PayloadRules.Commitment::count).orElse(0);
  }

  private boolean mayCarryPayload(Digest block) {
    return knowledge.tree().header(block).map(header -> !header.isEmpty()).orElse(true);
  }
}
