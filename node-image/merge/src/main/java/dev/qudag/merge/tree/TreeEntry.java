package dev.qudag.merge.tree;

import dev.qudag.merge.ObjectId;
import java.util.Arrays;

/**
 * One leaf of a tree, as Git lists it: nothing about it is believed yet.
 *
 * @param mode octal digits as stored, e.g. {@code 100644}
 * @param path raw bytes from the root, components joined by '/'
 * @param size bytes of the blob; -1 for what is no blob
 */
public record TreeEntry(String mode, ObjectId id, long size, byte[] path) {
  public static final String FILE = "100644";
  public static final String EXECUTABLE = "100755";
  public static final String SYMLINK = "120000";
  public static final String SUBMODULE = "160000";

  public boolean isSymlink() {
    return mode.equals(SYMLINK);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TreeEntry(var m, var i, var s, var p)
        && mode.equals(m)
        && id.equals(i)
        && size == s
        && Arrays.equals(path, p);
  }

  @Override
  public int hashCode() {
    return 31 * id.hashCode() + Arrays.hashCode(path);
  }
}
