package dev.qudag.consensus.simplex.message;

import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;

/**
 * Tells a peer where the sender stands. Who is ahead answers with certificates, who is behind with
 * its own progress. Unsigned: a lie costs the liar's own answer.
 *
 * @param view the view the sender is in
 * @param finalView the view of the last block it holds to be final, 0 for genesis
 * @param answer whether it answers another progress, and is not answered by one itself
 */
public record Progress(long view, long finalView, boolean answer) implements Message {
  void writeTo(CanonicalWriter out) {
    out.int64(view).int64(finalView).bool(answer);
  }

  static Progress readFrom(CanonicalReader in) {
    return new Progress(in.int64(), in.int64(), in.bool());
  }
}
