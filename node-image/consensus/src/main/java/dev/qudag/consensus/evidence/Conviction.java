package dev.qudag.consensus.evidence;

import dev.qudag.consensus.chain.identity.Offence;
import java.util.List;
import java.util.Optional;

/** What evidence was found to prove. */
public sealed interface Conviction {
  /**
   * These offences, rising: each is acted on once, by whatever evidence.
   *
   * @param offences at least one
   */
  record Convicted(List<Offence> offences) implements Conviction {
    public Convicted {
      offences = offences.stream().sorted().toList();
    }
  }

  /**
   * Nothing.
   *
   * @param detail what was found and what was expected, one line
   */
  record Refused(Reason reason, String detail) implements Conviction {}

  /** The closed list of reasons. */
  enum Reason {
    WRONG_CHAIN("WrongChain"),
    WRONG_EPOCH("WrongEpoch"),
    UNKNOWN_SIGNER("UnknownSigner"),
    NOT_THE_LEADER("NotTheLeader"),
    BAD_SIGNATURE("BadSignature"),
    BAD_CERTIFICATE("BadCertificate");

    private final String text;

    Reason(String text) {
      this.text = text;
    }

    /** As it stands in messages and conditions. */
    public String text() {
      return text;
    }
  }

  static Optional<Refused> refuse(Reason reason, String detail) {
    return Optional.of(new Refused(reason, detail));
  }
}
