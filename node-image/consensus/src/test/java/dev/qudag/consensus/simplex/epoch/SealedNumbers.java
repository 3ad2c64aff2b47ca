package dev.qudag.consensus.simplex.epoch;

import dev.qudag.consensus.simplex.block.PayloadRules;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;
import dev.qudag.crypto.encoding.MalformedEncodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Payloads are lists of numbers, at most two in one block, each valid once in a chain. {@link
 * #SEAL} stands for a change of the set: nothing is valid after it until the next epoch.
 */
final class SealedNumbers implements PayloadRules<SealedNumbers.State> {
  static final int SEAL = 0;
  private static final int MOST = 2;

  /** What was ordered, and whether the epoch is sealed. */
  record State(List<Integer> numbers, boolean sealed) {
    static final State START = new State(List.of(), false);

    State opened() {
      return new State(numbers, false);
    }
  }

  static Bytes payload(List<Integer> numbers) {
    return Bytes.of(CanonicalWriter.untagged().list(numbers, CanonicalWriter::int32).toByteArray());
  }

  static List<Integer> numbers(Bytes payload) {
    return CanonicalReader.readUntagged(payload.toArray(), in -> in.list(CanonicalReader::int32));
  }

  @Override
  public Optional<Commitment> commit(Bytes payload) {
    try {
      return Optional.of(new Commitment(Digest.sha256(payload.toArray()), numbers(payload).size()));
    } catch (MalformedEncodingException e) {
      return Optional.empty();
    }
  }

  @Override
  public Optional<State> apply(State before, Bytes payload) {
    List<Integer> after = new ArrayList<>(before.numbers());
    boolean sealed = before.sealed();
    for (int number : numbers(payload)) {
      if (sealed || after.contains(number)) {
        return Optional.empty();
      }
      after.add(number);
      sealed = number == SEAL;
    }
    return Optional.of(new State(List.copyOf(after), sealed));
  }

  @Override
  public Bytes assemble(State before, List<Bytes> waiting) {
    if (before.sealed()) {
      return payload(List.of());
    }
    List<Integer> chosen =
        waiting.stream()
            .flatMap(item -> numbers(item).stream())
            .filter(number -> !before.numbers().contains(number))
            .distinct()
            .limit(MOST)
            .toList();
    int seal = chosen.indexOf(SEAL);
    return payload(seal < 0 ? chosen : chosen.subList(0, seal + 1));
  }
}
