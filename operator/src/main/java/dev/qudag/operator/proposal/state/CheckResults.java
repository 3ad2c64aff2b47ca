package dev.qudag.operator.proposal.state;

import com.google.protobuf.ByteString;
import dev.qudag.api.v1alpha1.MergeProposalStatus.Check;
import dev.qudag.api.v1alpha1.MergeProposalStatus.Result;
import dev.qudag.api.v1alpha1.SwarmSpec;
import dev.qudag.operator.policy.ChainPolicy;
import dev.qudag.operator.proposal.batch.Merged;
import dev.qudag.operator.proposal.check.CheckKey;
import dev.qudag.operator.proposal.queue.Attempt.Checks;
import dev.qudag.proto.Analysis;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The checks that a policy demands against the results that a status holds. */
public final class CheckResults {
  private CheckResults() {}

  /** The result of exactly that check, as the policy has it now, on exactly that tree. */
  public static Optional<Check> find(List<Check> results, SwarmSpec.Check check, String tree) {
    String job = new CheckKey(tree, ChainPolicy.of(check)).jobName();
    return results.stream().filter(result -> job.equals(result.job())).findFirst();
  }

  /** Nothing more is to be found out about that tree. */
  public static boolean isFinal(Check result) {
    return switch (result.result()) {
      case Passed, Flaky, Skipped, Failed -> true;
      case Pending, Running, Retrying, Infra -> false;
    };
  }

  /** The tree may land, as far as this check goes. */
  public static boolean isGood(Check result) {
    return isFinal(result) && result.result() != Result.Failed;
  }

  /** All together. */
  public static Checks summary(List<SwarmSpec.Check> demanded, List<Check> results, String tree) {
    var found = demanded.stream().map(check -> find(results, check, tree)).toList();
    if (found.stream().anyMatch(r -> r.filter(is(Result.Failed)).isPresent())) {
      return Checks.FAILED;
    }
    if (found.stream().allMatch(r -> r.filter(CheckResults::isGood).isPresent())) {
      return Checks.PASSED;
    }
    if (found.stream().anyMatch(r -> r.filter(is(Result.Infra)).isPresent())) {
      return Checks.BLOCKED;
    }
    if (found.stream().anyMatch(r -> r.filter(is(Result.Retrying)).isPresent())) {
      return Checks.RETRYING;
    }
    return found.stream().anyMatch(r -> r.filter(is(Result.Pending).negate()).isEmpty())
        ? Checks.MISSING
        : Checks.RUNNING;
  }

  private static Predicate<Check> is(Result result) {
    return check -> check.result() == result;
  }

  /**
   * The checks that the hub says the changes land without, as the Swarm's spec has them. Another
   * policy may be in force: a check whose spec is not the one that the hub means is to run.
   *
   * @param merged each onto the one before it
   */
  static List<Check> skipped(List<SwarmSpec.Check> demanded, List<Merged> merged) {
    String tree = merged.getLast().analysis().getTree();
    return demanded.stream()
        .filter(check -> merged.stream().allMatch(one -> isUnneeded(check, one.analysis())))
        .map(check -> skipped(check, tree))
        .toList();
  }

  private static boolean isUnneeded(SwarmSpec.Check check, Analysis analysis) {
    return analysis.getUnneededChecksList().contains(digest(check));
  }

  private static ByteString digest(SwarmSpec.Check check) {
    return ByteString.copyFrom(ChainPolicy.of(check).digest().bytes());
  }

  private static Check skipped(SwarmSpec.Check check, String tree) {
    String job = new CheckKey(tree, ChainPolicy.of(check)).jobName();
    return new Check(check.name(), Result.Skipped, tree, null, job, null, null, null);
  }

  /** For example 1/2. */
  public static String passedOfAll(List<SwarmSpec.Check> demanded, List<Check> results) {
    long passed = results.stream().filter(CheckResults::isGood).map(Check::name).distinct().count();
    return passed + "/" + demanded.size();
  }
}
