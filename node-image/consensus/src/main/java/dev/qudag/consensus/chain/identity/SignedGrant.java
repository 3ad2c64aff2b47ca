package dev.qudag.consensus.chain.identity;

import dev.qudag.consensus.chain.field.Fields;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.VerifyingKey;
import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;

/** A {@link WorkspaceGrant} with the operator's signature: what a workspace shows to the hub. */
public record SignedGrant(WorkspaceGrant grant, Bytes signature) {
  private static final String TAG = "qudag.dev/v1/signed-grant";

  public SignedGrant {
    Fields.size("grant signature", signature, VerifyingKey.SIGNATURE_SIZE);
  }

  public boolean isSignedBy(VerifyingKey operator) {
    return operator.verify(grant.encode(), signature);
  }

  public byte[] encode() {
    CanonicalWriter out = CanonicalWriter.tagged(TAG);
    writeTo(out);
    return out.toByteArray();
  }

  public static SignedGrant decode(byte[] bytes) {
    return CanonicalReader.read(TAG, bytes, SignedGrant::readFrom);
  }

  public void writeTo(CanonicalWriter out) {
    out.bytes(grant.encode()).bytes(signature);
  }

  public static SignedGrant readFrom(CanonicalReader in) {
    return new SignedGrant(WorkspaceGrant.decode(in.byteArray()), in.bytes());
  }
}
