package dev.qudag.merge.symbol;

import java.util.List;
import java.util.Set;

/**
 * Something with a name. Digests are of the syntax: neither comments nor white space between tokens
 * change them.
 *
 * @param path the names of what it stands in, from the outside, and its own: at least one
 * @param firstLine from 1
 * @param lastLine inclusive
 * @param digest of its own syntax: without the definitions within it
 * @param signature digest of what its users rely on: without annotations, body and value
 * @param uses names that it uses, without what definitions within it use: {@code name}, and {@code
 *     .name} where a member of something is meant
 */
public record Definition(
    List<String> path,
    Kind kind,
    int firstLine,
    int lastLine,
    String digest,
    String signature,
    Set<String> uses) {
  /** What it is; the names are those that the parser writes. */
  public enum Kind {
    /** A class, an interface, a struct, an enum, a trait, an alias. */
    Type,
    /** A function, a method, a constructor. */
    Callable,
    /** A field, a constant, a variable outside of functions, a member of an enum. */
    Value,
    /** A module or a block that only holds others, as {@code mod} and {@code impl}. */
    Scope
  }

  public Definition {
    if (path.isEmpty()) {
      throw new IllegalArgumentException("a definition has a name");
    }
    path = List.copyOf(path);
    uses = Set.copyOf(uses);
  }

  /** Its own, the last one of the path. */
  public String name() {
    return path.getLast();
  }

  /** What it stands in; empty at the top of the file. */
  public List<String> container() {
    return path.subList(0, path.size() - 1);
  }

  /** The path with dots. */
  public String qualified() {
    return String.join(".", path);
  }
}
