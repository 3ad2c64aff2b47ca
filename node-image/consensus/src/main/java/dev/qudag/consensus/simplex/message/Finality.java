package dev.qudag.consensus.simplex.message;

import dev.qudag.consensus.simplex.block.BlockHeader;
import dev.qudag.consensus.simplex.member.ValidatorSet;
import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;
import java.util.List;

/**
 * Why a block is final: a FINALIZE certificate over it or over a descendant, and the headers
 * between the two.
 *
 * @param headers from the block the certificate is over down to the block that is final by this,
 *     both included; each one's parent is the next
 */
public record Finality(Certificate certificate, List<BlockHeader> headers) {
  private static final String TAG = "qudag.dev/v1/finality";

  public Finality {
    headers = List.copyOf(headers);
    if (headers.isEmpty()) {
      throw new IllegalArgumentException("finality of no block");
    }
  }

  /** The block that is final by this. */
  public BlockHeader subject() {
    return headers.getLast();
  }

  /**
   * Whether the headers link, the certificate is over the first of them, and a quorum of the set
   * signed it.
   */
  public boolean isValid(ValidatorSet set) {
    return certificate.ballot().equals(Ballot.finalize(headers.getFirst()))
        && isLinked()
        && certificate.isValid(set);
  }

  /** Whether each header is a child of the next, on one chain and in one epoch. */
  public boolean isLinked() {
    for (int i = 1; i < headers.size(); i++) {
      if (!headers.get(i - 1).isChildOf(headers.get(i))) {
        return false;
      }
    }
    return true;
  }

  public byte[] encode() {
    CanonicalWriter out = CanonicalWriter.tagged(TAG);
    certificate.writeTo(out);
    return out.list(headers, (writer, header) -> writer.bytes(header.encode())).toByteArray();
  }

  public static Finality decode(byte[] bytes) {
    return CanonicalReader.read(
        TAG,
        bytes,
        in ->
            new Finality(
                Certificate.readFrom(in), in.list(item -> BlockHeader.decode(item.byteArray()))));
  }
}
