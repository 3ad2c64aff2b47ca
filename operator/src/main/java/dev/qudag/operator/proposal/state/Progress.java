package dev.qudag.operator.proposal.state;

import dev.qudag.api.v1alpha1.MergeProposalStatus;
import dev.qudag.api.v1alpha1.MergeProposalStatus.Batch;
import dev.qudag.api.v1alpha1.MergeProposalStatus.Build;
import dev.qudag.api.v1alpha1.MergeProposalStatus.Category;
import dev.qudag.api.v1alpha1.MergeProposalStatus.Check;
import dev.qudag.api.v1alpha1.MergeProposalStatus.Conflicts;
import dev.qudag.api.v1alpha1.MergeProposalStatus.Passed;
import dev.qudag.api.v1alpha1.MergeProposalStatus.Queue;
import dev.qudag.api.v1alpha1.MergeProposalStatus.Result;
import dev.qudag.api.v1alpha1.MergeProposalStatus.Stages;
import dev.qudag.api.v1alpha1.MergeProposalStatus.Votes;
import dev.qudag.operator.proposal.batch.Batches;
import dev.qudag.proto.Analysis;
import dev.qudag.proto.Proposal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is known of a proposal: its status without the conditions. Null is: not known yet. */
public record Progress(
    @Nullable String author,
    @Nullable Category category,
    @Nullable Conflicts conflicts,
    List<String> resolvedBy,
    @Nullable Build build,
    List<Check> checks,
    @Nullable Passed passed,
    @Nullable Batch batch,
    @Nullable Queue queue,
    @Nullable Votes votes,
    @Nullable String decision,
    @Nullable String certificate,
    @Nullable String mergedCommit,
    @Nullable Stages stages) {

  private static final int MAX_REASON = 512;

  public static Progress of(@Nullable MergeProposalStatus s) {
    return s == null
        ? new Progress(
            null, null, null, List.of(), null, List.of(), null, null, null, null, null, null, null,
            null)
        : new Progress(
            s.author(),
            s.category(),
            s.conflicts(),
            s.resolvedBy(),
            s.build(),
            s.checks(),
            s.passed(),
            s.batch(),
            s.queue(),
            s.votes(),
            s.decision(),
            s.certificate(),
            s.mergedCommit(),
            s.stages());
  }

  /** There is a tree, so the merge onto {@code build.base} succeeded. */
  public boolean isBuilt() {
    return build != null && !build.tree().isEmpty();
  }

  /** The tree that its checks run on: that of the last of its batch, or its own. */
  public String checkedTree() {
    if (Batches.isShared(batch) && batch != null) {
      return batch.tree();
    }
    return build == null ? "" : build.tree();
  }

  /** Whether it shares its checks, and another has started them. */
  public boolean isLed(String name) {
    return Batches.isShared(batch)
        && batch != null
        && !batch.members().getFirst().proposal().equals(name);
  }

  /** The proposal leaves the queue; persisted before the hub is told. */
  public boolean isEjected() {
    return queue != null && queue.ejectedBecause() != null;
  }

  /** Whether the other knows more of what the queue and the agents wait for. */
  public boolean isFurther(Progress next) {
    return !Objects.equals(build, next.build)
        || !Objects.equals(batch, next.batch)
        || !checks.equals(next.checks)
        || isEjected() != next.isEjected()
        || !Objects.equals(decision, next.decision)
        || !Objects.equals(mergedCommit, next.mergedCommit);
  }

  String ejectedBecause() {
    return isEjected() && queue != null ? queue.ejectedBecause() : "";
  }

  /** What the hub says: it is the authority on everything here. */
  Progress heard(Proposal said) {
    Stages old = stages == null ? new Stages(null, null, null, null, null) : stages;
    return new Progress(
        said.getAuthor(),
        category,
        conflicts,
        resolvedBy,
        build,
        checks,
        passed,
        batch,
        queue,
        votes(said),
        switch (said.getState()) {
          case DECIDING, LANDED -> hex(said.getDecisionDigest().toByteArray());
          case CLOSED -> decision;
          case OPEN, STALE, PROPOSAL_STATE_UNSPECIFIED, UNRECOGNIZED -> null;
        },
        hex(said.getCertificateDigest().toByteArray()),
        said.getMergedCommit().isEmpty() ? null : said.getMergedCommit(),
        new Stages(
            time(said.getAcceptedAtMs()),
            old.analyzed(),
            old.checked(),
            time(said.getDecidedAtMs()),
            time(said.getLandedAtMs())));
  }

  /** Of the decision that is judged or was; a stale one's say nothing. */
  private @Nullable Votes votes(Proposal said) {
    return switch (said.getState()) {
      case DECIDING, LANDED ->
          new Votes(said.getApprovals(), said.getRejections(), said.getRequired());
      case CLOSED -> votes;
      case OPEN, STALE, PROPOSAL_STATE_UNSPECIFIED, UNRECOGNIZED -> null;
    };
  }

  /**
   * A trial merge; what was known of another base is void.
   *
   * @param skipped the checks that the change lands without
   * @param with whom it shares its checks; null when it has its own
   */
  Progress analyzed(
      String base, Analysis analysis, List<Check> skipped, @Nullable Batch with, Instant now) {
    boolean inConflict = analysis.getConflictFiles() > 0;
    return new Progress(
        author,
        analysis.getCategory().isEmpty() ? null : Category.valueOf(analysis.getCategory()),
        inConflict
            ? new Conflicts(
                analysis.getConflictFiles(),
                analysis.getConflictPathsList(),
                analysis.getConflictSymbolsList())
            : null,
        List.copyOf(analysis.getResolvedByList()),
        new Build(base, analysis.getTree(), analysis.getCommit()),
        skipped,
        passedBefore(),
        with,
        queue,
        votes,
        decision,
        certificate,
        mergedCommit,
        stages == null
            ? null
            : new Stages(
                stages.submitted(),
                stages.analyzed() == null ? time(now.toEpochMilli()) : stages.analyzed(),
                null,
                stages.decided(),
                stages.landed()));
  }

  /**
   * What is built now, if it passed by itself; else what passed before. Checks that were skipped
   * are known before the others have begun.
   */
  private @Nullable Passed passedBefore() {
    boolean hasPassed =
        stages != null
            && stages.checked() != null
            && !checks.isEmpty()
            && checks.stream().allMatch(CheckResults::isGood);
    if (build == null || !hasPassed || Batches.isShared(batch)) {
      return passed;
    }
    List<String> jobs =
        checks.stream().filter(c -> c.result() != Result.Skipped).map(Check::job).toList();
    return new Passed(build.base(), build.tree(), jobs);
  }

  Progress checked(List<Check> now, boolean allPassed, Instant at) {
    String checked = stages == null ? null : stages.checked();
    String reached = allPassed && checked == null ? time(at.toEpochMilli()) : checked;
    Stages next =
        stages == null
            ? null
            : new Stages(
                stages.submitted(), stages.analyzed(), reached, stages.decided(), stages.landed());
    return with(now, queue, next);
  }

  /** A check that it shared has failed: nothing is known of it alone. */
  Progress split(int share) {
    return new Progress(
        author,
        category,
        null,
        resolvedBy,
        null,
        List.of(),
        passed,
        Batches.ofNobody(share),
        queue,
        votes,
        decision,
        certificate,
        mergedCommit,
        stages);
  }

  /** The check of that name of a Job cannot run. */
  Progress blocked(String job) {
    return with(
        checks.stream().map(check -> job.equals(check.job()) ? blocked(check) : check).toList(),
        queue,
        stages);
  }

  private static Check blocked(Check check) {
    return new Check(
        check.name(),
        Result.Infra,
        check.tree(),
        check.image(),
        check.job(),
        check.exitCode(),
        check.log(),
        check.failures());
  }

  Progress queued(int position, @Nullable String waitingFor) {
    return with(checks, new Queue(position, waitingFor, null), stages);
  }

  Progress ejected(String because) {
    String bounded =
        because.length() <= MAX_REASON ? because : because.substring(0, MAX_REASON - 1) + "…";
    return with(checks, new Queue(null, null, bounded), stages);
  }

  /** It waits no longer. */
  Progress dequeued() {
    return with(checks, isEjected() ? queue : null, stages);
  }

  private Progress with(List<Check> checks, @Nullable Queue queue, @Nullable Stages stages) {
    return new Progress(
        author,
        category,
        conflicts,
        resolvedBy,
        build,
        checks,
        passed,
        batch,
        queue,
        votes,
        decision,
        certificate,
        mergedCommit,
        stages);
  }

  private static @Nullable String hex(byte[] bytes) {
    return bytes.length == 0 ? null : HexFormat.of().formatHex(bytes);
  }

  private static @Nullable String time(long millis) {
    return millis == 0
        ? null
        : Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.MILLIS).toString();
  }
}
