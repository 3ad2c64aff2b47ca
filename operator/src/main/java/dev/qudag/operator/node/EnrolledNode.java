package dev.qudag.operator.node;

import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.identity.WorkspaceGrant;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.VerifyingKey;
import java.util.Optional;

/**
 * A node that proved which pod it is and which keys it has.
 *
 * @param head of a hub: the commit of the protected branch; else empty text
 * @param genesis digest of the genesis that it has joined
 */
public record EnrolledNode(
    VerifyingKey signingKey, Digest tlsFingerprint, String head, Optional<Digest> genesis) {
  /** What makes this node the sidecar of a Workspace, once the operator has signed it. */
  WorkspaceGrant grant(Genesis genesis, String workspaceUid, String workspaceName) {
    return new WorkspaceGrant(
        genesis.chainId(), workspaceUid, workspaceName, signingKey, tlsFingerprint);
  }
}
