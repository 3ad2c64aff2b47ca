package dev.qudag.consensus.simplex.message;

import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;

/** What members say to each other. */
public sealed interface Message permits Proposal, Vote, Certificate, Wanted, Progress {
  String TAG = "qudag.dev/v1/simplex-message";

  default byte[] toBytes() {
    CanonicalWriter out = CanonicalWriter.tagged(TAG);
    switch (this) {
      case Proposal proposal -> proposal.writeTo(out.int8(1));
      case Vote vote -> vote.writeTo(out.int8(2));
      case Certificate certificate -> certificate.writeTo(out.int8(3));
      case Wanted wanted -> wanted.writeTo(out.int8(4));
      case Progress progress -> progress.writeTo(out.int8(5));
    }
    return out.toByteArray();
  }

  /**
   * A message out of its encoding.
   *
   * @throws dev.qudag.crypto.encoding.MalformedEncodingException when the bytes are not a message
   */
  static Message ofBytes(byte[] bytes) {
    return CanonicalReader.read(TAG, bytes, Message::readFrom);
  }

  private static Message readFrom(CanonicalReader in) {
    int code = in.int8();
    return switch (code) {
      case 1 -> Proposal.readFrom(in);
      case 2 -> Vote.readFrom(in);
      case 3 -> Certificate.readFrom(in);
      case 4 -> Wanted.readFrom(in);
      case 5 -> Progress.readFrom(in);
      default -> throw new IllegalArgumentException("message kind " + code + ", expected 1 to 5");
    };
  }
}
