package dev.qudag.operator.swarm;

import dev.qudag.api.v1alpha1.SwarmSpec;
import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.identity.HubMember;
import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.consensus.chain.identity.NodeRole;
import dev.qudag.consensus.chain.identity.OperatorIdentity;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.NodeIdentity;
import dev.qudag.operator.node.EnrolledNode;
import dev.qudag.operator.node.EnrolmentRefusedException;
import dev.qudag.operator.node.NodeEnrolment;
import dev.qudag.operator.node.NodeTarget;
import dev.qudag.operator.policy.ChainPolicy;
import io.grpc.StatusRuntimeException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/** Makes the genesis of a swarm, once its hub and all its validators have said who they are. */
final class GenesisMaker {
  /** What came of one try. */
  sealed interface Outcome {
    record Made(Genesis genesis) implements Outcome {}

    record NotYet(Finding why) implements Outcome {}
  }

  private final NodeIdentity operator;
  private final Enrolling enrolling;
  private final SecureRandom random = new SecureRandom();

  GenesisMaker(NodeIdentity operator, NodeEnrolment enrolment) {
    this.operator = operator;
    this.enrolling = new Enrolling(enrolment);
  }

  /** Asks all nodes at once; blocks for a few seconds at most. */
  Outcome make(SwarmObservation observed) {
    List<String> missing = new ArrayList<>();
    List<NodeTarget> targets = targets(observed, missing);
    if (!missing.isEmpty()) {
      return notYet(SwarmReasons.STARTING, "Waiting for the pods of " + String.join(", ", missing));
    }
    try {
      return withAll(observed, enrolling.all(targets));
    } catch (EnrolmentRefusedException refused) {
      return new Outcome.NotYet(Finding.stalled(SwarmReasons.ENROLMENT_REFUSED, refused.why()));
    } catch (StatusRuntimeException unreachable) {
      return notYet(
          SwarmReasons.ENROLLING,
          "Waiting until all nodes answer: " + unreachable.getStatus().getDescription());
    }
  }

  private static Outcome notYet(String reason, String message) {
    return new Outcome.NotYet(Finding.reconciling(reason, message));
  }

  private static List<NodeTarget> targets(SwarmObservation observed, List<String> missing) {
    List<NodeTarget> targets =
        new ArrayList<>(
            Enrolling.running(
                observed, NodeRole.HUB, List.of(observed.key().hubName()), missing::add));
    targets.addAll(
        Enrolling.running(
            observed,
            NodeRole.VALIDATOR,
            observed.indices().stream().map(observed.key()::validatorName).toList(),
            missing::add));
    return targets;
  }

  private Outcome withAll(SwarmObservation observed, List<EnrolledNode> nodes) {
    if (nodes.stream().anyMatch(node -> node.genesis().isPresent())) {
      return new Outcome.NotYet(
          Finding.stalled(
              SwarmReasons.GENESIS_LOST,
              "Nodes have joined a genesis that is not in ConfigMap %s any more: restore that ConfigMap from a backup, or delete the Swarm and its volumes"
                  .formatted(observed.key().genesisName())));
    }
    try {
      return new Outcome.Made(genesis(observed, nodes));
    } catch (IllegalArgumentException unfit) {
      return new Outcome.NotYet(
          Finding.stalled(
              SwarmReasons.GENESIS_INVALID,
              "No genesis can be made: %s. Each of spec.adminKeys is an ML-DSA-87 key of a person, named once; make another Swarm, since they cannot be changed in this one"
                  .formatted(unfit.getMessage())));
    }
  }

  private Genesis genesis(SwarmObservation observed, List<EnrolledNode> nodes) {
    SwarmSpec spec = observed.swarm().getSpec();
    byte[] nonce = new byte[Genesis.NONCE_SIZE];
    random.nextBytes(nonce);
    EnrolledNode hub = nodes.getFirst();
    List<Member> members = new ArrayList<>();
    for (int index = 0; index < nodes.size() - 1; index++) {
      EnrolledNode node = nodes.get(index + 1);
      members.add(
          new Member(
              index,
              observed.key().validatorName(index),
              node.signingKey(),
              node.tlsFingerprint(),
              1));
    }
    return new Genesis(
        Bytes.of(nonce),
        observed.key().name(),
        "refs/heads/" + spec.repository().branch(),
        hub.head(),
        new OperatorIdentity(operator.verifyingKey(), operator.tlsFingerprint()),
        new HubMember(observed.key().hubName(), hub.signingKey(), hub.tlsFingerprint()),
        members,
        ChainPolicy.of(spec.policy()),
        spec.consensus().viewTimeoutMilliseconds(),
        AdminKeys.of(spec));
  }
}
