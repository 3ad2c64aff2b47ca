package dev.qudag.merge.symbol;

import dev.qudag.merge.symbol.SymbolFinding.By;
import dev.qudag.merge.symbol.SymbolFinding.Rule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Whether two sides that merge as lines change the same symbol. The innermost definition counts: a
 * class is not changed because a method of it is. Comments, white space, imports and statements
 * outside of definitions are of no symbol.
 */
public final class Interference {
  /** Raised whenever this or {@link Uses} judges differently. */
  public static final String VERSION = "3";

  /** Of a merge: one is enough to be Semantic, and hostile files have as many as one likes. */
  static final int MOST_FINDINGS = 100;

  private Interference() {}

  /**
   * @param ours every file that the branch changed and whose versions are known, by path
   * @param theirs as ours, of the proposal
   * @return sorted; of many the same {@link #MOST_FINDINGS} on every node
   */
  public static List<SymbolFinding> of(List<SymbolChange> ours, List<SymbolChange> theirs) {
    var findings = new TreeSet<SymbolFinding>();
    Map<String, SymbolChange> byPath = new TreeMap<>();
    theirs.forEach(change -> byPath.put(change.path(), change));
    for (var our : ours) {
      var their = byPath.get(our.path());
      if (their != null && findings.size() < MOST_FINDINGS) {
        findings.addAll(sameFile(our, version(our, ours), version(their, theirs)));
      }
    }
    findings.addAll(Uses.between(By.Ours, ours, theirs));
    findings.addAll(Uses.between(By.Theirs, theirs, ours));
    return findings.stream().limit(MOST_FINDINGS).toList();
  }

  /**
   * The side's version. A file that it removed and that merged all the same was moved: to the file
   * that it added with the most definitions of the old one, the first by path of several.
   */
  private static Optional<FileSymbols> version(SymbolChange change, List<SymbolChange> side) {
    if (change.after().isPresent()) {
      return change.after();
    }
    var before = Named.of(change.before());
    Optional<FileSymbols> found = Optional.empty();
    long most = 0;
    for (var other : side) {
      var after = Named.of(other.before().isPresent() ? Optional.empty() : other.after());
      long same =
          before.names().stream()
              .filter(name -> before.digests(name).equals(after.digests(name)))
              .count();
      if (same > most) {
        most = same;
        found = other.after();
      }
    }
    return found;
  }

  private static List<SymbolFinding> sameFile(
      SymbolChange ours, Optional<FileSymbols> ourVersion, Optional<FileSymbols> theirVersion) {
    var findings = new ArrayList<SymbolFinding>();
    if (ourVersion.isEmpty() || theirVersion.isEmpty()) {
      return findings;
    }
    var base = Named.of(ours.before());
    var our = Named.of(ourVersion);
    var their = Named.of(theirVersion);
    for (var name : base.names()) {
      if (bothChanged(base.digests(name), our.digests(name), their.digests(name))) {
        findings.add(finding(Rule.BothChanged, ours.path(), name));
      }
    }
    for (var name : our.names()) {
      if (base.of(name).isEmpty()
          && bothAdded(ours.language(), our.of(name), their.of(name))
          && !our.digests(name).equals(their.digests(name))) {
        findings.add(finding(Rule.BothAdded, ours.path(), name));
      }
    }
    return findings;
  }

  /**
   * Of several definitions with one name, as overloaded methods are, each stands for itself: both
   * sides took one and the same away, and did not put the same in its place.
   */
  private static boolean bothChanged(List<String> base, List<String> ours, List<String> theirs) {
    var goneOfOurs = without(base, ours);
    goneOfOurs.retainAll(new HashSet<>(without(base, theirs)));
    return !goneOfOurs.isEmpty() && !ours.equals(theirs);
  }

  private static boolean bothAdded(
      Language language, List<Definition> ours, List<Definition> theirs) {
    return ours.stream()
        .anyMatch(our -> theirs.stream().anyMatch(their -> isOne(language, our, their)));
  }

  /**
   * Whether there can be only one of both, which have one name: Java tells methods by signature.
   */
  private static boolean isOne(Language language, Definition one, Definition other) {
    if (language != Language.Java) {
      return true;
    }
    return one.kind() == other.kind()
        && (one.kind() != Definition.Kind.Callable || one.signature().equals(other.signature()));
  }

  static List<String> without(List<String> all, List<String> some) {
    var left = new ArrayList<>(all);
    some.forEach(left::remove);
    return left;
  }

  private static SymbolFinding finding(Rule rule, String path, Named.Name name) {
    return new SymbolFinding(rule, path, name.qualified(), By.Both, "", "");
  }
}
