package dev.qudag.consensus.chain.custody;

import dev.qudag.consensus.chain.field.Fields;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.VerifyingKey;

/**
 * A {@link CustodyRecord} with the hub's signature: a validator that gives it back cannot have made
 * it up, neither the proposal nor its end.
 */
public record SignedCustody(CustodyRecord record, Bytes signature) {
  public SignedCustody {
    Fields.size("custody signature", signature, VerifyingKey.SIGNATURE_SIZE);
  }

  /** Whether the hub of that chain signed it. */
  public boolean isOf(Digest chainId, VerifyingKey hub) {
    return record.chainId().equals(chainId) && hub.verify(record.encode(), signature);
  }
}
