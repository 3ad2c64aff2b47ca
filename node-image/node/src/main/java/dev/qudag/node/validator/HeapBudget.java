package dev.qudag.node.validator;

import dev.qudag.consensus.attestation.dag.DagConfig;
import dev.qudag.node.validator.attestation.AttestationLoop;
import dev.qudag.node.validator.pool.PoolLimits;
import dev.qudag.transport.Transport;

/**
 * What others may make a validator hold, against its heap: the one place where all bounds are added
 * up. The sum is never more than the heap, and a heap that is too small is refused.
 *
 * <pre>
 *   heap = 32 MiB   the program, and one answer while it catches up
 *        + for each other validator, 10.5 MiB
 *            4 MiB    the frame that is being read of its stream
 *            4 MiB    its messages that wait for the ordering, or one that is larger
 *            2 MiB    those that wait for the attestation layer
 *            0.5 MiB  what it signed of late, to see whether it contradicts itself
 *        + the rest
 *            30 %     what waits to be sent to all of them, in one budget
 *            32 %     what all said of open and rejected decisions, in equal parts
 *             8 %     approvals once more, in decisions that are encoded for a block
 *             9 %     vertices that wait for the one before
 *            21 %     decisions: open ones, these encoded for a block, and as much of rejected ones
 * </pre>
 *
 * <p>Half-received frames are not on the heap but in direct memory, which has a bound of its own.
 *
 * @param heap bytes that the JVM may use at most
 * @param validators of the set, this one included
 */
record HeapBudget(long heap, int validators) {
  private static final long MEBIBYTE = 1024 * 1024;
  private static final long PROGRAM = 32 * MEBIBYTE;

  /** {@link dev.qudag.consensus.evidence.Watch}. */
  private static final long WATCHED = MEBIBYTE / 2;

  private static final long OF_ONE_PEER =
      Transport.MAX_REQUEST_BYTES
          + ConsensusLoop.MOST_BYTES_WAITING
          + AttestationLoop.MOST_BYTES_WAITING
          + WATCHED;

  /** Beyond these, more heap buys nothing. */
  private static final long MOST_OUTBOX_OF_ONE = 16 * MEBIBYTE;

  private static final long MOST_WORDS_OF_ONE = 16 * MEBIBYTE;
  private static final long MOST_POOL = 8 * MEBIBYTE;
  private static final int MOST_DECISIONS = 1024;
  private static final int MOST_ORPHANS = 256;

  /** One message of the largest size to a peer that does not read, and one to the others. */
  private static final long LEAST_OUTBOXES = 2L * Transport.MAX_REQUEST_BYTES;

  private static final long LEAST_WORDS_OF_ONE = MEBIBYTE / 2;

  /** Of an author on an open decision and a rejected one: of each, two signatures and a reason. */
  private static final long WORDS = 20_000;

  /** An approval in a decision that is encoded for a block. */
  private static final long APPROVAL = 4_800;

  /** The largest vertex: 16 words with long reasons. */
  private static final long VERTEX = 140_000;

  private static final int PARTS = 100;
  private static final int OUTBOX_PARTS = 30;
  private static final int WORD_PARTS = 32;
  private static final int ORPHAN_PARTS = 9;

  /** Of one of the three forms of decisions. */
  private static final int POOL_PARTS = 7;

  HeapBudget {
    long least = least(validators);
    if (heap < least) {
      throw new IllegalArgumentException(
          "a heap of %d MiB is too small for a set of %d validators: expected %d MiB at least; give this one more memory"
              .formatted(heap / MEBIBYTE, validators, Math.ceilDiv(least, MEBIBYTE)));
    }
  }

  /** The heap that a set of so many takes. */
  static long least(int validators) {
    long ofOutboxes = LEAST_OUTBOXES * PARTS / OUTBOX_PARTS;
    long words = Math.max(LEAST_WORDS_OF_ONE, WORDS * PoolLimits.least(validators - 1));
    long ofWords = validators * words * PARTS / WORD_PARTS;
    return fixed(validators) + Math.max(ofOutboxes, ofWords) + PARTS;
  }

  private static long fixed(int validators) {
    return PROGRAM + (validators - 1) * OF_ONE_PEER;
  }

  /** Bytes of the messages that wait to be sent to all other validators. */
  long outboxes() {
    return Math.min(part(OUTBOX_PARTS), Math.max(1, validators - 1) * MOST_OUTBOX_OF_ONE);
  }

  /** The decisions that wait. No more than each author may speak of. */
  PoolLimits pool() {
    long decisions = Math.min(MOST_DECISIONS, wordsOfOne() / WORDS);
    return new PoolLimits((int) decisions, Math.min(part(POOL_PARTS), MOST_POOL), validators - 1);
  }

  /** Of the attestation layer. */
  DagConfig.Limits words() {
    int orphans = (int) Math.min(MOST_ORPHANS, part(ORPHAN_PARTS) / VERTEX);
    return new DagConfig.Limits(Math.max(1, orphans / 4), orphans, wordsOfOne());
  }

  private long wordsOfOne() {
    return Math.min(part(WORD_PARTS) / validators, MOST_WORDS_OF_ONE);
  }

  private long part(int parts) {
    return (heap - fixed(validators)) / PARTS * parts;
  }

  /** All of it together. */
  long sum() {
    return fixed(validators)
        + outboxes()
        + validators * words().heldBytes()
        + pool().decisions() * validators * APPROVAL
        + words().orphans() * VERTEX
        + 3 * pool().bytes();
  }
}
