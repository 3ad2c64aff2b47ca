package dev.qudag.operator.node;

import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.identity.AdminSignature;
import dev.qudag.consensus.chain.identity.MemberSet;
import dev.qudag.consensus.chain.identity.NodeRole;
import dev.qudag.consensus.chain.identity.SignedGrant;
import dev.qudag.crypto.Digest;
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

  /**
   * What a node gets that joins a swarm.
   *
   * @param set hub and validator: who decides by now, for it to ask
   * @param grant workspace: its right to propose
   * @param succession hub: the signature by which the genesis takes the place of its own, where one
   *     is needed
   */
  record Welcome(
      Genesis genesis,
      Optional<MemberSet> set,
      Optional<SignedGrant> grant,
      Optional<AdminSignature> succession) {
    public static Welcome of(Genesis genesis, Optional<SetInForce> set) {
      return of(genesis, set, Optional.empty());
    }

    /** For the hub. */
    public static Welcome of(
        Genesis genesis, Optional<SetInForce> set, Optional<AdminSignature> succession) {
      return new Welcome(genesis, set.map(SetInForce::set), Optional.empty(), succession);
    }

    /** For a workspace. */
    public static Welcome of(Genesis genesis, SignedGrant grant) {
      return new Welcome(genesis, Optional.empty(), Optional.of(grant), Optional.empty());
    }

    /** Whether its chain takes the place of the one whose genesis has this digest. */
    boolean takesThePlaceOf(Digest other) {
      return genesis.predecessor().filter(before -> before.genesis().equals(other)).isPresent();
    }
  }

  /** Hands a node that was enrolled what it needs to join. Idempotent. */
  void join(NodeTarget target, EnrolledNode node, Welcome welcome);

  /**
   * Has the node join, unless it has joined; whether it is of this genesis then. The hub's volume
   * alone is taken along to a chain that takes the place of its own.
   */
  default boolean admit(NodeTarget target, EnrolledNode node, Welcome welcome) {
    boolean goesOver =
        target.role() == NodeRole.HUB
            && node.genesis().filter(welcome::takesThePlaceOf).isPresent();
    if (node.genesis().isEmpty() || goesOver) {
      join(target, node, welcome);
      return true;
    }
    return node.genesis().get().equals(welcome.genesis().digest());
  }

  /** The operator's word that these keys belong to a workspace. */
  SignedGrant grant(Genesis genesis, String workspaceUid, String workspaceName, EnrolledNode node);
}
