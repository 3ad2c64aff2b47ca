package dev.qudag.operator.proposal;

import dev.qudag.api.v1alpha1.MergeProposalStatus;
import dev.qudag.api.v1alpha1.MergeProposalStatus.Check;
import dev.qudag.api.v1alpha1.MergeProposalStatus.Result;
import dev.qudag.consensus.chain.proposal.ProposalName;
import dev.qudag.operator.proposal.state.CheckResults;
import dev.qudag.operator.proposal.state.Progress;
import dev.qudag.operator.proposal.state.ProposalObservation;
import dev.qudag.operator.proposal.state.Summary;
import dev.qudag.operator.proposal.state.Transition;
import dev.qudag.operator.status.Conditions;
import dev.qudag.operator.status.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Computes the whole status of a proposal out of what a pass found. */
final class ProposalStatusFactory {
  static final String ANALYZED = "Analyzed";
  static final String CHECKED = "Checked";
  static final String APPROVED = "Approved";
  static final String MERGED = "Merged";
  static final String PENDING = "Pending";
  static final String RUNNING = "Running";

  private final Conditions conditions;

  ProposalStatusFactory(Conditions conditions) {
    this.conditions = conditions;
  }

  MergeProposalStatus status(ProposalObservation seen, Transition transition) {
    Progress p = transition.progress();
    MergeProposalStatus before = seen.proposal().getStatus();
    long generation = seen.proposal().getMetadata().getGeneration();
    List<Fact> facts = new ArrayList<>(transition.summary().facts());
    facts.add(analyzed(p));
    facts.add(checked(seen, transition));
    facts.add(approved(p));
    facts.add(merged(transition));
    return new MergeProposalStatus(
        generation,
        conditions.merge(before == null ? List.of() : before.conditions(), generation, facts),
        p.author(),
        p.category(),
        p.conflicts(),
        p.resolvedBy(),
        p.build(),
        p.checks(),
        p.isBuilt() ? CheckResults.passedOfAll(seen.policyChecks(), p.checks()) : null,
        p.passed(),
        p.batch(),
        p.queue(),
        p.votes(),
        p.decision(),
        p.certificate(),
        p.mergedCommit(),
        revertProposal(seen, p),
        p.stages());
  }

  /** Who wants it undone needs the name. */
  private static @Nullable String revertProposal(ProposalObservation seen, Progress p) {
    return p.mergedCommit() == null
        ? null
        : ProposalName.ofRevert(
            p.mergedCommit(), "refs/heads/" + seen.proposal().getSpec().targetBranch());
  }

  private static Fact analyzed(Progress p) {
    if (p.build() == null) {
      return Fact.unknown(ANALYZED, PENDING, "not merged in trial yet");
    }
    if (p.isBuilt()) {
      return Fact.yes(ANALYZED, "Mergeable", "merges onto " + p.build().base());
    }
    return p.conflicts() == null
        ? Fact.no(ANALYZED, "Refused", "cannot be merged onto " + p.build().base())
        : Fact.no(ANALYZED, "Conflicted", "in conflict on " + p.build().base());
  }

  private static Fact checked(ProposalObservation seen, Transition transition) {
    Progress p = transition.progress();
    if (transition.blocked().isPresent()) {
      var why = transition.blocked().get();
      return Fact.unknown(CHECKED, why.reason(), why.message());
    }
    if (!p.isBuilt()) {
      return Fact.unknown(CHECKED, PENDING, "there is no tree to check yet");
    }
    if (p.checks().stream().anyMatch(c -> c.result() == Result.Failed)) {
      return Fact.no(CHECKED, "Failed", "a check failed on tree " + p.checkedTree());
    }
    boolean all =
        p.checks().size() >= seen.policyChecks().size()
            && p.checks().stream().allMatch(CheckResults::isGood);
    return all
        ? Fact.yes(
            CHECKED,
            "Passed",
            "every check passed on tree %s%s%s"
                .formatted(
                    p.checkedTree(),
                    named("; flaky: ", p, Result.Flaky),
                    named("; not needed: ", p, Result.Skipped)))
        : Fact.unknown(CHECKED, RUNNING, "not every check has ended");
  }

  /** Nothing when there are none. */
  private static String named(String before, Progress p, Result result) {
    String names =
        p.checks().stream()
            .filter(check -> check.result() == result)
            .map(Check::name)
            .collect(Collectors.joining(", "));
    return names.isEmpty() ? "" : before + names;
  }

  private static Fact approved(Progress p) {
    var votes = p.votes();
    if (votes == null) {
      return Fact.unknown(APPROVED, PENDING, "not with the validators");
    }
    String count = "%d approvals, %d needed".formatted(votes.approve(), votes.required());
    return votes.approve() >= votes.required()
        ? Fact.yes(APPROVED, "QuorumReached", count)
        : Fact.unknown(APPROVED, "Voting", count);
  }

  private static Fact merged(Transition transition) {
    String commit = transition.progress().mergedCommit();
    if (commit != null) {
      return Fact.yes(MERGED, "Landed", "commit %s is on the branch".formatted(commit));
    }
    return transition.summary().kind() == Summary.Kind.ENDED
        ? Fact.no(MERGED, transition.summary().reason(), "ended without landing")
        : Fact.unknown(MERGED, PENDING, "not on the branch");
  }
}
