package dev.qudag.merge.structure;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A version cut into declarations and the lines outside of them.
 *
 * @param items from the top: {@code #} and the key of a declaration, or {@code =} and a line. Empty
 *     lines between declarations are none
 * @param blocks the lines of each declaration, those above that belong to it among them
 * @param values keys of fields, constants and the like: their order may mean something
 */
record Outline(List<String> items, Map<String, List<String>> blocks, Set<String> values) {
  private static final String BLOCK = "#";
  private static final String LINE = "=";

  Outline {
    items = List.copyOf(items);
    blocks = Map.copyOf(blocks);
    values = Set.copyOf(values);
  }

  static String block(String key) {
    return BLOCK + key;
  }

  static String line(String line) {
    return LINE + line;
  }

  static boolean isBlock(String item) {
    return item.startsWith(BLOCK);
  }

  boolean isValue(String item) {
    return isBlock(item) && values.contains(item.substring(BLOCK.length()));
  }

  /** The declarations of this one that another has too, in this one's order. */
  List<String> sharedWith(Outline other) {
    var theirs = Set.copyOf(other.items);
    return items.stream().filter(Outline::isBlock).filter(theirs::contains).toList();
  }
}
