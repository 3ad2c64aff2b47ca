package dev.qudag.merge.symbol;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The definitions of a version by their names: several can have one, as overloaded methods do. */
final class Named {
  /** At the top of a file of Go: each file can have many, which have nothing to do with another. */
  private static final Set<String> OF_GO = Set.of("_", "init");

  /** At the top of a file of Python: what a module exports, as imports are what it takes. */
  private static final Set<String> OF_PYTHON = Set.of("_", "__all__");

  private final Map<Name, List<Definition>> byName = new TreeMap<>();

  private Named() {}

  record Name(String qualified, Definition.Kind kind) implements Comparable<Name> {
    private static final Comparator<Name> ORDER =
        Comparator.comparing(Name::qualified).thenComparing(Name::kind);

    @Override
    public int compareTo(Name other) {
      return ORDER.compare(this, other);
    }
  }

  static Named of(Optional<FileSymbols> version) {
    var named = new Named();
    version.ifPresent(
        symbols -> symbols.definitions().forEach(each -> named.add(symbols.language(), each)));
    return named;
  }

  private void add(Language language, Definition definition) {
    boolean isNoSymbol =
        definition.path().size() == 1
            && switch (language) {
              case Go -> OF_GO.contains(definition.name());
              case Python -> OF_PYTHON.contains(definition.name());
              case Java, JavaScript, TypeScript, Tsx, Rust -> false;
            };
    if (!isNoSymbol && definition.kind() != Definition.Kind.Scope) {
      byName
          .computeIfAbsent(
              new Name(definition.qualified(), definition.kind()), _ -> new ArrayList<>())
          .add(definition);
    }
  }

  Set<Name> names() {
    return byName.keySet();
  }

  List<Definition> of(Name name) {
    return byName.getOrDefault(name, List.of());
  }

  /** Sorted. */
  List<String> digests(Name name) {
    return of(name).stream().map(Definition::digest).sorted().toList();
  }

  /** Sorted. */
  List<String> signatures(Name name) {
    return of(name).stream().map(Definition::signature).sorted().toList();
  }

  SortedSet<String> uses(Name name) {
    var uses = new TreeSet<String>();
    of(name).forEach(definition -> uses.addAll(definition.uses()));
    return uses;
  }
}
