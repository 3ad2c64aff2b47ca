package dev.qudag.consensus.chain;

import java.util.Optional;

/**
 * Why the chain does not take a decision.
 *
 * @param detail what was found and what was expected, one line
 */
public record Refusal(Reason reason, String detail) {
  static Optional<Refusal> of(Reason reason, String detail) {
    return Optional.of(new Refusal(reason, detail));
  }

  static Optional<Refusal> unless(boolean holds, Reason reason, String detail) {
    return holds ? Optional.empty() : of(reason, detail);
  }

  /** The closed list of reasons. */
  public enum Reason {
    WRONG_CHAIN("WrongChain"),
    UNKNOWN_BRANCH("UnknownBranch"),
    STALE_BASE("StaleBase"),
    POLICY_CHANGED("PolicyChanged"),
    ENGINE_CHANGED("EngineChanged"),
    SEALED("Sealed"),
    SET_CHANGED("SetChanged"),
    NOTHING_TO_CHANGE("NothingToChange"),
    NO_SUCH_MEMBER("NoSuchMember"),
    BAD_MEMBER("BadMember"),
    TOO_FEW_MEMBERS("TooFewMembers"),
    ALREADY_SLASHED("AlreadySlashed"),
    NOT_THE_OFFENDERS("NotTheOffenders"),
    BAD_ROTATION("BadRotation"),
    NEEDS_ADMINISTRATOR("NeedsAdministrator"),
    BAD_ADMIN_SIGNATURE("BadAdminSignature"),
    NO_UPSTREAM("NoUpstream"),
    VOIDED("Voided"),
    NOT_VOIDABLE("NotVoidable"),
    NOTHING_TO_MERGE("NothingToMerge"),
    NOTHING_TO_REVERT("NothingToRevert"),
    STALE_ORDER("StaleOrder"),
    NOTHING_TO_ADOPT("NothingToAdopt"),
    AUTHOR_MISMATCH("AuthorMismatch"),
    COMMIT_META_MISMATCH("CommitMetaMismatch"),
    LANDING_MISMATCH("LandingMismatch"),
    CHECKS_MISMATCH("ChecksMismatch"),
    CHECK_OF_ANOTHER_TREE("CheckOfAnotherTree"),
    CHECK_FAILED("CheckFailed"),
    BAD_GRANT_SIGNATURE("BadGrantSignature"),
    BAD_AUTHOR_SIGNATURE("BadAuthorSignature"),
    BAD_OPERATOR_SIGNATURE("BadOperatorSignature"),
    BAD_HUB_SIGNATURE("BadHubSignature"),
    UNKNOWN_APPROVER("UnknownApprover"),
    DUPLICATE_APPROVAL("DuplicateApproval"),
    FOREIGN_APPROVAL("ForeignApproval"),
    BAD_APPROVAL_SIGNATURE("BadApprovalSignature"),
    TOO_FEW_APPROVALS("TooFewApprovals");

    private final String text;

    Reason(String text) {
      this.text = text;
    }

    /** As it stands in conditions and messages. */
    public String text() {
      return text;
    }
  }

  /** {@code Reason: detail}. */
  public String message() {
    return reason.text() + ": " + detail;
  }
}
