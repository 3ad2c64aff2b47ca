package dev.qudag.consensus.attestation.dag;

import dev.qudag.consensus.attestation.DagEquivocation;
import dev.qudag.consensus.attestation.DagMessage;
import dev.qudag.consensus.attestation.DagRecord;
import dev.qudag.consensus.attestation.VertexFlaw;
import dev.qudag.consensus.chain.Attestation;
import dev.qudag.crypto.Digest;

/**
 * What the process around the core has to do, in the order given. Every {@link Persist} is on the
 * disk, file and folder, before any later message of the same or a later step leaves.
 */
public sealed interface Effect {
  /** Append to the log. */
  record Persist(DagRecord entry) implements Effect {}

  /** Send to every other member. */
  record Broadcast(DagMessage message) implements Effect {}

  /** Send to one member. */
  record Send(int peer, DagMessage message) implements Effect {}

  /** An author, perhaps this member, spoke of a decision; also for what the log brought back. */
  record Heard(Attestation attestation) implements Effect {}

  /** Nothing that is held speaks of the decision any more. */
  record Forgotten(Digest decision) implements Effect {}

  /** An author equivocated: what it said counts nowhere any more. Once for each author. */
  record Convicted(DagEquivocation evidence) implements Effect {}

  /** A message was refused. */
  record Refused(int peer, VertexFlaw flaw) implements Effect {}
}
