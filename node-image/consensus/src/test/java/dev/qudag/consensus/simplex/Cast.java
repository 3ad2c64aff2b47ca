package dev.qudag.consensus.simplex;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Who plays in a simulation: how many members, and which of them are faulty in what way.
 *
 * @param fates by index; who is not in here is honest
 */
record Cast(int size, Map<Integer, Fate> fates) {
  static Cast honest(int size) {
    return new Cast(size, Map.of());
  }

  /** As many faulty members as a set of this size tolerates, f = ⌊(n − 1) / 3⌋, drawn by lot. */
  static Cast drawn(int size, Random random) {
    List<Integer> indices = new ArrayList<>(IntStream.range(0, size).boxed().toList());
    Collections.shuffle(indices, random);
    Map<Integer, Fate> fates = new TreeMap<>();
    for (int index : indices.subList(0, (size - 1) / 3)) {
      fates.put(index, Fate.values()[random.nextInt(Fate.values().length)]);
    }
    return new Cast(size, fates);
  }

  Cast with(int index, Fate fate) {
    Map<Integer, Fate> more = new TreeMap<>(fates);
    more.put(index, fate);
    return new Cast(size, more);
  }

  Optional<Fate> fate(int index) {
    return Optional.ofNullable(fates.get(index));
  }

  /** Which member each process runs as: a twin's runs twice. */
  List<Integer> processes() {
    return IntStream.concat(
            IntStream.range(0, size),
            fates.entrySet().stream()
                .filter(entry -> entry.getValue() == Fate.TWIN)
                .mapToInt(Map.Entry::getKey))
        .boxed()
        .toList();
  }
}
