package dev.qudag.consensus.attestation.dag;

import dev.qudag.consensus.attestation.DagMessage;
import dev.qudag.consensus.attestation.DagRecord;
import dev.qudag.consensus.attestation.Word;
import dev.qudag.crypto.Digest;
import java.util.List;

/** What may happen to a member. */
public sealed interface Event {
  /** The first event, once: the log as it was on the disk, oldest entry first. */
  record Started(List<DagRecord> log) implements Event {
    public Started {
      log = List.copyOf(log);
    }
  }

  /** A message came from a peer. The peer is who brought it, not who signed it. */
  record Received(int peer, DagMessage message) implements Event {}

  /** A stream to a peer was opened, or opened anew: what was sent before may be lost. */
  record Connected(int peer) implements Event {}

  /**
   * This member has judged decisions. A word about a decision that it has spoken about, or that has
   * ended, is left out.
   */
  record Say(List<Word> words) implements Event {
    public Say {
      words = List.copyOf(words);
    }
  }

  /** Decisions that nobody needs words about any more: ordered, or without a future. */
  record Ended(List<Digest> decisions) implements Event {
    public Ended {
      decisions = List.copyOf(decisions);
    }
  }

  /** Some time has passed: anti-entropy with the next peer may be due. */
  record Tick() implements Event {}
}
