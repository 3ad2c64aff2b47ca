package dev.qudag.operator.proposal.state;

import dev.qudag.api.v1alpha1.MergeProposalStatus.Check;
import dev.qudag.api.v1alpha1.MergeProposalStatus.Result;
import dev.qudag.api.v1alpha1.SwarmSpec;
import dev.qudag.operator.policy.ChainPolicy;
import dev.qudag.operator.proposal.check.CheckKey;
import dev.qudag.operator.proposal.check.CheckRun;
import dev.qudag.operator.proposal.check.CheckRun.Blocked;
import dev.qudag.operator.proposal.check.CheckRun.Ending;
import dev.qudag.operator.status.PodReason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One look at all checks of a tree: results that were there stay, Jobs that have ended become
 * results.
 */
final class CheckRound {
  private final ProposalObservation seen;
  private final String tree;
  private final List<Check> results = new ArrayList<>();
  private final List<CheckKey> missing = new ArrayList<>();
  private @Nullable PodReason held;
  private boolean blocked;
  private Effect.@Nullable RestartCheck restart;
  private @Nullable Instant lookAgain;

  CheckRound(ProposalObservation seen, List<Check> before, String tree) {
    this.seen = seen;
    this.tree = tree;
    for (SwarmSpec.Check check : seen.policyChecks()) {
      results.add(
          CheckResults.find(before, check, tree)
              .filter(CheckResults::isFinal)
              .orElseGet(() -> look(check)));
    }
  }

  List<Check> results() {
    return results;
  }

  boolean allPassed() {
    return results.stream().allMatch(result -> result.result() == Result.Passed);
  }

  /** Why a check cannot run. */
  Optional<PodReason> blocked() {
    return blocked ? Optional.ofNullable(held) : Optional.empty();
  }

  /** Why a check does not run yet. */
  Optional<PodReason> held() {
    return Optional.ofNullable(held);
  }

  /** What the checks need: a start, another start, or time. */
  Effect effect() {
    if (!missing.isEmpty()) {
      return new Effect.StartChecks(missing);
    }
    if (restart != null) {
      return restart;
    }
    return lookAgain == null ? new Effect.None() : new Effect.LookAgain(lookAgain);
  }

  private Check look(SwarmSpec.Check check) {
    var key = new CheckKey(tree, ChainPolicy.of(check));
    var run = seen.runs().getOrDefault(check.name(), new CheckRun.NotStarted());
    return switch (run) {
      case CheckRun.NotStarted() -> {
        missing.add(key);
        yield result(key, Result.Pending, null, null);
      }
      case CheckRun.Running(var why, var at) -> {
        why.ifPresent(reason -> held = reason);
        at.ifPresent(this::lookAgainAt);
        yield result(key, Result.Running, null, null);
      }
      case CheckRun.Passed(var ending) -> result(key, Result.Passed, 0, ending);
      case CheckRun.Failed(var code, var ending) -> result(key, Result.Failed, code, ending);
      case CheckRun.TimedOut(var ending) -> result(key, Result.Failed, null, ending);
      case Blocked stopped -> {
        stopped(key, stopped);
        yield result(key, Result.Pending, null, null);
      }
    };
  }

  private void stopped(CheckKey key, Blocked stopped) {
    held = stopped.why();
    blocked = true;
    if (stopped.retry().isPresent()) {
      Instant retry = stopped.retry().get();
      if (retry.isAfter(seen.now())) {
        lookAgainAt(retry);
      } else {
        restart = new Effect.RestartCheck(key, stopped.attempt() + 1);
      }
    }
  }

  private void lookAgainAt(Instant at) {
    lookAgain = lookAgain == null || at.isBefore(lookAgain) ? at : lookAgain;
  }

  private Check result(
      CheckKey key, Result result, @Nullable Integer exitCode, @Nullable Ending ending) {
    String name = key.spec().name();
    return new Check(
        name,
        result,
        tree,
        ending == null ? null : ending.image(),
        key.jobName(),
        exitCode,
        ending == null ? null : seen.logs().getOrDefault(name, ""));
  }
}
