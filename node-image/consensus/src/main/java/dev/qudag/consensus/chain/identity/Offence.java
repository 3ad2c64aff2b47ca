package dev.qudag.consensus.chain.identity;

import dev.qudag.consensus.chain.field.Fields;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;
import java.util.Comparator;

/**
 * What a validator is held to account for, once: however many pieces of evidence show it, and
 * whoever found them.
 *
 * <p>Who did it is named by the index, which is one validator's for good: another key by then does
 * not wipe out what it signed with the one before.
 *
 * @param validator index of the validator, not its place in the set
 * @param signer fingerprint of the key that signed, which no validator may have again
 * @param view of the votes; the sequence number where the step is ATTEST
 */
public record Offence(int validator, Digest signer, long epoch, long view, Step step)
    implements Comparable<Offence> {
  /** What was contradicted. */
  public enum Step {
    /** Two blocks notarized in one view; for a leader that is two proposals too. */
    NOTARIZE(1),
    /** A view given up and finalized. */
    NULLIFY(2),
    /** Two blocks finalized in one view. */
    FINALIZE(3),
    /** Two attestation vertices of one sequence number. */
    ATTEST(4);

    private final int code;

    Step(int code) {
      this.code = code;
    }

    static Step of(int code) {
      for (Step step : values()) {
        if (step.code == code) {
          return step;
        }
      }
      throw new IllegalArgumentException("a step is 1 to 4, not " + code);
    }
  }

  private static final Comparator<Offence> ORDER =
      Comparator.comparingInt(Offence::validator)
          .thenComparing(Offence::signer)
          .thenComparingLong(Offence::epoch)
          .thenComparingLong(Offence::view)
          .thenComparing(Offence::step);

  public Offence {
    Fields.require(
        validator >= 0 && epoch >= 0 && view >= 0,
        "offence",
        "validator " + validator + ", epoch " + epoch + ", view " + view,
        "no negative number");
  }

  @Override
  public int compareTo(Offence other) {
    return ORDER.compare(this, other);
  }

  public void writeTo(CanonicalWriter out) {
    out.int32(validator).digest(signer).int64(epoch).int64(view).int8(step.code);
  }

  public static Offence readFrom(CanonicalReader in) {
    return new Offence(in.int32(), in.digest(), in.int64(), in.int64(), Step.of(in.int8()));
  }
}
