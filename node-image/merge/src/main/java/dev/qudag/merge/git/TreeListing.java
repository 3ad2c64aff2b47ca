package dev.qudag.merge.git;

import dev.qudag.merge.ObjectId;
import dev.qudag.merge.tree.TreeEntry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads {@code git ls-tree -r -l -z}: "mode type id size TAB path NUL". Paths stay raw bytes. */
final class TreeListing {
  private TreeListing() {}

  /**
   * @param max entries to read; one more is read and no further, so that a caller sees the limit
   *     passed
   */
  static List<TreeEntry> parse(byte[] listing, int max) {
    var entries = new ArrayList<TreeEntry>();
    for (int from = 0; from < listing.length && entries.size() <= max; ) {
      var end = indexOf(listing, (byte) 0, from);
      var tab = indexOf(listing, (byte) '\t', from);
      var head = new String(listing, from, tab - from, StandardCharsets.US_ASCII).split(" +");
      var size = head[3].equals("-") ? -1 : Long.parseLong(head[3]);
      var path = Arrays.copyOfRange(listing, tab + 1, end);
      entries.add(new TreeEntry(head[0], ObjectId.of(head[2]), size, path));
      from = end + 1;
    }
    return entries;
  }

  private static int indexOf(byte[] bytes, byte wanted, int from) {
    for (var i = from; i < bytes.length; i++) {
      if (bytes[i] == wanted) {
        return i;
      }
    }
    throw new IllegalArgumentException("git ls-tree ended within an entry");
  }
}
