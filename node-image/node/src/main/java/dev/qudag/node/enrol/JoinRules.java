package dev.qudag.node.enrol;

import dev.qudag.consensus.certificate.Succession;
import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.identity.AdminSignature;
import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.consensus.chain.identity.MemberSet;
import dev.qudag.consensus.chain.identity.NodeRole;
import dev.qudag.consensus.chain.identity.SignedGrant;
import dev.qudag.consensus.chain.identity.WorkspaceGrant;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.NodeIdentity;
import dev.qudag.crypto.VerifyingKey;
import java.util.Optional;

/**
 * What a node demands of a genesis before it keeps it: its own operator, and nobody else in its
 * place. A validator that genesis does not name waits for a decision that does. No node votes by
 * committee yet (docs/adr/0019-large-sets.md).
 */
final class JoinRules {
  private JoinRules() {}

  /** Why the genesis is refused; empty when it is right. */
  static Optional<String> refusal(
      Genesis genesis, Enrolment.Subject subject, Enrolment.Trust trust, NodeIdentity identity) {
    var operator = genesis.operator();
    if (!operator.tlsFingerprint().equals(trust.operatorTls())
        || !operator.signingKey().fingerprint().equals(trust.operatorKey())) {
      return Optional.of("the genesis names another operator than this node obeys");
    }
    if (genesis.set().electsCommittee()) {
      return Optional.of(
          "the genesis names "
              + genesis.members().size()
              + " validators, for whom a committee votes: nodes run sets of at most "
              + MemberSet.LARGEST_WITHOUT_COMMITTEE);
    }
    return switch (subject.role()) {
      case HUB ->
          isNamed(
                  genesis.hub().signingKey(),
                  genesis.hub().tlsFingerprint(),
                  genesis.hub().name(),
                  subject,
                  identity)
              ? Optional.empty()
              : Optional.of(
                  "the genesis names another hub than " + subject.name() + " with its keys");
      case VALIDATOR ->
          genesis.members().stream()
                  .filter(member -> isLike(member, subject, identity))
                  .allMatch(member -> isNamed(member, subject, identity))
              ? Optional.empty()
              : Optional.of(
                  "the genesis has no member " + subject.name() + " with this node's keys");
      case WORKSPACE -> Optional.empty();
    };
  }

  /**
   * Why a node that has joined one genesis does not go over to another; empty when it does. The hub
   * alone has what goes on: the branch. Every other node begins with an empty volume.
   *
   * @param signature by an administrator of the genesis that was joined
   */
  static Optional<String> refusal(
      Genesis joined, Genesis offered, NodeRole role, Optional<AdminSignature> signature) {
    String kept = "this node has joined another genesis and keeps it";
    if (role != NodeRole.HUB || offered.predecessor().isEmpty()) {
      return Optional.of(kept);
    }
    return Succession.refusal(joined, offered, signature).map(why -> kept + ": " + why);
  }

  /** Why the grant is refused; empty when the operator of the genesis gave it to this workspace. */
  static Optional<String> refusal(
      SignedGrant signed, Genesis genesis, Enrolment.Subject subject, NodeIdentity identity) {
    WorkspaceGrant grant = signed.grant();
    if (!signed.isSignedBy(genesis.operator().signingKey())) {
      return Optional.of("the grant is not signed by the operator");
    }
    return grant.chainId().equals(genesis.chainId())
            && isNamed(
                grant.signingKey(), grant.tlsFingerprint(), grant.workspaceUid(), subject, identity)
        ? Optional.empty()
        : Optional.of("the grant is for another chain, workspace or key");
  }

  /** Whether the member has this node's name or one of its keys. */
  private static boolean isLike(Member member, Enrolment.Subject subject, NodeIdentity identity) {
    return member.name().equals(subject.name())
        || member.signingKey().equals(identity.verifyingKey())
        || member.tlsFingerprint().equals(identity.tlsFingerprint());
  }

  private static boolean isNamed(Member member, Enrolment.Subject subject, NodeIdentity identity) {
    return isNamed(member.signingKey(), member.tlsFingerprint(), member.name(), subject, identity);
  }

  private static boolean isNamed(
      VerifyingKey key, Digest tls, String name, Enrolment.Subject subject, NodeIdentity identity) {
    return name.equals(subject.name())
        && key.equals(identity.verifyingKey())
        && tls.equals(identity.tlsFingerprint());
  }
}
