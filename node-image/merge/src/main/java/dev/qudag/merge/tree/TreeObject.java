package dev.qudag.merge.tree;

import dev.qudag.merge.ObjectId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One tree as git stores it: for each item "mode SP name NUL" and the 20 bytes of its id, in the
 * order of the names, where a directory's counts as if it ended in '/' (gitformat: tree.c {@code
 * base_name_compare}).
 *
 * @param items in that order
 */
public record TreeObject(List<Item> items) {
  private static final int ID_BYTES = 20;
  private static final int TYPE = 0170000;
  private static final int REGULAR = 0100000;
  private static final int LINK = 0120000;
  private static final int FOLDER = 0040000;
  private static final int OWNER_EXECUTES = 0100;

  /** The mode of a directory. */
  public static final String DIRECTORY = "40000";

  /**
   * @param mode {@link #DIRECTORY} or one of {@link TreeEntry}
   * @param name raw bytes, one component of a path
   */
  public record Item(String mode, byte[] name, ObjectId id) {
    public boolean isDirectory() {
      return mode.equals(DIRECTORY);
    }

    private byte[] sortKey() {
      if (!isDirectory()) {
        return name;
      }
      byte[] key = Arrays.copyOf(name, name.length + 1);
      key[name.length] = '/';
      return key;
    }

    private byte[] head() {
      byte[] prefix = (mode + " ").getBytes(StandardCharsets.US_ASCII);
      byte[] head = Arrays.copyOf(prefix, prefix.length + name.length + 1); // a NUL at its end
      ByteBuffer.wrap(head).put(prefix.length, name);
      return head;
    }
  }

  public TreeObject {
    items =
        items.stream().sorted((a, b) -> Arrays.compareUnsigned(a.sortKey(), b.sortKey())).toList();
  }

  /**
   * Reads a tree. Modes are what git takes them for ({@code canon_mode} of its tree-walk.c).
   *
   * @throws IllegalArgumentException if the bytes are no tree
   */
  public static TreeObject parse(byte[] bytes) {
    var items = new ArrayList<Item>();
    for (int from = 0; from < bytes.length; ) {
      int space = indexOf(bytes, ' ', from);
      int end = indexOf(bytes, '\0', space);
      if (bytes.length - end - 1 < ID_BYTES) {
        throw new IllegalArgumentException("a tree ends within an id");
      }
      var mode = canonical(Arrays.copyOfRange(bytes, from, space));
      var id = HexFormat.of().formatHex(bytes, end + 1, end + 1 + ID_BYTES);
      items.add(new Item(mode, Arrays.copyOfRange(bytes, space + 1, end), ObjectId.of(id)));
      from = end + 1 + ID_BYTES;
    }
    return new TreeObject(items);
  }

  /** The item of that name. */
  public Optional<Item> find(byte[] name) {
    return items.stream().filter(item -> Arrays.equals(item.name(), name)).findFirst();
  }

  /** This tree with the item, in place of one of the same name. */
  public TreeObject with(Item item) {
    return new TreeObject(
        Stream.concat(without(item.name()).items.stream(), Stream.of(item)).toList());
  }

  /** This tree without what has that name. */
  public TreeObject without(byte[] name) {
    return new TreeObject(
        items.stream().filter(item -> !Arrays.equals(item.name(), name)).toList());
  }

  /** What git stores. */
  public byte[] bytes() {
    var heads = items.stream().map(Item::head).toList();
    var size = heads.stream().mapToInt(head -> head.length + ID_BYTES).sum();
    var bytes = ByteBuffer.allocate(size);
    for (var i = 0; i < items.size(); i++) {
      bytes.put(heads.get(i)).put(HexFormat.of().parseHex(items.get(i).id().hex()));
    }
    return bytes.array();
  }

  /** Of more digits than a mode has, git takes the last ones: so does this, and does not fail. */
  private static String canonical(byte[] octal) {
    int mode = 0;
    for (byte digit : octal) {
      if (digit < '0' || digit > '7') {
        throw new IllegalArgumentException("a mode of a tree is no octal number");
      }
      mode = (mode << 3) + (digit - '0');
    }
    return switch (mode & TYPE) {
      case REGULAR -> (mode & OWNER_EXECUTES) == 0 ? TreeEntry.FILE : TreeEntry.EXECUTABLE;
      case LINK -> TreeEntry.SYMLINK;
      case FOLDER -> DIRECTORY;
      default -> TreeEntry.SUBMODULE;
    };
  }

  private static int indexOf(byte[] bytes, char wanted, int from) {
    for (var i = from; i < bytes.length; i++) {
      if (bytes[i] == wanted) {
        return i;
      }
    }
    throw new IllegalArgumentException("a tree ends within an item");
  }
}
