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
 * @param signer fingerprint of the key that signed
 * @param view of the votes; the sequence number where the step is ATTEST
 */
public record Offence(Digest signer, long epoch, long view, Step step)
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
      Comparator.comparing(Offence::signer)
          .thenComparingLong(Offence::epoch)
          .thenComparingLong(Offence::view)
          .thenComparing(Offence::step);

  public Offence {
    Fields.require(
        epoch >= 0 && view >= 0,
        "offence",
        "epoch " + epoch + ", view " + view,
        "no negative number");
  }

  @Override
  public int compareTo(Offence other) {
    return ORDER.compare(this, other);
  }

  public void writeTo(CanonicalWriter out) {
    out.digest(signer).int64(epoch).int64(view).int8(step.code);
  }

  public static Offence readFrom(CanonicalReader in) {
    return new Offence(in.digest(), in.int64(), in.int64(), Step.of(in.int8()));
  }
}
