package dev.qudag.consensus.chain;

import dev.qudag.consensus.chain.Applied.Accepted;
import dev.qudag.consensus.simplex.PayloadRules;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.MalformedEncodingException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Tells Simplex what payloads mean on this chain: {@link BlockPayload}s that apply to a {@link
 * ChainState}.
 */
public final class DecisionPayloads implements PayloadRules<ChainState> {
  /** A block's payload stays below this, bytes, so that it travels in one message. */
  static final int MAX_BYTES = 2 << 20;

  private static final int MAX_DECISIONS = 64;

  @Override
  public Optional<Commitment> commit(Bytes payload) {
    return decode(payload).map(decoded -> new Commitment(decoded.digest(), decoded.count()));
  }

  @Override
  public Optional<ChainState> apply(ChainState before, Bytes payload) {
    return decode(payload).flatMap(decoded -> accepted(before.apply(decoded)));
  }

  /**
   * As many of the waiting {@linkplain OrderedDecision ordered decisions} as are valid one after
   * the other, whatever order they wait in.
   */
  @Override
  public Bytes assemble(ChainState before, List<Bytes> waiting) {
    List<Bytes> left = new ArrayList<>(waiting);
    List<OrderedDecision> chosen = new ArrayList<>();
    ChainState state = before;
    int size = 0;
    boolean progress = true;
    while (progress) {
      progress = false;
      for (Iterator<Bytes> items = left.iterator();
          items.hasNext() && chosen.size() < MAX_DECISIONS; ) {
        Bytes item = items.next();
        Optional<OrderedDecision> ordered = decodeItem(item);
        ChainState current = state;
        Optional<ChainState> next = ordered.flatMap(decision -> accepted(current.apply(decision)));
        if (next.isPresent() && size + item.size() <= MAX_BYTES) {
          chosen.add(ordered.orElseThrow());
          state = next.get();
          size += item.size();
          items.remove();
          progress = true;
        }
      }
    }
    return Bytes.of(new BlockPayload(chosen).encode());
  }

  private static Optional<ChainState> accepted(Applied applied) {
    return applied instanceof Accepted accepted ? Optional.of(accepted.next()) : Optional.empty();
  }

  private static Optional<BlockPayload> decode(Bytes payload) {
    try {
      return Optional.of(BlockPayload.decode(payload.toArray()));
    } catch (MalformedEncodingException e) {
      return Optional.empty();
    }
  }

  private static Optional<OrderedDecision> decodeItem(Bytes item) {
    try {
      return Optional.of(OrderedDecision.decode(item.toArray()));
    } catch (MalformedEncodingException e) {
      return Optional.empty();
    }
  }
}
