package dev.qudag.consensus.simplex.message;

import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;

/**
 * One entry of the sign-state, the write-ahead log that outlives a crash. What it holds is never
 * signed again, only sent again; entries of views at or below the last final one are dead.
 */
public sealed interface SignRecord {
  String TAG = "qudag.dev/v1/sign-record";

  /** The view whose finality makes the entry dead. */
  long view();

  /**
   * Whether a message sent later relies on this entry: it must be on the disk before that message
   * leaves.
   */
  boolean precedesSending();

  /** An own vote. */
  record Voted(Vote vote) implements SignRecord {
    @Override
    public long view() {
      return vote.ballot().view();
    }

    @Override
    public boolean precedesSending() {
      return true;
    }
  }

  /** A proposal, own or of another leader, whose block this member votes for. */
  record Held(Proposal proposal) implements SignRecord {
    @Override
    public long view() {
      return proposal.view();
    }

    @Override
    public boolean precedesSending() {
      return true;
    }
  }

  /** A certificate that ended a view, so that a restart of all members goes on from there. */
  record Passed(Certificate certificate) implements SignRecord {
    @Override
    public long view() {
      return certificate.ballot().view();
    }

    @Override
    public boolean precedesSending() {
      return false;
    }
  }

  default byte[] encode() {
    CanonicalWriter out = CanonicalWriter.tagged(TAG);
    switch (this) {
      case Voted(Vote vote) -> vote.writeTo(out.int8(1));
      case Held(Proposal proposal) -> proposal.writeTo(out.int8(2));
      case Passed(Certificate certificate) -> certificate.writeTo(out.int8(3));
    }
    return out.toByteArray();
  }

  static SignRecord decode(byte[] bytes) {
    return CanonicalReader.read(TAG, bytes, SignRecord::readFrom);
  }

  private static SignRecord readFrom(CanonicalReader in) {
    int code = in.int8();
    return switch (code) {
      case 1 -> new Voted(Vote.readFrom(in));
      case 2 -> new Held(Proposal.readFrom(in));
      case 3 -> new Passed(Certificate.readFrom(in));
      default ->
          throw new IllegalArgumentException("sign record kind " + code + ", expected 1 to 3");
    };
  }
}
