package dev.qudag.operator.proposal.state;

import dev.qudag.api.v1alpha1.MergeProposal;
import dev.qudag.api.v1alpha1.MergeProposalStatus.Check;
import dev.qudag.api.v1alpha1.Swarm;
import dev.qudag.api.v1alpha1.SwarmSpec;
import dev.qudag.operator.proposal.batch.Together;
import dev.qudag.operator.proposal.check.CheckRun;
import dev.qudag.operator.proposal.queue.MergeQueue;
import dev.qudag.proto.HubState;
import dev.qudag.proto.Proposal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that a pass looks at, read once.
 *
 * @param hub the last state that the hub told
 * @param place in the queue; empty unless the hub holds the proposal open
 * @param lostDependency the first of those that it depends on that ended without landing
 * @param blame for the failure of what it is built as
 * @param together what it has to know of those that it shares checks or lands with
 * @param runs the Jobs of the checks that have no result yet, by the check's name
 * @param logs the end of what those said that have ended
 */
public record ProposalObservation(
    MergeProposal proposal,
    Optional<Swarm> swarm,
    Optional<HubState> hub,
    Optional<MergeQueue.Place> place,
    Optional<String> lostDependency,
    Blame blame,
    Together together,
    Map<String, CheckRun> runs,
    Map<String, String> logs,
    Instant now) {

  public static final String CANCEL = "qudag.dev/cancel";

  /** A person's refusal; its value is what the agent is told. */
  public static final String REJECT = "qudag.dev/reject";

  private static final int MAX_WORDS = 400;

  public String name() {
    return proposal.getMetadata().getName();
  }

  /** As its status has it; the results that it shares are as new as they are anywhere. */
  public Progress progress() {
    Progress own = Progress.of(proposal.getStatus());
    return together
        .shared()
        .map(results -> own.checked(results, hasPassed(results), now))
        .orElse(own);
  }

  private boolean hasPassed(List<Check> results) {
    return results.size() >= policyChecks().size()
        && results.stream().allMatch(CheckResults::isGood);
  }

  public Optional<Proposal> announced() {
    return hub.flatMap(
        state ->
            state.getProposalsList().stream().filter(p -> p.getName().equals(name())).findFirst());
  }

  /** What to do after an end for that reason. */
  String remedy(ProposalReason reason) {
    return Reverting.of(this).isPresent() ? reason.remedyOfRevert() : reason.remedy();
  }

  boolean isCancelled() {
    var annotations = proposal.getMetadata().getAnnotations();
    return annotations != null && annotations.containsKey(CANCEL);
  }

  /** The words of a person who rejects it, as one line. */
  Optional<String> rejection() {
    return Optional.ofNullable(proposal.getMetadata().getAnnotations())
        .map(annotations -> annotations.get(REJECT))
        .map(words -> OneLine.of(words, MAX_WORDS).strip());
  }

  /** Landing is frozen below a priority that it does not have. */
  boolean isFrozen() {
    int asked = announced().map(Proposal::getPriority).orElse(0);
    return swarm
        .filter(s -> freezeBelow() > QueueControls.priority(Optional.of(proposal), asked, s))
        .isPresent();
  }

  int freezeBelow() {
    return swarm.map(QueueControls::freezeBelow).orElse(0);
  }

  boolean isSuspended() {
    return swarm.filter(s -> s.getSpec().suspended()).isPresent();
  }

  /** The checks that the Swarm's spec asks for. */
  public List<SwarmSpec.Check> policyChecks() {
    return swarm
        .map(s -> s.getSpec().policy())
        .map(SwarmSpec.MergePolicy::checks)
        .orElse(List.of());
  }
}
