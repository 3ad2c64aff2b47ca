package dev.qudag.operator.node;

import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.identity.SignedGrant;
import java.util.Optional;

/**
 * How nodes become known. Both calls block for a few seconds at most and throw {@link
 * io.grpc.StatusRuntimeException} while the node cannot be reached: a pod that starts is not there
 * yet, the next pass tries again.
 */
public interface NodeEnrolment {
  /**
   * Asks a node who it is and checks the answer.
   *
   * @throws EnrolmentRefusedException when what answered is not the pod that the operator made, or
   *     lies about its keys
   */
  EnrolledNode enrol(NodeTarget target);

  /** Hands the genesis to a node that was enrolled, and to a workspace its grant. Idempotent. */
  void join(NodeTarget target, EnrolledNode node, Genesis genesis, Optional<SignedGrant> grant);

  /** The operator's word that these keys belong to a workspace. */
  SignedGrant grant(Genesis genesis, String workspaceUid, String workspaceName, EnrolledNode node);
}
