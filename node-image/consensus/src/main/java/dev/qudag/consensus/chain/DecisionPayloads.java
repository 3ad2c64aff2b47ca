package dev.qudag.consensus.chain;

import dev.qudag.consensus.chain.Applied.Accepted;
import dev.qudag.consensus.chain.field.Fields;
import dev.qudag.consensus.simplex.block.PayloadRules;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.encoding.MalformedEncodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Tells Simplex what payloads mean on this chain: {@link BlockPayload}s that apply to a {@link
 * ChainState}.
 */
public final class DecisionPayloads implements PayloadRules<ChainState> {
  /**
   * The most that the decisions of a payload may have together, bytes: it travels in one message.
   */
  static final int MAX_BYTES = 2 << 20;

  /** Room for the tag, the count and the lengths in a payload, bytes. */
  private static final int FRAME_BYTES = 2 << 10;

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
   * the other and fit, whatever order they wait in.
   */
  @Override
  public Bytes assemble(ChainState before, List<Bytes> waiting) {
    List<Candidate> left = new ArrayList<>();
    waiting.forEach(
        item ->
            decode(item, OrderedDecision::decode)
                .ifPresent(decision -> left.add(new Candidate(decision, item.size()))));
    Assembly assembly = new Assembly(before);
    while (left.removeIf(assembly::takes)) {
      // What was taken may be what another one waited for.
    }
    return Bytes.of(new BlockPayload(assembly.chosen).encode());
  }

  private record Candidate(OrderedDecision decision, int size) {}

  /** A payload in the making, with the state it leaves so far. */
  private static final class Assembly {
    final List<OrderedDecision> chosen = new ArrayList<>();
    private ChainState state;
    private int size;

    Assembly(ChainState before) {
      this.state = before;
    }

    boolean takes(Candidate candidate) {
      if (size + candidate.size() > MAX_BYTES || chosen.size() == Fields.MAX_LIST) {
        return false;
      }
      Optional<ChainState> next = accepted(state.apply(candidate.decision()));
      next.ifPresent(
          after -> {
            state = after;
            size += candidate.size();
            chosen.add(candidate.decision());
          });
      return next.isPresent();
    }
  }

  private static Optional<ChainState> accepted(Applied applied) {
    return applied instanceof Accepted accepted ? Optional.of(accepted.next()) : Optional.empty();
  }

  private static Optional<BlockPayload> decode(Bytes payload) {
    return payload.size() > MAX_BYTES + FRAME_BYTES
        ? Optional.empty()
        : decode(payload, BlockPayload::decode);
  }

  private static <T> Optional<T> decode(Bytes encoded, Function<byte[], T> decoder) {
    try {
      return Optional.of(decoder.apply(encoded.toArray()));
    } catch (MalformedEncodingException e) {
      return Optional.empty();
    }
  }
}
