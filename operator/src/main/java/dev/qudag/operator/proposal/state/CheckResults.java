package dev.qudag.operator.proposal.state;

import dev.qudag.api.v1alpha1.MergeProposalStatus.Check;
import dev.qudag.api.v1alpha1.MergeProposalStatus.Result;
import dev.qudag.api.v1alpha1.SwarmSpec;
import dev.qudag.operator.policy.ChainPolicy;
import dev.qudag.operator.proposal.check.CheckKey;
import dev.qudag.operator.proposal.queue.Attempt.Checks;
import java.util.List;
import java.util.Optional;

/** The checks that a policy demands against the results that a status holds. */
public final class CheckResults {
  private CheckResults() {}

  /** The result of exactly that check, as the policy has it now, on exactly that tree. */
  public static Optional<Check> find(List<Check> results, SwarmSpec.Check check, String tree) {
    String job = new CheckKey(tree, ChainPolicy.of(check)).jobName();
    return results.stream().filter(result -> job.equals(result.job())).findFirst();
  }

  public static boolean isFinal(Check result) {
    return result.result() == Result.Passed || result.result() == Result.Failed;
  }

  /**
   * All together.
   *
   * @param blocked whether one of them cannot run
   */
  public static Checks summary(
      List<SwarmSpec.Check> demanded, List<Check> results, String tree, boolean blocked) {
    var found = demanded.stream().map(check -> find(results, check, tree)).toList();
    if (found.stream().anyMatch(r -> r.filter(c -> c.result() == Result.Failed).isPresent())) {
      return Checks.FAILED;
    }
    if (found.stream().allMatch(r -> r.filter(c -> c.result() == Result.Passed).isPresent())) {
      return Checks.PASSED;
    }
    if (blocked) {
      return Checks.BLOCKED;
    }
    return found.stream().anyMatch(r -> r.filter(c -> c.result() != Result.Pending).isEmpty())
        ? Checks.MISSING
        : Checks.RUNNING;
  }

  /** For example 1/2. */
  public static String passedOfAll(List<SwarmSpec.Check> demanded, List<Check> results) {
    long passed =
        results.stream()
            .filter(c -> c.result() == Result.Passed)
            .map(Check::name)
            .distinct()
            .count();
    return passed + "/" + demanded.size();
  }
}
