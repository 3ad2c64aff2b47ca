package dev.qudag.operator.proposal.state;

import dev.qudag.api.v1alpha1.MergeProposalStatus.Check;
import dev.qudag.api.v1alpha1.MergeProposalStatus.Result;
import dev.qudag.api.v1alpha1.SwarmSpec;
import dev.qudag.operator.policy.ChainPolicy;
import dev.qudag.operator.proposal.check.CheckKey;
import dev.qudag.operator.proposal.check.CheckRun;
import dev.qudag.operator.proposal.check.CheckRun.Blocked;
import dev.qudag.operator.proposal.check.CheckRun.Ending;
import dev.qudag.operator.proposal.check.Tries;
import dev.qudag.operator.proposal.state.Effect.RestartCheck.Why;
import dev.qudag.operator.status.PodReason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One look at all checks of a tree: results that were there stay, Jobs that have ended become
 * results, or runs again.
 */
final class CheckRound {
  private final ProposalObservation seen;
  private final String tree;
  private final List<Check> results = new ArrayList<>();
  private final List<Effect.Start> missing = new ArrayList<>();
  private @Nullable PodReason held;
  private boolean blocked;
  private Effect.@Nullable RestartCheck restart;
  private @Nullable Instant lookAgain;

  CheckRound(ProposalObservation seen, List<Check> before, String tree) {
    this.seen = seen;
    this.tree = tree;
    for (SwarmSpec.Check check : seen.policyChecks()) {
      Optional<Check> known = CheckResults.find(before, check, tree);
      results.add(known.filter(CheckResults::isFinal).orElseGet(() -> look(check, known)));
    }
  }

  List<Check> results() {
    return results;
  }

  boolean allPassed() {
    return results.stream().allMatch(CheckResults::isGood);
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

  private Check look(SwarmSpec.Check check, Optional<Check> known) {
    var key = new CheckKey(tree, ChainPolicy.of(check));
    var run = seen.runs().getOrDefault(check.name(), new CheckRun.NotStarted());
    return switch (run) {
      case CheckRun.NotStarted() -> {
        var tries = Tries.after(failures(known));
        missing.add(new Effect.Start(key, tries));
        yield underWay(key, known, Result.Pending, tries);
      }
      case CheckRun.Running(var why, var at, var tries) -> {
        why.ifPresent(reason -> held = reason);
        at.ifPresent(this::lookAgainAt);
        yield underWay(key, known, Result.Running, tries);
      }
      case CheckRun.Passed(var ending) ->
          ended(key, ending.tries().failures() > 0 ? Result.Flaky : Result.Passed, 0, ending);
      case CheckRun.Failed(var code, var ending) -> failed(check, key, code, ending);
      case CheckRun.TimedOut(var ending) -> failed(check, key, null, ending);
      case Blocked stopped -> {
        stopped(key, stopped);
        yield open(key, known, Result.Infra, stopped.tries());
      }
      case CheckRun.Outdated(var tries) -> {
        restart(key, tries.discarded(), Why.OUTDATED);
        yield open(key, known, Result.Pending, tries.discarded());
      }
    };
  }

  /** A failure is run again before it counts, as often as the policy says. */
  private Check failed(
      SwarmSpec.Check check, CheckKey key, @Nullable Integer exitCode, Ending ending) {
    Tries next = ending.tries().failed();
    if (next.failures() > check.retries()) {
      return ended(key, Result.Failed, exitCode, ending);
    }
    restart(key, next, Why.FAILED);
    return result(key, Result.Retrying, ending.image(), exitCode, log(key), next.failures());
  }

  private void stopped(CheckKey key, Blocked stopped) {
    held = stopped.why();
    blocked = true;
    if (stopped.retry().isPresent()) {
      Instant retry = stopped.retry().get();
      if (retry.isAfter(seen.now())) {
        lookAgainAt(retry);
      } else {
        restart(key, stopped.tries().blocked(), Why.BLOCKED);
      }
    }
  }

  private void restart(CheckKey key, Tries tries, Why why) {
    restart = new Effect.RestartCheck(new Effect.Start(key, tries), why);
  }

  private void lookAgainAt(Instant at) {
    lookAgain = lookAgain == null || at.isBefore(lookAgain) ? at : lookAgain;
  }

  private static int failures(Optional<Check> known) {
    return known.map(Check::failures).orElse(0);
  }

  /** Once it has failed, it is called so until its last run has ended. */
  private Check underWay(CheckKey key, Optional<Check> known, Result otherwise, Tries tries) {
    return open(key, known, tries.failures() > 0 ? Result.Retrying : otherwise, tries);
  }

  /** With what the failure before it said. */
  private Check open(CheckKey key, Optional<Check> known, Result result, Tries tries) {
    Optional<Check> failure = known.filter(_ -> tries.failures() > 0);
    return result(
        key,
        result,
        null,
        failure.map(Check::exitCode).orElse(null),
        failure.map(Check::log).orElse(null),
        tries.failures());
  }

  private Check ended(CheckKey key, Result result, @Nullable Integer exitCode, Ending ending) {
    return result(key, result, ending.image(), exitCode, log(key), ending.tries().failures());
  }

  private String log(CheckKey key) {
    return seen.logs().getOrDefault(key.spec().name(), "");
  }

  private Check result(
      CheckKey key,
      Result result,
      @Nullable String image,
      @Nullable Integer exitCode,
      @Nullable String log,
      int failures) {
    return new Check(
        key.spec().name(),
        result,
        tree,
        image,
        key.jobName(),
        exitCode,
        log,
        failures == 0 ? null : failures);
  }
}
