package dev.qudag.consensus.certificate;

import dev.qudag.crypto.Digest;
import java.util.List;

/** What a certificate was found to prove. */
public sealed interface Verification {
  /**
   * The decision is final on the chain of the expected genesis.
   *
   * @param height of the block that holds it
   * @param view of that block
   * @param signers names of the validators that signed, by index
   * @param quorum weight that was needed
   */
  record Proven(
      Digest chainId,
      Digest decisionDigest,
      long height,
      long view,
      List<String> signers,
      long quorum)
      implements Verification {
    public Proven {
      signers = List.copyOf(signers);
    }
  }

  /**
   * It proves nothing.
   *
   * @param detail what was found and what was expected, one line
   */
  record NotProven(Reason reason, String detail) implements Verification {
    /** {@code Reason: detail}. */
    public String message() {
      return reason.text() + ": " + detail;
    }
  }

  /** The closed list of reasons. */
  enum Reason {
    MALFORMED("Malformed"),
    WRONG_GENESIS("WrongGenesis"),
    WRONG_CHAIN("WrongChain"),
    WRONG_EPOCH("WrongEpoch"),
    WRONG_VALIDATOR_SET("WrongValidatorSet"),
    BROKEN_SEAL_CHAIN("BrokenSealChain"),
    NOT_FINALIZE("NotFinalize"),
    OTHER_BLOCK("OtherBlock"),
    BROKEN_HEADER_CHAIN("BrokenHeaderChain"),
    UNKNOWN_SIGNER("UnknownSigner"),
    TOO_FEW_SIGNERS("TooFewSigners"),
    BAD_SIGNATURE("BadSignature"),
    PATH_MISMATCH("PathMismatch"),
    OTHER_DECISION("OtherDecision"),
    NOT_THE_SUCCESSOR("NotTheSuccessor");

    private final String text;

    Reason(String text) {
      this.text = text;
    }

    /** As it stands in messages and conditions. */
    public String text() {
      return text;
    }
  }
}
