package dev.qudag.operator.proposal;

import dev.qudag.api.v1alpha1.MergeProposal;
import dev.qudag.api.v1alpha1.MergeProposalStatus;
import dev.qudag.api.v1alpha1.MergeProposalStatus.Build;
import dev.qudag.api.v1alpha1.MergeProposalStatus.Check;
import dev.qudag.api.v1alpha1.MergeProposalStatus.Passed;
import dev.qudag.api.v1alpha1.MergeProposalStatus.Result;
import dev.qudag.api.v1alpha1.SwarmSpec;
import dev.qudag.operator.policy.ChainPolicy;
import dev.qudag.operator.proposal.check.CheckKey;
import dev.qudag.operator.proposal.state.Blame;
import dev.qudag.operator.proposal.state.Blame.Verdict;
import dev.qudag.operator.proposal.state.CheckResults;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What checks said of the trees that have landed, as their proposals' objects keep it. Pure. */
final class LandedTrees {
  /** More that landed since tell nothing. */
  private static final int MOST_OTHERS = 16;

  private final List<SwarmSpec.Check> checks;
  private final Map<String, MergeProposal> byCommit = new HashMap<>();

  LandedTrees(List<SwarmSpec.Check> checks, List<MergeProposal> objects) {
    this.checks = checks;
    for (MergeProposal object : objects) {
      MergeProposalStatus status = object.getStatus();
      if (status != null && status.mergedCommit() != null) {
        byCommit.put(status.mergedCommit(), object);
      }
    }
  }

  /** Of the first check that failed on what the proposal is built as. */
  Blame blame(MergeProposal failed) {
    return failed.getStatus() == null ? new Blame.Unknown() : blame(failed.getStatus());
  }

  private Blame blame(MergeProposalStatus status) {
    Build build = status.build();
    Optional<SwarmSpec.Check> check =
        checks.stream().filter(c -> said(status, c) == Verdict.FAILED).findFirst();
    return build == null || check.isEmpty()
        ? new Blame.Unknown()
        : blame(check.get(), build, status.passed());
  }

  private Blame blame(SwarmSpec.Check check, Build build, @Nullable Passed passed) {
    if (passed == null) {
      Verdict base = of(build.base(), check);
      return Blame.of(base, base, Verdict.UNKNOWN, List.of());
    }
    return since(passed.base(), build.base())
        .map(
            others ->
                Blame.of(
                    of(passed.base(), check), of(build.base(), check), own(passed, check), others))
        .orElseGet(Blame.Unknown::new);
  }

  /** Who landed after one commit, up to another; empty when nobody can tell. */
  private Optional<List<String>> since(String from, String to) {
    Deque<String> others = new ArrayDeque<>();
    String at = to;
    while (!at.equals(from)) {
      MergeProposal landed = byCommit.get(at);
      Build build = landed == null ? null : landed.getStatus().build();
      if (landed == null || build == null || others.size() == MOST_OTHERS) {
        return Optional.empty();
      }
      others.addFirst(landed.getMetadata().getName());
      at = build.base();
    }
    return Optional.of(List.copyOf(others));
  }

  /** On the tree of a commit of the branch. */
  private Verdict of(String commit, SwarmSpec.Check check) {
    MergeProposal landed = byCommit.get(commit);
    return landed == null ? Verdict.UNKNOWN : said(landed.getStatus(), check);
  }

  /** What was skipped has said nothing. */
  private static Verdict said(MergeProposalStatus status, SwarmSpec.Check check) {
    Build build = status.build();
    return build == null
        ? Verdict.UNKNOWN
        : CheckResults.find(status.checks(), check, build.tree())
            .map(Check::result)
            .map(LandedTrees::verdict)
            .orElse(Verdict.UNKNOWN);
  }

  private static Verdict verdict(Result result) {
    return switch (result) {
      case Passed, Flaky -> Verdict.PASSED;
      case Failed -> Verdict.FAILED;
      case Pending, Running, Retrying, Skipped, Infra -> Verdict.UNKNOWN;
    };
  }

  private static Verdict own(Passed passed, SwarmSpec.Check check) {
    String job = new CheckKey(passed.tree(), ChainPolicy.of(check)).jobName();
    return passed.jobs().contains(job) ? Verdict.PASSED : Verdict.UNKNOWN;
  }
}
