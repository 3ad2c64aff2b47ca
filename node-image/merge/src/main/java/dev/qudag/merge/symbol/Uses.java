package dev.qudag.merge.symbol;

import dev.qudag.merge.symbol.SymbolFinding.By;
import dev.qudag.merge.symbol.SymbolFinding.Rule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Whether what a side changed or added uses what the other removed or changed: each was written
 * against what the other is no more.
 *
 * <p>Nothing is resolved: a use is a name, and {@link #reaches} asks for more that speaks for it.
 */
final class Uses {
  private Uses() {}

  /** A definition that is no more what its users knew. */
  private record Broken(Rule rule, String path, Definition was) {}

  /** A name that a definition uses; {@code user} is empty of the file as such. */
  private record Use(String name, boolean isMember, String user) {
    static Use of(String written, String user) {
      boolean isMember = written.startsWith(".");
      return new Use(isMember ? written.substring(1) : written, isMember, user);
    }
  }

  /**
   * @param by whose changes of definitions are looked at
   * @param changes that side's
   * @param others the other side's
   * @return the first {@link Interference#MOST_FINDINGS}
   */
  static List<SymbolFinding> between(By by, List<SymbolChange> changes, List<SymbolChange> others) {
    var broken = broken(changes).stream().collect(Collectors.groupingBy(each -> each.was().name()));
    var findings = new ArrayList<SymbolFinding>();
    if (broken.isEmpty()) {
      return findings;
    }
    for (var other : others) {
      if (other.after().isPresent()) {
        find(by, broken, other, other.after().get(), findings);
      }
    }
    return findings;
  }

  /**
   * What a name can mean is looked up once for a file, however many use it there.
   *
   * @param broken by name
   */
  private static void find(
      By by,
      Map<String, List<Broken>> broken,
      SymbolChange other,
      FileSymbols after,
      List<SymbolFinding> findings) {
    var names = names(after);
    var own = added(other);
    var meant = new HashMap<Use, List<Broken>>();
    for (var use : uses(other, after)) {
      if (own.contains(use.name())) {
        continue;
      }
      var reached =
          meant.computeIfAbsent(
              new Use(use.name(), use.isMember(), ""),
              name ->
                  broken.getOrDefault(name.name(), List.of()).stream()
                      .filter(each -> reaches(each, name, other, after, names))
                      .toList());
      for (var each : reached) {
        if (findings.size() >= Interference.MOST_FINDINGS) {
          return;
        }
        findings.add(
            new SymbolFinding(
                each.rule(), each.path(), each.was().qualified(), by, other.path(), use.user()));
      }
    }
  }

  private static List<Broken> broken(List<SymbolChange> changes) {
    Set<Named.Name> moved = new HashSet<>();
    for (var change : changes) {
      var before = Named.of(change.before());
      Named.of(change.after()).names().stream()
          .filter(name -> before.of(name).isEmpty())
          .forEach(moved::add);
    }
    var broken = new ArrayList<Broken>();
    for (var change : changes) {
      var before = Named.of(change.before());
      var after = Named.of(change.after());
      for (var name : before.names()) {
        rule(name, before, after)
            .filter(rule -> rule != Rule.RemovedAndUsed || !moved.contains(name))
            .ifPresent(
                rule -> broken.add(new Broken(rule, change.path(), before.of(name).getFirst())));
      }
    }
    return broken;
  }

  /** The signature of a type is no rule of its own: its members are definitions themselves. */
  private static Optional<Rule> rule(Named.Name name, Named before, Named after) {
    if (after.of(name).isEmpty()) {
      return Optional.of(Rule.RemovedAndUsed);
    }
    if (Interference.without(before.digests(name), after.digests(name)).isEmpty()) {
      return Optional.empty();
    }
    boolean isType = name.kind() == Definition.Kind.Type;
    return isType || Interference.without(before.signatures(name), after.signatures(name)).isEmpty()
        ? Optional.of(Rule.ChangedAndUsed)
        : Optional.of(Rule.SignatureAndUsed);
  }

  /** Names of definitions that the side added to the file: a use of one means its own. */
  private static Set<String> added(SymbolChange change) {
    var before = Named.of(change.before());
    Set<String> names = new HashSet<>();
    var after = Named.of(change.after());
    for (var name : after.names()) {
      if (before.of(name).isEmpty()) {
        names.add(after.of(name).getFirst().name());
      }
    }
    return names;
  }

  /** All of changed and added definitions; outside of them those that are new. */
  private static List<Use> uses(SymbolChange change, FileSymbols now) {
    var before = Named.of(change.before());
    var after = Named.of(change.after());
    var uses = new ArrayList<Use>();
    for (var name : after.names()) {
      if (!after.digests(name).equals(before.digests(name))) {
        after.uses(name).forEach(use -> uses.add(Use.of(use, name.qualified())));
      }
    }
    var outside = new TreeSet<>(now.uses());
    change.before().ifPresent(was -> outside.removeAll(was.uses()));
    outside.forEach(use -> uses.add(Use.of(use, "")));
    return uses;
  }

  /** Every name that stands in the file, used or defined. */
  private static Set<String> names(FileSymbols symbols) {
    Set<String> names = new HashSet<>();
    symbols.uses().forEach(use -> names.add(Use.of(use, "").name()));
    for (var definition : symbols.definitions()) {
      names.addAll(definition.path());
      definition.uses().forEach(use -> names.add(Use.of(use, "").name()));
    }
    return names;
  }

  /**
   * Whether the name can mean that definition: by what it stands in, which the file must name too;
   * at the top of a file by an import, or by standing in the same package.
   */
  private static boolean reaches(
      Broken broken, Use use, SymbolChange other, FileSymbols after, Set<String> names) {
    if (!after.language().uses(Language.ofPath(broken.path()).orElse(after.language()))) {
      return false;
    }
    boolean isSameFile = broken.path().equals(other.path());
    var container = broken.was().container();
    if (!container.isEmpty()) {
      return isSameFile || names.contains(owner(container.getLast()));
    }
    if (isSameFile) {
      return !use.isMember();
    }
    var places = Place.of(broken.path());
    boolean isNamed = places.names().stream().anyMatch(names::contains);
    return switch (after.language()) {
      case Go, Java ->
          use.isMember() ? isNamed : places.folder().equals(Place.of(other.path()).folder());
      case Python, JavaScript, TypeScript, Tsx, Rust ->
          isNamed && (use.isMember() || isImported(use.name(), after));
    };
  }

  /** The type that {@code impl A for B} is about. */
  private static String owner(String container) {
    return container.substring(container.lastIndexOf(' ') + 1);
  }

  private static boolean isImported(String name, FileSymbols symbols) {
    return symbols.uses().contains(name) || symbols.uses().contains("." + name);
  }

  /**
   * Where a file lies.
   *
   * @param names of its folders and its own without the ending: what an import may say
   */
  private record Place(String folder, Set<String> names) {
    static Place of(String path) {
      int slash = path.lastIndexOf('/');
      var folder = path.substring(0, Math.max(slash, 0));
      var file = path.substring(slash + 1);
      var names = new HashSet<>(List.of(folder.split("/")));
      names.add(file.substring(0, Math.max(file.lastIndexOf('.'), 0)));
      names.remove("");
      return new Place(folder, names);
    }
  }
}
