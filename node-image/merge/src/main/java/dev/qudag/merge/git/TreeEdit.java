package dev.qudag.merge.git;

import dev.qudag.merge.ObjectId;
import dev.qudag.merge.tree.TreeObject;
import dev.qudag.merge.tree.TreeObject.Item;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Finds files of a tree, and puts others in their place: the directories on the way are read. */
final class TreeEdit {
  private final GitRepository repository;
  private final ObjectReader objects;

  TreeEdit(GitRepository repository, ObjectReader objects) {
    this.repository = repository;
    this.objects = objects;
  }

  /** What is at a path, which is no directory. */
  Optional<Item> find(ObjectId tree, String path) {
    var parts = path.split("/", 2);
    var item = read(tree).find(bytes(parts[0]));
    return parts.length == 1
        ? item.filter(found -> !found.isDirectory())
        : item.filter(Item::isDirectory).flatMap(found -> find(found.id(), parts[1]));
  }

  /**
   * Writes the tree with other contents.
   *
   * @param contents blobs by path; at each there is a file, which keeps its mode
   */
  ObjectId replace(ObjectId tree, Map<String, ObjectId> contents) {
    var edited = read(tree);
    var below = new TreeMap<String, Map<String, ObjectId>>();
    for (var content : contents.entrySet()) {
      var parts = content.getKey().split("/", 2);
      if (parts.length == 1) {
        edited = with(edited, parts[0], content.getValue());
      } else {
        below.computeIfAbsent(parts[0], _ -> new TreeMap<>()).put(parts[1], content.getValue());
      }
    }
    for (var directory : below.entrySet()) {
      var old = item(edited, directory.getKey());
      edited = with(edited, directory.getKey(), replace(old.id(), directory.getValue()));
    }
    return repository.writeTree(edited);
  }

  private static TreeObject with(TreeObject tree, String name, ObjectId id) {
    return tree.with(new Item(item(tree, name).mode(), bytes(name), id));
  }

  private static Item item(TreeObject tree, String name) {
    return tree.find(bytes(name))
        .orElseThrow(() -> new IllegalArgumentException("nothing named " + name + " in the tree"));
  }

  private TreeObject read(ObjectId tree) {
    return TreeObject.parse(objects.content(tree));
  }

  private static byte[] bytes(String name) {
    return name.getBytes(StandardCharsets.UTF_8);
  }
}
