package dev.qudag.operator.proposal.state;

import com.google.protobuf.ByteString;
import dev.qudag.api.v1alpha1.MergeProposalStatus.Batch;
import dev.qudag.api.v1alpha1.MergeProposalStatus.Check;
import dev.qudag.api.v1alpha1.MergeProposalStatus.Conflicts;
import dev.qudag.api.v1alpha1.MergeProposalStatus.Member;
import dev.qudag.api.v1alpha1.MergeProposalStatus.Result;
import dev.qudag.operator.policy.ChainPolicy;
import dev.qudag.operator.proposal.batch.Batches;
import dev.qudag.operator.proposal.batch.Merged;
import dev.qudag.operator.proposal.queue.Attempt;
import dev.qudag.operator.proposal.queue.Attempt.Built;
import dev.qudag.operator.proposal.queue.Attempt.Unmergeable;
import dev.qudag.operator.proposal.queue.MergeQueue;
import dev.qudag.operator.proposal.queue.Step;
import dev.qudag.proto.Analysis;
import dev.qudag.proto.Proposal;
import java.util.List;
import java.util.Objects;

/** The hub holds it open; the queue says what it needs next. */
public record Queued(Proposal said) implements ProposalState {
  @Override
  public Transition next(ProposalObservation seen) {
    Progress progress = seen.progress().heard(said);
    if (seen.isCancelled()) {
      return eject(
          seen, progress, ProposalReason.Withdrawn, "cancelled by the annotation qudag.dev/cancel");
    }
    if (seen.rejection().isPresent()) {
      return eject(seen, progress, ProposalReason.Rejected, rejected(seen.rejection().get()));
    }
    return Reverting.of(seen)
        .filter(revert -> revert.isOvertaken(said))
        .map(revert -> orderAgain(seen, progress, revert))
        .orElseGet(() -> goOn(seen, progress));
  }

  private static String rejected(String words) {
    return words.isEmpty() ? "rejected by a person" : "rejected by a person: " + words;
  }

  private Transition orderAgain(ProposalObservation seen, Progress progress, Reverting revert) {
    return revert.isStillWanted(said)
        ? Transition.of(
            progress,
            Summary.working(
                ProposalReason.Queued, "another revert has landed: the order is signed anew"),
            new Effect.OrderRevert())
        : eject(
            seen,
            progress,
            ProposalReason.Rejected,
            "another revert has landed, and no person's object asks for this one");
  }

  private static Transition goOn(ProposalObservation seen, Progress progress) {
    return seen.place()
        .map(place -> next(seen, progress, place))
        .orElseGet(
            () ->
                Transition.show(
                    progress, Summary.working(ProposalReason.Queued, "waits for its Swarm")));
  }

  private static Transition next(
      ProposalObservation seen, Progress progress, MergeQueue.Place place) {
    Progress placed = progress.queued(place.position(), null);
    if (seen.together().share() > 0) {
      return split(placed, seen.together().share());
    }
    return switch (place.step()) {
      case Step.Build step -> build(placed, step);
      case Step.RunChecks(var built) -> check(seen, placed, built);
      case Step.AwaitChecks(var built) -> check(seen, placed, built);
      case Step.Decide(var built, var members) -> decide(seen, placed, built, members);
      case Step.Wait(var other) -> await(seen, progress, place.position(), other);
      case Step.Eject(var attempt) -> eject(seen, placed, attempt);
      case Step.AwaitDecision() ->
          Transition.show(placed, Summary.working(ProposalReason.Voting, "with the validators"));
      case Step.Hold(var below) -> hold(placed, below);
      case Step.Orphaned(var dependency) -> orphan(seen, placed, dependency);
      case Step.Deadlocked(var cycle) -> deadlock(placed, cycle);
      case Step.Split(_, var share) -> split(placed, share);
    };
  }

  /** Asked again until the others of a batch have taken it over; what is known stays then. */
  private static Transition build(Progress progress, Step.Build step) {
    String base = step.base();
    return Transition.of(
        progress,
        progress.isBuilt()
            ? Summary.working(
                ProposalReason.Queued, "merged anew onto %s: the line has moved".formatted(base))
            : Summary.working(ProposalReason.Analyzing, "merged in trial onto " + base),
        new Effect.Analyze(base, step.members(), step.share()));
  }

  /** Persisted here; who is to blame is found by checking fewer of them together. */
  private static Transition split(Progress progress, int share) {
    return Transition.show(
        progress.split(share),
        Summary.working(
            ProposalReason.Queued,
            share == 1
                ? "a check failed on what it was merged with: next it is checked by itself"
                : "a check failed on what it was merged with: next at most %d are checked together"
                    .formatted(share)));
  }

  private static Transition await(
      ProposalObservation seen, Progress progress, int position, String other) {
    if (seen.together().joins().isPresent()) {
      return Transition.of(
          progress.queued(position, other),
          Summary.working(ProposalReason.Queued, "is checked together with " + other),
          new Effect.Join(seen.together().joins().get()));
    }
    if (seen.together().shared().isPresent() && !progress.checks().isEmpty()) {
      return Transition.show(
          progress.queued(position, other),
          Summary.working(
              ProposalReason.Checking,
              checking(progress, progress.checkedTree(), progress.checks())));
    }
    String message =
        other.isEmpty()
            ? "at place %d of the queue".formatted(position)
            : "at place %d of the queue, waits for %s".formatted(position, other);
    return Transition.show(
        progress.queued(position, other.isEmpty() ? null : other),
        Summary.working(ProposalReason.Queued, message));
  }

  private static Transition hold(Progress progress, int below) {
    return Transition.show(
        progress,
        Summary.working(
            ProposalReason.Frozen,
            ("ready to land; landing is frozen below priority %d: remove the annotation"
                    + " qudag.dev/freeze of the Swarm, or raise qudag.dev/priority of this object")
                .formatted(below)));
  }

  private static Transition orphan(ProposalObservation seen, Progress progress, String dependency) {
    return eject(
        seen,
        progress,
        ProposalReason.DependencyFailed,
        "depends on %s, which %s".formatted(dependency, end(seen, dependency)));
  }

  /** Its agent gets feedback about the top of a stack alone. */
  private static String end(ProposalObservation seen, String dependency) {
    return seen.hub().stream()
        .flatMap(hub -> hub.getProposalsList().stream())
        .filter(other -> other.getName().equals(dependency) && !other.getReason().isEmpty())
        .findFirst()
        .map(other -> "ended with %s: %s".formatted(other.getReason(), other.getMessage()))
        .orElse("ended without landing");
  }

  private static Transition deadlock(Progress progress, List<String> cycle) {
    return Transition.show(
        progress,
        Summary.stalled(
            ProposalReason.DependencyCycle,
            "waits for itself: %s; delete one of them, and propose it without that dependency"
                .formatted(String.join(" depends on ", cycle))));
  }

  private static Transition check(ProposalObservation seen, Progress progress, Built built) {
    if (!isPolicyInForce(seen)) {
      return policyChanging(progress);
    }
    var round = new CheckRound(seen, progress.checks(), built.tree());
    Progress checked = progress.checked(round.results(), round.allPassed(), seen.now());
    if (round.allPassed() && !seen.together().isOn() && isHead(seen, built.base())) {
      return decide(seen, checked, built, built.members());
    }
    Summary checking =
        Summary.working(ProposalReason.Checking, checking(checked, built.tree(), round.results()));
    Summary summary =
        round
            .held()
            .map(why -> new Summary(Summary.Kind.WORKING, why.reason(), why.message()))
            .orElse(checking);
    return new Transition(checked, summary, round.blocked(), round.effect());
  }

  private static String checking(Progress progress, String tree, List<Check> results) {
    String how = String.join(", ", results.stream().map(c -> c.name() + " " + c.result()).toList());
    Batch batch = progress.batch();
    return batch != null && Batches.isShared(batch)
        ? "checked on tree %s, which %s make together: %s"
            .formatted(tree, String.join(", ", Batches.names(batch)), how)
        : "checked on tree %s: %s".formatted(tree, how);
  }

  /**
   * Also shown by the pass that finds out that nothing is missing any more: the next one does it.
   */
  private static Transition decide(
      ProposalObservation seen, Progress progress, Built tip, List<String> members) {
    if (seen.isSuspended()) {
      return Transition.show(
          progress,
          Summary.working(
              ProposalReason.Suspended,
              "ready to land; the Swarm is suspended: set spec.suspended to false"));
    }
    if (seen.isFrozen()) {
      return hold(progress, seen.freezeBelow());
    }
    if (!isPolicyInForce(seen)) {
      return policyChanging(progress);
    }
    return Transition.of(
        progress.checked(progress.checks(), true, seen.now()),
        Summary.working(
            ProposalReason.Voting, "commit %s goes to the validators".formatted(tip.commit())),
        new Effect.Decide(
            members,
            progress.build() == null ? tip.base() : progress.build().base(),
            tip.commit(),
            tip.tree(),
            seen.together().tip().orElse(progress.checks())));
  }

  private static boolean isHead(ProposalObservation seen, String base) {
    return seen.hub().filter(hub -> hub.getHead().equals(base)).isPresent();
  }

  private static Transition policyChanging(Progress progress) {
    return Transition.show(
        progress,
        Summary.working(
            ProposalReason.PolicyChanging,
            "the Swarm's policy is not in force yet: the validators decide on it"));
  }

  private static boolean isPolicyInForce(ProposalObservation seen) {
    var wanted = seen.swarm().map(s -> s.getSpec().policy()).map(p -> ChainPolicy.of(p).digest());
    var inForce = seen.hub().map(h -> h.getPolicyDigest());
    return wanted.map(d -> ByteString.copyFrom(d.bytes())).equals(inForce);
  }

  /**
   * The answer to {@link Effect.Analyze}.
   *
   * @param merged the proposal, then as many of the others as merge cleanly
   */
  public Transition analyzed(ProposalObservation seen, Effect.Analyze asked, List<Merged> merged) {
    Merged own = merged.getFirst();
    Progress before = placed(seen);
    Progress progress =
        before.analyzed(
            asked.base(),
            own.analysis(),
            skipped(seen, merged),
            own.isClean()
                ? Batches.of(asked.base(), merged, asked.share())
                : Batches.ofNobody(asked.share()),
            seen.now());
    return Batches.isShared(progress.batch()) && Objects.equals(before.batch(), progress.batch())
        ? Transition.show(before, merged(asked.base(), own.analysis()))
        : analyzed(seen, asked.base(), own.analysis(), progress);
  }

  private static Transition analyzed(
      ProposalObservation seen, String base, Analysis analysis, Progress progress) {
    if (!analysis.getRefusedReason().isEmpty()) {
      String because =
          "%s: %s".formatted(analysis.getRefusedReason(), analysis.getRefusedMessage());
      return isHead(seen, base)
          ? eject(seen, progress, ProposalReason.Rejected, because)
          : Transition.show(
              progress,
              Summary.working(ProposalReason.Queued, "refused behind those before it: " + because));
    }
    if (analysis.getConflictFiles() > 0) {
      return Transition.show(
          progress, Summary.working(ProposalReason.Queued, "in conflict on " + base));
    }
    if (isHead(seen, base) && !seen.together().isOn() && needsNoCheck(seen, progress)) {
      return decide(seen, progress, built(seen, analysis), List.of(seen.name()));
    }
    return Transition.show(progress, merged(base, analysis));
  }

  private static Summary merged(String base, Analysis analysis) {
    return Summary.working(
        ProposalReason.Checking, "merged onto %s as %s".formatted(base, analysis.getCommit()));
  }

  private static Built built(ProposalObservation seen, Analysis analysis) {
    return new Built(
        analysis.getBase(),
        List.of(seen.name()),
        analysis.getTree(),
        analysis.getCommit(),
        Attempt.Checks.PASSED);
  }

  private Progress placed(ProposalObservation seen) {
    Progress heard = seen.progress().heard(said);
    return seen.place().map(place -> heard.queued(place.position(), null)).orElse(heard);
  }

  /** None that what it is built on needs: that may land by this tree, too. */
  private static List<Check> skipped(ProposalObservation seen, List<Merged> merged) {
    List<Check> skipped = CheckResults.skipped(seen.policyChecks(), merged);
    return seen.together()
        .below()
        .map(
            below ->
                skipped.stream()
                    .filter(check -> below.stream().anyMatch(other -> isSkipped(other, check)))
                    .toList())
        .orElse(skipped);
  }

  private static boolean isSkipped(Check other, Check check) {
    return other.result() == Result.Skipped && other.name().equals(check.name());
  }

  /** The answer to {@link Effect.Join}. The first of the batch has said what it must be. */
  public Transition joined(ProposalObservation seen, Batch batch, Analysis analysis) {
    boolean isSame = batch.members().contains(new Member(seen.name(), analysis.getCommit()));
    return isSame
        ? Transition.show(
            placed(seen).analyzed(analysis.getBase(), analysis, List.of(), batch, seen.now()),
            Summary.working(
                ProposalReason.Checking,
                "merged onto %s as %s, and checked with those behind it"
                    .formatted(analysis.getBase(), analysis.getCommit())))
        : Transition.show(
            placed(seen),
            Summary.working(
                ProposalReason.Queued,
                "it merges onto %s otherwise than the first of its batch heard; that asks again"
                    .formatted(analysis.getBase())));
  }

  /** There is none, or the change touches the paths of none. */
  private static boolean needsNoCheck(ProposalObservation seen, Progress progress) {
    var skipped = progress.checks().stream().map(Check::name).toList();
    return seen.policyChecks().stream().allMatch(check -> skipped.contains(check.name()));
  }

  private static Transition eject(ProposalObservation seen, Progress progress, Attempt attempt) {
    return switch (attempt) {
      case Built built ->
          eject(
              seen,
              progress,
              ProposalReason.CheckFailed,
              Failure.of(progress.checks(), built.tree(), seen.blame()));
      case Unmergeable(var base) when progress.conflicts() == null ->
          build(
              progress,
              new Step.Build(
                  base, List.of(seen.name()), 0)); // asked again: the hub says why it refuses
      case Unmergeable(var base) ->
          eject(
              seen,
              progress,
              ProposalReason.ConflictUnresolved,
              inConflict(base, progress.conflicts()));
    };
  }

  private static String inConflict(String base, Conflicts conflicts) {
    return conflicts.symbols().isEmpty()
        ? "in conflict with the branch at %s in %s"
            .formatted(base, String.join(", ", conflicts.paths()))
        : "lines merge with the branch at %s, but %s"
            .formatted(base, String.join("; ", conflicts.symbols()));
  }

  /** Persisted here; {@link Closing} tells the hub. */
  private static Transition eject(
      ProposalObservation seen, Progress progress, ProposalReason reason, String because) {
    return Transition.show(
        progress.ejected(because), Summary.working(reason, because + "; " + seen.remedy(reason)));
  }
}
