package dev.qudag.consensus.simplex;

import dev.qudag.consensus.simplex.block.Block;
import dev.qudag.consensus.simplex.message.Finality;
import dev.qudag.consensus.simplex.message.Message;
import dev.qudag.consensus.simplex.message.SignRecord;
import java.time.Duration;

/**
 * What the process around the core has to do, in the order given. A {@link Persist} that precedes
 * sending is on the disk, file and folder, before any later effect of the same or a later step is
 * performed.
 */
public sealed interface Effect {
  /** Append to the sign-state. */
  record Persist(SignRecord entry) implements Effect {}

  /** Send to every other member. */
  record Broadcast(Message message) implements Effect {}

  /** Send to one member. */
  record Send(int peer, Message message) implements Effect {}

  /**
   * Raise {@link Event.TimedOut} for this view after this time; takes the place of any timer set
   * before.
   */
  record SetTimer(long view, Duration after) implements Effect {}

  /** No timer is wanted any more: nothing is due. */
  record StopTimer() implements Effect {}

  /** The block is final: blocks come by rising height without a gap, each once. */
  record Finalized(Block block, Finality finality) implements Effect {}

  /**
   * Ask peers for final blocks from this height on, and raise {@link Event.CaughtUp} for each, by
   * rising height.
   */
  record CatchUp(long fromHeight) implements Effect {}
}
