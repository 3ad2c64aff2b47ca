package dev.qudag.operator.proposal.state;

import dev.qudag.api.v1alpha1.MergeProposalStatus.Check;
import dev.qudag.api.v1alpha1.MergeProposalStatus.Result;
import java.util.List;

/** Says of a tree which check failed on it, how, and whom else that concerns. */
final class Failure {
  /** Names in one sentence. */
  private static final int SHOWN = 4;

  private Failure() {}

  static String of(List<Check> checks, String tree, Blame blame) {
    String what =
        checks.stream()
            .filter(check -> check.result() == Result.Failed && tree.equals(check.tree()))
            .findFirst()
            .map(check -> "check %s %s".formatted(check.name(), ending(check)))
            .orElse("a check failed");
    return what + because(blame);
  }

  private static String ending(Check check) {
    return check.exitCode() == null
        ? "ran out of time on tree " + check.tree()
        : "ended with exit code %d on tree %s".formatted(check.exitCode(), check.tree());
  }

  private static String because(Blame blame) {
    return switch (blame) {
      case Blame.Unknown() -> "";
      case Blame.Own() -> "; without this change it passes";
      case Blame.Together(var others) ->
          "; it passed before %s landed, and after that without this change: only together they fail"
              .formatted(names(others));
    };
  }

  private static String names(List<String> others) {
    return others.size() <= SHOWN
        ? String.join(", ", others)
        : "%s and %d others"
            .formatted(String.join(", ", others.subList(0, SHOWN)), others.size() - SHOWN);
  }
}
