package dev.qudag.consensus.simplex;

import dev.qudag.consensus.simplex.message.Message;
import java.util.List;

/**
 * What a process does with its honest core's word: the liars of the simulation keep up with the
 * others by an honest core, and differ in what leaves them.
 */
interface Conduct {
  Conduct HONEST = new Conduct() {};

  /** What one peer gets instead of what the core says. */
  default List<Message> instead(Message said) {
    return List.of(said);
  }

  /** What one peer, drawn at random, is told besides, upon a message that came. */
  default List<Message> upon(Message received) {
    return List.of();
  }

  /** What a peer gets that asks for a final block. */
  default Effect.Finalized handOver(Effect.Finalized block) {
    return block;
  }
}
