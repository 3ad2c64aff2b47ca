package dev.qudag.merge.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A text of few different lines, and two that were edited from it: alignments are ambiguous. */
public record TestingVersions(List<String> base, List<String> ours, List<String> theirs) {
  public static TestingVersions of(Random random, List<String> alphabet) {
    var base = new ArrayList<String>();
    for (int i = random.nextInt(12); i > 0; i--) {
      base.add(any(random, alphabet));
    }
    return new TestingVersions(
        List.copyOf(base), edited(base, random, alphabet), edited(base, random, alphabet));
  }

  private static List<String> edited(List<String> base, Random random, List<String> alphabet) {
    var lines = new ArrayList<>(base);
    for (int i = random.nextInt(4); i > 0; i--) {
      int at = random.nextInt(lines.size() + 1);
      if (at < lines.size() && random.nextBoolean()) {
        lines.remove(at);
      }
      for (int more = random.nextInt(3); more > 0; more--) {
        lines.add(at, any(random, alphabet));
      }
    }
    return List.copyOf(lines);
  }

  private static String any(Random random, List<String> alphabet) {
    return alphabet.get(random.nextInt(alphabet.size()));
  }

  /** The same with the sides exchanged. */
  public TestingVersions mirrored() {
    return new TestingVersions(base, theirs, ours);
  }

  public List<Chunk> merged(String path) {
    return ThreeWay.merge(path, base, ours, theirs).orElseThrow();
  }

  public List<Hunk> hunks(String path) {
    var hunks = new ArrayList<Hunk>();
    for (var chunk : merged(path)) {
      if (chunk instanceof Chunk.Open(var hunk)) {
        hunks.add(hunk);
      }
    }
    return hunks;
  }
}
