package dev.qudag.merge.rule;

import dev.qudag.merge.text.Hunk;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rules, the surest first. */
public final class PatternRules {
  /** Raised whenever a rule says another thing of a hunk; part of the engine digest. */
  private static final int VERSION = 1;

  private static final List<Rule> IN_ORDER =
      List.of(
          new IdenticalEdits(),
          new TrailingWhitespace(),
          new VersionNumbers(),
          new BothAddImports(),
          new AdjacentAdditions());

  private PatternRules() {}

  /**
   * What takes the place of a hunk.
   *
   * @param rule the name of the rule that says so
   */
  public record Resolution(String rule, List<String> lines) {
    public Resolution {
      lines = List.copyOf(lines);
    }
  }

  /** Of the first rule that knows an answer in which {@link NoCodeLost no code is lost}. */
  public static Optional<Resolution> resolve(Hunk hunk) {
    return IN_ORDER.stream().flatMap(rule -> by(rule, hunk)).findFirst();
  }

  private static Stream<Resolution> by(Rule rule, Hunk hunk) {
    var keeps = new NoCodeLost(hunk, rule::identity);
    return rule
        .resolve(hunk)
        .filter(lines -> keeps.violatedBy(lines).isEmpty())
        .map(lines -> new Resolution(rule.name(), lines))
        .stream();
  }

  /** Version and names, in order: two engines with the same say the same of every hunk. */
  public static String identity() {
    return IN_ORDER.stream().map(Rule::name).collect(Collectors.joining(" ", VERSION + " ", ""));
  }
}
