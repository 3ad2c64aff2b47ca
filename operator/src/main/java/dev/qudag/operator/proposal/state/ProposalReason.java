package dev.qudag.operator.proposal.state;

/** Every reason that {@code Ready} of a MergeProposal can have, besides those lifted from a pod. */
public enum ProposalReason {
  // on the way
  Analyzing,
  Queued,
  Checking,
  Voting,
  Landing,
  Frozen,
  Suspended,
  PolicyChanging,
  HubUnavailable,
  // refused: a person must change something
  UnknownSwarm,
  UnknownBranch,
  UnknownRevision,
  WrongName,
  NotLanded,
  AlreadyUndone,
  DependencyCycle,
  // ends
  Merged,
  Rejected,
  CheckFailed,
  ConflictUnresolved,
  DependencyFailed,
  Superseded,
  Withdrawn;

  /** What to do after such an end. */
  public String remedy() {
    return switch (this) {
      case CheckFailed ->
          "mend the change so that the check passes, and push again; the log is in status.checks";
      case ConflictUnresolved ->
          "fetch the branch, merge it into the change, solve the conflicts, and push again";
      case DependencyFailed -> "take out what builds on it, or mend that one, and push both again";
      case Rejected -> "mend what the message names, and push again";
      case Superseded -> "nothing: a newer change of the same workspace has taken its place";
      case Withdrawn -> "nothing; to propose it after all, push another commit";
      case Merged -> "nothing";
      default -> "wait";
    };
  }

  /** What to do after such an end of a revert, which no agent mends. */
  String remedyOfRevert() {
    return switch (this) {
      case CheckFailed, ConflictUnresolved, DependencyFailed, Rejected, Superseded ->
          "undo the change by a proposal of a workspace; or, once that can pass, delete this object"
              + " and make it again";
      case Withdrawn -> "nothing; to order it after all, delete this object and make it again";
      default -> remedy();
    };
  }
}
