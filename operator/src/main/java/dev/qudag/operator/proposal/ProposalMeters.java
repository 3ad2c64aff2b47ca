package dev.qudag.operator.proposal;

import dev.qudag.api.v1alpha1.MergeProposalStatus.Build;
import dev.qudag.api.v1alpha1.MergeProposalStatus.Result;
import dev.qudag.api.v1alpha1.MergeProposalStatus.Stages;
import dev.qudag.operator.proposal.batch.Batches;
import dev.qudag.operator.proposal.state.Effect;
import dev.qudag.operator.proposal.state.Progress;
import dev.qudag.operator.proposal.state.ProposalObservation;
import dev.qudag.operator.proposal.state.Transition;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Counts what becomes of proposals, when their status is first written so. An operator that dies
 * between the two has not counted.
 */
final class ProposalMeters {
  static final String WAIT = "qudag.queue.wait";
  static final String EVICTIONS = "qudag.evictions";
  static final String RETESTS = "qudag.retests";
  static final String FLAKY = "qudag.checks.flaky";

  /** Why a tree is checked again, or another in its place. */
  enum Cause {
    /** Something else landed on the head that it was built on. */
    Overtaken,
    /** What it was built on does not land, or stands behind it now. */
    LineChanged,
    /** A check could not run: image, node, quota. */
    Infra,
    /** A check failed, and may run again; or those that shared it are checked apart. */
    Failed,
    /** The reference to a check's image has come to stand for another. */
    ImageChanged
  }

  private final MeterRegistry registry;
  private final Timer wait;

  ProposalMeters(MeterRegistry registry) {
    this.registry = registry;
    this.wait =
        Timer.builder(WAIT)
            .description("From the hub's acceptance of a proposal to its landing.")
            .serviceLevelObjectives(
                Duration.ofSeconds(10),
                Duration.ofMinutes(1),
                Duration.ofMinutes(5),
                Duration.ofMinutes(15),
                Duration.ofHours(1),
                Duration.ofHours(4),
                Duration.ofHours(24))
            .register(registry);
  }

  /** The status now says what the transition shows, and did not before. */
  void moved(ProposalObservation seen, Transition transition) {
    Progress before = seen.progress();
    Progress after = transition.progress();
    if (before.mergedCommit() == null && after.mergedCommit() != null) {
      landed(after.stages());
    }
    if (!before.isEjected() && after.isEjected()) {
      registry.counter(EVICTIONS, "reason", transition.summary().reason()).increment();
    }
    if (!after.isLed(seen.name())) {
      flaky(before, after);
    }
    if (!before.isLed(seen.name())) {
      voidBase(before, after).ifPresent(base -> retested(cause(seen, base)));
      if (Batches.isShared(before.batch()) && after.build() == null) {
        retested(Cause.Failed);
      }
    }
  }

  /** A check's Job was replaced. */
  void restarted(Effect.RestartCheck.Why why) {
    retested(
        switch (why) {
          case BLOCKED -> Cause.Infra;
          case FAILED -> Cause.Failed;
          case OUTDATED -> Cause.ImageChanged;
        });
  }

  /** What is called flaky now, and was not before. */
  private void flaky(Progress before, Progress after) {
    after.checks().stream()
        .filter(check -> check.result() == Result.Flaky && !before.checks().contains(check))
        .forEach(check -> registry.counter(FLAKY, "check", check.name()).increment());
  }

  private void landed(@Nullable Stages stages) {
    if (stages != null && stages.submitted() != null && stages.landed() != null) {
      wait.record(
          Duration.between(Instant.parse(stages.submitted()), Instant.parse(stages.landed())));
    }
  }

  /** What it was built on when its checks became void. */
  private static Optional<String> voidBase(Progress before, Progress after) {
    if (before.checks().isEmpty()) {
      return Optional.empty();
    }
    Optional<String> next = Optional.ofNullable(after.build()).map(Build::base);
    return Optional.ofNullable(before.build())
        .map(Build::base)
        .filter(base -> next.isPresent() && !next.equals(Optional.of(base)));
  }

  private static Cause cause(ProposalObservation seen, String base) {
    return seen.hub()
        .filter(hub -> new LineHistory(hub, List.of()).heads().contains(base))
        .map(_ -> Cause.Overtaken)
        .orElse(Cause.LineChanged);
  }

  private void retested(Cause cause) {
    registry.counter(RETESTS, "cause", cause.name()).increment();
  }
}
