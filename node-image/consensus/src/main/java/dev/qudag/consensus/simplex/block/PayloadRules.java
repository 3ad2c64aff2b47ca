package dev.qudag.consensus.simplex.block;

import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import java.util.List;
import java.util.Optional;

/**
 * What payloads mean, kept out of the ordering. Pure and quick: the same arguments give the same
 * answer on every member, and anything slow was done before a payload is offered.
 *
 * @param <S> the state that a chain of payloads leaves; immutable
 */
public interface PayloadRules<S> {
  /** What a header says about its payload. */
  record Commitment(Digest digest, int count) {}

  /** The commitment of a payload; empty when the bytes are no payload. */
  Optional<Commitment> commit(Bytes payload);

  /** The state after a payload; empty when the payload is not valid on the state before. */
  Optional<S> apply(S before, Bytes payload);

  /**
   * A payload, valid on the state, out of those of the waiting items that are; one of count 0 when
   * none is.
   */
  Bytes assemble(S before, List<Bytes> waiting);
}
