package dev.qudag.merge.git;

import dev.qudag.merge.ObjectId;
import dev.qudag.merge.tree.TreeEntry;
import dev.qudag.merge.tree.TreeLimits;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads {@code git ls-tree -r -l -z}: "mode type id size TAB path NUL". Paths stay raw bytes. A few
 * small trees that name one another many times list without end, so no more is read than what
 * passes a limit.
 */
final class TreeListing {
  private static final int HEAD_BYTES = 128;

  private TreeListing() {}

  /**
   * Closes the listing where a limit is passed: one entry too many, or the first path that is too
   * long, is the last one of the list, so that a caller sees it. A listing that breaks off ends
   * with its last whole entry: how git ended says why.
   */
  static List<TreeEntry> read(InputStream listing, TreeLimits limits) throws IOException {
    var entries = new ArrayList<TreeEntry>();
    try (var in = new BufferedInputStream(listing, 64 * 1024)) {
      for (var first = in.read(); first >= 0; first = in.read()) {
        var entry = entry(first, in, limits.pathBytes());
        entries.add(entry);
        if (entries.size() > limits.files() || entry.path().length > limits.pathBytes()) {
          return entries;
        }
      }
    } catch (EOFException e) {
      return entries;
    }
    return entries;
  }

  private static TreeEntry entry(int first, InputStream in, int pathBytes) throws IOException {
    var head = new ByteArrayOutputStream();
    for (var next = first; next != '\t'; next = need(in)) {
      if (head.size() == HEAD_BYTES) {
        throw new IOException("git ls-tree wrote an entry without a path");
      }
      head.write(next);
    }
    var fields = head.toString(StandardCharsets.US_ASCII).split(" +");
    var size = fields[3].equals("-") ? -1 : Long.parseLong(fields[3]);
    var path = new ByteArrayOutputStream();
    for (var next = need(in); next != 0 && path.size() <= pathBytes; next = need(in)) {
      path.write(next);
    }
    return new TreeEntry(fields[0], ObjectId.of(fields[2]), size, path.toByteArray());
  }

  private static int need(InputStream in) throws IOException {
    var next = in.read();
    if (next < 0) {
      throw new EOFException("git ls-tree ended within an entry");
    }
    return next;
  }
}
