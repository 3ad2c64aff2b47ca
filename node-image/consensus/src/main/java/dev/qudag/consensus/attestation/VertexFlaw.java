package dev.qudag.consensus.attestation;

/** Why a message of the attestation layer is refused: the closed list. */
public enum VertexFlaw {
  /** Of another chain or epoch. */
  OTHER_CHAIN("OtherChain"),
  /** The author is not in the set. */
  UNKNOWN_AUTHOR("UnknownAuthor"),
  /** A parent's author is not in the set. */
  UNKNOWN_PARENT_AUTHOR("UnknownParentAuthor"),
  /** An attestation by another author, or made for another place than this vertex. */
  MISPLACED_ENTRY("MisplacedEntry"),
  /** The header is not signed by its author. */
  BAD_SIGNATURE("BadSignature"),
  /** An attestation in the batch is not signed by the author. */
  BAD_ENTRY_SIGNATURE("BadEntrySignature"),
  /** The author is proven to have equivocated: nothing more is taken of it. */
  CONVICTED_AUTHOR("ConvictedAuthor"),
  /** The author has more waiting than one author may: it has to let decisions end first. */
  TOO_MUCH_HELD("TooMuchHeld"),
  /** Evidence that proves nothing. */
  BAD_EVIDENCE("BadEvidence"),
  /** A frontier with more or fewer authors than the set. */
  BAD_FRONTIER("BadFrontier");

  private final String text;

  VertexFlaw(String text) {
    this.text = text;
  }

  /** As it stands in metrics and messages. */
  public String text() {
    return text;
  }
}
