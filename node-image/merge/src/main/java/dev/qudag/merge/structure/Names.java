package dev.qudag.merge.structure;

import dev.qudag.merge.symbol.Definition;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What declarations are called, so that the versions can be compared.
 *
 * @param overloaded names that a version has more than once: the signature tells them apart
 * @param opened keys of classes and the like that all versions have: looked into, while every other
 *     declaration is one piece
 */
record Names(Set<String> overloaded, Set<String> opened) {

  static Names of(Candidate candidate) {
    var overloaded = new HashSet<String>();
    for (var source : candidate.all()) {
      var counts = new HashMap<String, Integer>();
      source.definitions().forEach(found -> counts.merge(name(found), 1, Integer::sum));
      counts.entrySet().stream()
          .filter(entry -> entry.getValue() > 1)
          .forEach(entry -> overloaded.add(entry.getKey()));
    }
    var named = new Names(overloaded, Set.of());
    var opened = new HashSet<>(named.holders(candidate.base()));
    candidate.all().forEach(source -> opened.retainAll(named.holders(source)));
    return new Names(overloaded, opened);
  }

  private Set<String> holders(Source source) {
    return source.definitions().stream()
        .filter(Names::mayHold)
        .map(this::key)
        .collect(Collectors.toSet());
  }

  private static boolean mayHold(Definition definition) {
    return switch (definition.kind()) {
      case Type, Scope -> true;
      case Callable, Value -> false;
    };
  }

  boolean isOpened(Definition definition) {
    return mayHold(definition) && opened.contains(key(definition));
  }

  /** The same for a declaration in all versions that have it. */
  String key(Definition definition) {
    var name = name(definition);
    return overloaded.contains(name) ? name + "\0" + definition.signature() : name;
  }

  private static String name(Definition definition) {
    return definition.kind() + "\0" + String.join("\0", definition.path());
  }
}
