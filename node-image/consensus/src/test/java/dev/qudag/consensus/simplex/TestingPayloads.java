package dev.qudag.consensus.simplex;

import dev.qudag.consensus.simplex.block.PayloadRules;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;
import dev.qudag.crypto.encoding.MalformedEncodingException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Payloads are lists of numbers, at most two in one block; a number is valid once in a chain. From
 * 1000 to 1999 they come in pairs, an even number and the next, of which one excludes the other.
 */
final class TestingPayloads implements PayloadRules<List<Integer>> {
  private static final int MOST = 2;
  private static final int FIRST_RIVAL = 1000;
  private static final int LAST_RIVAL = 1999;
  private int applied;

  /** Whether another number excludes this one: {@code number ^ 1}. */
  static boolean hasRival(int number) {
    return number >= FIRST_RIVAL && number <= LAST_RIVAL;
  }

  /** Whether a number, or what excludes it, is among those that are final. */
  static boolean isDecided(Collection<Integer> numbers, int number) {
    return numbers.contains(number) || hasRival(number) && numbers.contains(number ^ 1);
  }

  static Bytes item(int number) {
    return payload(List.of(number));
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
  public Optional<List<Integer>> apply(List<Integer> before, Bytes payload) {
    applied++;
    List<Integer> after = new ArrayList<>(before);
    for (int number : numbers(payload)) {
      if (isDecided(after, number)) {
        return Optional.empty();
      }
      after.add(number);
    }
    return Optional.of(List.copyOf(after));
  }

  /** How many payloads were applied since this was asked last. */
  int applied() {
    int count = applied;
    applied = 0;
    return count;
  }

  @Override
  public Bytes assemble(List<Integer> before, List<Bytes> waiting) {
    List<Integer> chosen = new ArrayList<>();
    for (Bytes item : waiting) {
      for (int number : numbers(item)) {
        if (chosen.size() < MOST && !isDecided(before, number) && !isDecided(chosen, number)) {
          chosen.add(number);
        }
      }
    }
    return payload(chosen);
  }
}
