package dev.qudag.operator.agent;

import dev.qudag.api.v1alpha1.Condition;
import dev.qudag.api.v1alpha1.MergeProposal;
import dev.qudag.api.v1alpha1.MergeProposalStatus;
import dev.qudag.operator.agent.lifecycle.Proposed;
import dev.qudag.operator.agent.lifecycle.Proposed.FailedCheck;
import dev.qudag.operator.agent.lifecycle.Proposed.Outcome;
import dev.qudag.operator.status.Conditions;
import dev.qudag.proto.HubState;
import dev.qudag.proto.Proposal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How the proposals of a workspace stand: as the hub tells, and for those that it has forgotten, as
 * their objects say. Pure.
 */
final class ProposalReader {
  /** Ends that another revision may mend. */
  private static final Set<String> MENDABLE =
      Set.of("CheckFailed", "ConflictUnresolved", "DependencyFailed");

  private ProposalReader() {}

  /**
   * Reads the proposals.
   *
   * @param objects the MergeProposals of the workspace
   */
  static List<Proposed> read(
      String workspaceUid, Optional<HubState> hub, List<MergeProposal> objects) {
    Map<String, Proposed> read = new LinkedHashMap<>();
    objects.forEach(object -> read.put(object.getMetadata().getName(), ofObject(object)));
    hub.ifPresent(
        state ->
            state.getProposalsList().stream()
                .filter(proposal -> proposal.getWorkspaceUid().equals(workspaceUid))
                .forEach(
                    proposal ->
                        read.put(
                            proposal.getName(),
                            ofHub(proposal, object(objects, proposal.getName())))));
    return List.copyOf(read.values());
  }

  private static Proposed ofHub(Proposal proposal, Optional<MergeProposal> object) {
    Optional<FailedCheck> check = object.flatMap(ProposalReader::failedCheck);
    Outcome outcome =
        switch (proposal.getState()) {
          case LANDED -> Outcome.MERGED;
          case CLOSED -> ended(proposal.getReason(), object, check);
          case OPEN, DECIDING, STALE, PROPOSAL_STATE_UNSPECIFIED, UNRECOGNIZED -> Outcome.OPEN;
        };
    return new Proposed(
        proposal.getName(),
        proposal.getAcceptedAtMs(),
        outcome,
        proposal.getReason(),
        proposal.getMessage(),
        check);
  }

  /** The object is a moment behind the hub: the check's output is waited for. */
  private static Outcome ended(
      String reason, Optional<MergeProposal> object, Optional<FailedCheck> check) {
    if (!MENDABLE.contains(reason)) {
      return Outcome.ENDED;
    }
    boolean outputToCome =
        reason.equals("CheckFailed")
            && check.isEmpty()
            && object.filter(o -> ready(o).isEmpty()).isPresent();
    return outputToCome ? Outcome.OPEN : Outcome.REFUSED;
  }

  private static Proposed ofObject(MergeProposal object) {
    Optional<Condition> end = ready(object);
    String reason = end.map(Condition::reason).orElse("");
    Outcome outcome =
        end.isEmpty()
            ? Outcome.OPEN
            : reason.equals("Merged")
                ? Outcome.MERGED
                : MENDABLE.contains(reason) ? Outcome.REFUSED : Outcome.ENDED;
    return new Proposed(
        object.getMetadata().getName(),
        Instant.parse(object.getMetadata().getCreationTimestamp()).toEpochMilli(),
        outcome,
        reason,
        end.map(Condition::message).orElse(""),
        failedCheck(object));
  }

  /** Every end of a proposal is Ready. */
  private static Optional<Condition> ready(MergeProposal object) {
    return Optional.ofNullable(object.getStatus())
        .flatMap(status -> Conditions.find(status.conditions(), Condition.READY))
        .filter(condition -> condition.status() == Condition.Status.True);
  }

  private static Optional<FailedCheck> failedCheck(MergeProposal object) {
    return Optional.ofNullable(object.getStatus()).stream()
        .flatMap(status -> status.checks().stream())
        .filter(check -> check.result() == MergeProposalStatus.Result.Failed)
        .findFirst()
        .map(check -> new FailedCheck(check.name(), check.log() == null ? "" : check.log()));
  }

  private static Optional<MergeProposal> object(List<MergeProposal> objects, String name) {
    return objects.stream()
        .filter(object -> object.getMetadata().getName().equals(name))
        .findFirst();
  }
}
