package dev.qudag.consensus.simplex;

import dev.qudag.consensus.simplex.block.Block;
import dev.qudag.consensus.simplex.message.Finality;
import dev.qudag.consensus.simplex.message.Message;
import dev.qudag.consensus.simplex.message.SignRecord;
import dev.qudag.crypto.Bytes;
import java.util.List;

/** What may happen to a member. */
public sealed interface Event {
  /**
   * The first event, once: the sign-state as it was on the disk, oldest entry first, empty for a
   * new member.
   */
  record Started(List<SignRecord> signState) implements Event {
    public Started {
      signState = List.copyOf(signState);
    }
  }

  /** A message came from a peer. The peer is who brought it, not who signed it. */
  record Received(int peer, Message message) implements Event {}

  /** A stream to a peer was opened, or opened anew: what was sent before may be lost. */
  record Connected(int peer) implements Event {}

  /** The timer set for this view ran out. */
  record TimedOut(long view) implements Event {}

  /**
   * What waits to be ordered, in the order of preference: takes the place of what was said to wait
   * before.
   */
  record Waiting(List<Bytes> items) implements Event {
    public Waiting {
      items = List.copyOf(items);
    }
  }

  /** A final block that a peer handed over because this member asked to catch up. */
  record CaughtUp(Block block, Finality finality) implements Event {}
}
