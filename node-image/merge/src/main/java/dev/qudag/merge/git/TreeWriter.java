package dev.qudag.merge.git;

import dev.qudag.merge.ObjectId;
import dev.qudag.merge.Printable;
import dev.qudag.merge.tree.TreeEntry;
import dev.qudag.merge.tree.TreeObject;
import dev.qudag.merge.tree.TreeObject.Item;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;

/** Writes a tree of files, the deepest directories first. */
final class TreeWriter {
  private final LooseObjects objects;

  TreeWriter(LooseObjects objects) {
    this.objects = objects;
  }

  /**
   * @param files path to content; one that starts with {@code #!} is executable
   * @throws IllegalArgumentException if a path does not stay in the tree, or lies below a file
   */
  ObjectId write(Map<String, byte[]> files) {
    var items = new ArrayList<Item>();
    var directories = new TreeMap<String, Map<String, byte[]>>();
    files.forEach(
        (path, content) -> {
          var parts = path.split("/", 2);
          requireName(parts[0], path);
          if (parts.length == 1) {
            items.add(item(mode(content), path, objects.write("blob", content)));
          } else {
            directories.computeIfAbsent(parts[0], _ -> new TreeMap<>()).put(parts[1], content);
          }
        });
    directories.forEach(
        (name, below) -> {
          if (files.containsKey(name)) {
            throw new IllegalArgumentException(
                "'" + Printable.of(name) + "' is a file and a directory");
          }
          items.add(item(TreeObject.DIRECTORY, name, write(below)));
        });
    return objects.write("tree", new TreeObject(items).bytes());
  }

  private static void requireName(String name, String path) {
    if (name.isEmpty() || name.equals(".") || name.equals("..") || name.equalsIgnoreCase(".git")) {
      throw new IllegalArgumentException(
          "'" + Printable.of(path) + "' is not a path inside the tree");
    }
  }

  private static String mode(byte[] content) {
    var script = content.length > 1 && content[0] == '#' && content[1] == '!';
    return script ? TreeEntry.EXECUTABLE : TreeEntry.FILE;
  }

  private static Item item(String mode, String name, ObjectId id) {
    return new Item(mode, name.getBytes(StandardCharsets.UTF_8), id);
  }
}
