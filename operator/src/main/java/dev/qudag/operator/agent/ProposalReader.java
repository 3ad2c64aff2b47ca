package dev.qudag.operator.agent;

import dev.qudag.api.v1alpha1.Condition;
import dev.qudag.api.v1alpha1.MergeProposal;
import dev.qudag.api.v1alpha1.MergeProposalStatus;
import dev.qudag.operator.agent.lifecycle.Proposed;
import dev.qudag.operator.agent.lifecycle.Proposed.Evidence;
import dev.qudag.operator.agent.lifecycle.Proposed.FailedCheck;
import dev.qudag.operator.agent.lifecycle.Proposed.Outcome;
import dev.qudag.operator.status.Conditions;
import dev.qudag.proto.HubState;
import dev.qudag.proto.Proposal;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
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

  /** Of those, the ones whose object tells more than the hub. */
  private static final Set<String> WITH_EVIDENCE = Set.of("CheckFailed", "ConflictUnresolved");

  /** By which a person rejects a proposal, with the words that its agent is to read. */
  private static final String REJECT = "qudag.dev/reject";

  private ProposalReader() {}

  /**
   * Reads the proposals.
   *
   * @param objects the MergeProposals of the workspace
   */
  static List<Proposed> read(
      String workspaceUid, Optional<HubState> hub, List<MergeProposal> objects) {
    Map<String, Proposed> read = new LinkedHashMap<>();
    objects.forEach(object -> read.put(object.getMetadata().getName(), ofObject(object, objects)));
    hub.ifPresent(
        state ->
            state.getProposalsList().stream()
                .filter(proposal -> proposal.getWorkspaceUid().equals(workspaceUid))
                .forEach(proposal -> read.put(proposal.getName(), ofHub(proposal, objects))));
    return List.copyOf(read.values());
  }

  private static Proposed ofHub(Proposal proposal, List<MergeProposal> objects) {
    Optional<MergeProposal> object = object(objects, proposal.getName());
    Evidence evidence =
        object.map(o -> evidence(proposal.getReason(), o, objects)).orElse(Evidence.NONE);
    Outcome outcome =
        switch (proposal.getState()) {
          case LANDED -> Outcome.MERGED;
          case CLOSED -> ended(proposal.getReason(), object, evidence);
          case OPEN, DECIDING, STALE, PROPOSAL_STATE_UNSPECIFIED, UNRECOGNIZED -> Outcome.OPEN;
        };
    return new Proposed(
        proposal.getName(),
        proposal.getAcceptedAtMs(),
        outcome,
        proposal.getReason(),
        proposal.getMessage(),
        evidence);
  }

  /** The object is a moment behind the hub: what it has to show is waited for. */
  private static Outcome ended(String reason, Optional<MergeProposal> object, Evidence evidence) {
    if (!isMendable(reason, object)) {
      return Outcome.ENDED;
    }
    boolean evidenceToCome =
        WITH_EVIDENCE.contains(reason)
            && evidence.isEmpty()
            && object.filter(o -> ready(o).isEmpty()).isPresent();
    return evidenceToCome ? Outcome.OPEN : Outcome.REFUSED;
  }

  /** What the validators reject ends; what a person rejects, the agent is to do otherwise. */
  private static boolean isMendable(String reason, Optional<MergeProposal> object) {
    return MENDABLE.contains(reason)
        || (reason.equals("Rejected") && object.filter(ProposalReader::isRejected).isPresent());
  }

  private static boolean isRejected(MergeProposal object) {
    var annotations = object.getMetadata().getAnnotations();
    return annotations != null && annotations.containsKey(REJECT);
  }

  private static Proposed ofObject(MergeProposal object, List<MergeProposal> objects) {
    Optional<Condition> end = ready(object);
    String reason = end.map(Condition::reason).orElse("");
    Outcome outcome =
        end.isEmpty()
            ? Outcome.OPEN
            : reason.equals("Merged")
                ? Outcome.MERGED
                : isMendable(reason, Optional.of(object)) ? Outcome.REFUSED : Outcome.ENDED;
    return new Proposed(
        object.getMetadata().getName(),
        Instant.parse(object.getMetadata().getCreationTimestamp()).toEpochMilli(),
        outcome,
        reason,
        end.map(Condition::message).orElse(""),
        evidence(reason, object, objects));
  }

  /** Every end of a proposal is Ready. */
  private static Optional<Condition> ready(MergeProposal object) {
    return Optional.ofNullable(object.getStatus())
        .flatMap(status -> Conditions.find(status.conditions(), Condition.READY))
        .filter(condition -> condition.status() == Condition.Status.True);
  }

  private static Evidence evidence(
      String reason, MergeProposal object, List<MergeProposal> objects) {
    return reason.equals("DependencyFailed") ? below(object, objects) : evidence(reason, object);
  }

  /** What was wrong with the first of those on which it was stacked that ended by itself. */
  private static Evidence below(MergeProposal object, List<MergeProposal> objects) {
    Set<String> seen = new HashSet<>();
    Deque<String> next = new ArrayDeque<>(object.getSpec().dependsOn());
    while (!next.isEmpty()) {
      String name = next.remove();
      Optional<MergeProposal> at = object(objects, name).filter(_ -> seen.add(name));
      Evidence own = at.map(o -> evidence(end(o), o)).orElse(Evidence.NONE);
      if (!own.isEmpty()) {
        return own;
      }
      at.ifPresent(o -> next.addAll(o.getSpec().dependsOn()));
    }
    return Evidence.NONE;
  }

  private static String end(MergeProposal object) {
    return ready(object).map(Condition::reason).orElse("");
  }

  private static Evidence evidence(String reason, MergeProposal object) {
    MergeProposalStatus status = object.getStatus();
    if (status == null) {
      return Evidence.NONE;
    }
    return switch (reason) {
      case "CheckFailed" -> new Evidence(failedCheck(status), List.of());
      case "ConflictUnresolved" ->
          new Evidence(
              Optional.empty(),
              status.conflicts() == null ? List.of() : status.conflicts().paths(),
              status.conflicts() == null ? List.of() : status.conflicts().symbols());
      default -> Evidence.NONE;
    };
  }

  private static Optional<FailedCheck> failedCheck(MergeProposalStatus status) {
    return status.checks().stream()
        .filter(check -> check.result() == MergeProposalStatus.Result.Failed)
        .findFirst()
        .map(
            check ->
                new FailedCheck(
                    check.name(),
                    Optional.ofNullable(check.exitCode()),
                    check.log() == null ? "" : check.log()));
  }

  private static Optional<MergeProposal> object(List<MergeProposal> objects, String name) {
    return objects.stream()
        .filter(object -> object.getMetadata().getName().equals(name))
        .findFirst();
  }
}
