package dev.qudag.node.validator;

import dev.qudag.consensus.simplex.block.PayloadRules;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;
import dev.qudag.crypto.encoding.MalformedEncodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * Decisions that mean nothing: each has a number and is valid after the one before, so that none is
 * ordered twice. The state is the last number. What they cost is the ordering's alone.
 *
 * @param mostInBlock how many decisions a block may carry
 */
record OpaquePayloads(int mostInBlock) implements PayloadRules<Long> {
  /** The size of one decision, its number included. */
  static final int ITEM_BYTES = 256;

  /** The decisions {@code first} to {@code last}, both included. */
  static List<Bytes> items(long first, long last) {
    return LongStream.rangeClosed(first, last).mapToObj(OpaquePayloads::item).toList();
  }

  private static Bytes item(long number) {
    byte[] rest = new byte[ITEM_BYTES - Long.BYTES - Integer.BYTES];
    return Bytes.of(CanonicalWriter.untagged().int64(number).bytes(rest).toByteArray());
  }

  @Override
  public Optional<Commitment> commit(Bytes payload) {
    return numbers(payload)
        .map(numbers -> new Commitment(Digest.sha256(payload.toArray()), numbers.size()));
  }

  @Override
  public Optional<Long> apply(Long before, Bytes payload) {
    return numbers(payload).filter(numbers -> follow(before, numbers)).map(n -> before + n.size());
  }

  private static boolean follow(long before, List<Long> numbers) {
    return LongStream.range(0, numbers.size())
        .allMatch(i -> numbers.get((int) i) == before + 1 + i);
  }

  @Override
  public Bytes assemble(Long before, List<Bytes> waiting) {
    List<Bytes> chosen = new ArrayList<>();
    for (Bytes item : waiting) {
      if (chosen.size() < mostInBlock && number(item) == before + 1 + chosen.size()) {
        chosen.add(item);
      }
    }
    return Bytes.of(CanonicalWriter.untagged().list(chosen, CanonicalWriter::bytes).toByteArray());
  }

  private static Optional<List<Long>> numbers(Bytes payload) {
    try {
      return Optional.of(
          CanonicalReader.readUntagged(
              payload.toArray(), in -> in.list(item -> number(item.bytes()))));
    } catch (MalformedEncodingException e) {
      return Optional.empty();
    }
  }

  private static long number(Bytes item) {
    return CanonicalReader.readUntagged(
        item.toArray(),
        in -> {
          long number = in.int64();
          in.byteArray();
          return number;
        });
  }
}
