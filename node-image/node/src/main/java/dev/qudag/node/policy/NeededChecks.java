package dev.qudag.node.policy;

import dev.qudag.consensus.chain.policy.CheckResult;
import dev.qudag.consensus.chain.policy.CheckRule;
import dev.qudag.consensus.chain.policy.Policy;
import java.util.List;
import java.util.Optional;

/**
 * Which checks of a policy a change needs: all but those that have paths and of whose paths it
 * touches none. That one ran all the same is no fault.
 *
 * @param changed the paths that the change touches on its base
 */
public record NeededChecks(Policy policy, List<String> changed) {

  /** What the change may land without. */
  public List<CheckRule> unneeded() {
    return policy.checks().stream()
        .filter(CheckRule::mayBeLeftOut)
        .filter(rule -> touched(rule).isEmpty())
        .toList();
  }

  /** Why the change may not land with these results: a check, and a path that asks for it. */
  public Optional<String> missing(List<CheckResult> done) {
    return policy.checks().stream()
        .filter(CheckRule::mayBeLeftOut)
        .filter(rule -> done.stream().noneMatch(rule::isOf))
        .flatMap(
            rule -> touched(rule).map(path -> "%s, for %s".formatted(rule.name(), path)).stream())
        .findFirst();
  }

  private Optional<String> touched(CheckRule rule) {
    return new PathPatterns(rule.paths()).firstOf(changed);
  }
}
