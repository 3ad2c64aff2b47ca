package dev.qudag.merge.git;

import dev.qudag.merge.ObjectId;
import dev.qudag.merge.tree.TreeEntry;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A tree as a POSIX tar (pax). Not {@code git archive}, which would follow the tree's own {@code
 * export-ignore} and {@code export-subst} and so show a check another tree than the one that lands.
 */
public final class TreeArchive {
  private static final int BLOCK = 512;

  private final GitRepository repository;

  public TreeArchive(GitRepository repository) {
    this.repository = repository;
  }

  /**
   * Streams every file and link of an inspected tree; times and owners are zero, so equal trees are
   * equal bytes.
   */
  public void write(ObjectId tree, OutputStream out) throws IOException {
    var entries = repository.entries(tree);
    try (var objects = repository.objects()) {
      for (var entry : entries) {
        if (entry.isSymlink()) {
          link(entry, objects.content(entry.id()), out);
        } else {
          file(entry, objects, out);
        }
      }
    }
    out.write(new byte[2 * BLOCK]);
  }

  private static void file(TreeEntry entry, ObjectReader objects, OutputStream out)
      throws IOException {
    pax(record("path", entry.path()), out);
    var mode = entry.mode().equals(TreeEntry.EXECUTABLE) ? 0755 : 0644;
    out.write(header('0', mode, entry.size()));
    out.write(padding(objects.copy(entry.id(), out)));
  }

  private static void link(TreeEntry entry, byte[] target, OutputStream out) throws IOException {
    var path = record("path", entry.path());
    var linkPath = record("linkpath", target);
    var both = Arrays.copyOf(path, path.length + linkPath.length);
    System.arraycopy(linkPath, 0, both, path.length, linkPath.length);
    pax(both, out);
    out.write(header('2', 0777, 0));
  }

  private static void pax(byte[] records, OutputStream out) throws IOException {
    out.write(header('x', 0644, records.length));
    out.write(records);
    out.write(padding(records.length));
  }

  /** One "length key=value LF"; the length counts its own digits. */
  private static byte[] record(String key, byte[] value) {
    var rest = 1 + key.length() + 1 + value.length + 1;
    var length = rest + Integer.toString(rest).length();
    length = rest + Integer.toString(length).length();
    var start = (length + " " + key + "=").getBytes(StandardCharsets.US_ASCII);
    var record = Arrays.copyOf(start, length);
    System.arraycopy(value, 0, record, start.length, value.length);
    record[length - 1] = '\n';
    return record;
  }

  private static byte[] header(char type, int mode, long size) {
    var header = new byte[BLOCK];
    put(header, 0, "qudag");
    put(header, 100, "%07o".formatted(mode));
    put(header, 108, "%07o".formatted(0));
    put(header, 116, "%07o".formatted(0));
    put(header, 124, "%011o".formatted(size));
    put(header, 136, "%011o".formatted(0));
    put(header, 148, "        ");
    put(header, 156, String.valueOf(type));
    put(header, 257, "ustar\00000");
    var sum = 0;
    for (var b : header) {
      sum += b & 0xff;
    }
    put(header, 148, "%06o\0 ".formatted(sum));
    return header;
  }

  private static void put(byte[] header, int at, String text) {
    var bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }

  private static byte[] padding(long size) {
    return new byte[(int) ((BLOCK - size % BLOCK) % BLOCK)];
  }
}
