package dev.qudag.merge.text;

import java.util.List;

/** A piece of a three-way merge. */
public sealed interface Chunk {
  /** Lines that no side changed, or one side alone. */
  record Agreed(List<String> lines) implements Chunk {}

  /** Lines that both sides changed, with nothing unchanged between the two. */
  record Open(Hunk hunk) implements Chunk {}
}
