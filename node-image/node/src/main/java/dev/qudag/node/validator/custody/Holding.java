package dev.qudag.node.validator.custody;

import dev.qudag.consensus.chain.custody.CustodyRecord;
import dev.qudag.consensus.chain.custody.SignedCustody;
import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;

/**
 * A record that is kept, as it lies on the disk.
 *
 * @param bytes that came over the wire for its objects; 0 of an end
 */
public record Holding(SignedCustody custody, long bytes) {
  private static final String TAG = "qudag.dev/v1/custody-holding";

  public Holding {
    if (bytes < 0) {
      throw new IllegalArgumentException(bytes + " bytes of objects, expected 0 or more");
    }
  }

  CustodyRecord record() {
    return custody.record();
  }

  byte[] encode() {
    return CanonicalWriter.tagged(TAG)
        .bytes(custody.record().encode())
        .bytes(custody.signature())
        .int64(bytes)
        .toByteArray();
  }

  static Holding decode(byte[] encoded) {
    return CanonicalReader.read(
        TAG,
        encoded,
        in ->
            new Holding(
                new SignedCustody(CustodyRecord.decode(in.byteArray()), in.bytes()), in.int64()));
  }
}
