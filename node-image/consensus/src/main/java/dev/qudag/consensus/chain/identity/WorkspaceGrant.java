package dev.qudag.consensus.chain.identity;

import dev.qudag.consensus.chain.field.Fields;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.SigningKey;
import dev.qudag.crypto.VerifyingKey;
import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;

/**
 * The operator says: these two keys belong to this workspace. Authorship rests on it.
 *
 * @param tlsFingerprint SHA-256 of the SubjectPublicKeyInfo of the workspace's TLS key
 */
public record WorkspaceGrant(
    Digest chainId,
    String workspaceUid,
    String workspaceName,
    VerifyingKey signingKey,
    Digest tlsFingerprint) {
  private static final String TAG = "qudag.dev/v1/workspace-grant";

  public WorkspaceGrant {
    Fields.name("workspaceUid", workspaceUid);
    Fields.name("workspaceName", workspaceName);
  }

  public byte[] encode() {
    return CanonicalWriter.tagged(TAG)
        .digest(chainId)
        .text(workspaceUid)
        .text(workspaceName)
        .key(signingKey)
        .digest(tlsFingerprint)
        .toByteArray();
  }

  public static WorkspaceGrant decode(byte[] bytes) {
    return CanonicalReader.read(
        TAG,
        bytes,
        in -> new WorkspaceGrant(in.digest(), in.text(), in.text(), in.key(), in.digest()));
  }

  public SignedGrant sign(SigningKey operator) {
    return new SignedGrant(this, operator.sign(encode()));
  }
}
