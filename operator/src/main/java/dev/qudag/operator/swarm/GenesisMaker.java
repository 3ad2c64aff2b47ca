package dev.qudag.operator.swarm;

import dev.qudag.api.v1alpha1.SwarmSpec;
import dev.qudag.consensus.certificate.Recovery;
import dev.qudag.consensus.certificate.Succession;
import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.identity.AdminSignature;
import dev.qudag.consensus.chain.identity.HubMember;
import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.consensus.chain.identity.NodeRole;
import dev.qudag.consensus.chain.identity.OperatorIdentity;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.NodeIdentity;
import dev.qudag.crypto.VerifyingKey;
import dev.qudag.crypto.encoding.MalformedEncodingException;
import dev.qudag.operator.node.EnrolledNode;
import dev.qudag.operator.node.EnrolmentRefusedException;
import dev.qudag.operator.node.NodeEnrolment;
import dev.qudag.operator.node.NodeTarget;
import dev.qudag.operator.policy.ChainPolicy;
import dev.qudag.operator.swarm.configmap.ToSign;
import io.grpc.StatusRuntimeException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Makes the genesis of a swarm, once its hub and all its validators have said who they are. */
final class GenesisMaker {
  /** What came of one try. */
  sealed interface Outcome {
    /**
     * @param succession an administrator's signature, where it takes the place of another that
     *     names some
     */
    record Made(Genesis genesis, Optional<AdminSignature> succession) implements Outcome {}

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
      return silent(String.valueOf(unreachable.getStatus().getDescription()));
    }
  }

  /** The hub names a reason when the repository cannot start from what it is given. */
  private static Outcome silent(String why) {
    int lfs = why.indexOf(SwarmReasons.LFS_UNSUPPORTED + ": ");
    return lfs < 0
        ? notYet(SwarmReasons.ENROLLING, "Waiting until all nodes answer: " + why)
        : new Outcome.NotYet(
            Finding.stalled(
                SwarmReasons.LFS_UNSUPPORTED,
                why.substring(lfs + SwarmReasons.LFS_UNSUPPORTED.length() + 2)));
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
    try {
      return observed
          .recovered()
          .map(old -> inPlaceOf(old, observed, nodes))
          .orElseGet(() -> first(observed, nodes));
    } catch (IllegalArgumentException unfit) {
      return new Outcome.NotYet(
          Finding.stalled(
              SwarmReasons.GENESIS_INVALID,
              "No genesis can be made: %s. Each of spec.adminKeys is an ML-DSA-87 key of a person, named once; make another Swarm, since they cannot be changed in this one"
                  .formatted(unfit.getMessage())));
    }
  }

  private Outcome first(SwarmObservation observed, List<EnrolledNode> nodes) {
    return nodes.stream().anyMatch(node -> node.genesis().isPresent())
        ? new Outcome.NotYet(
            Finding.stalled(
                SwarmReasons.GENESIS_LOST,
                "Nodes have joined a genesis that is not in ConfigMap %s any more: restore that ConfigMap from a backup, or delete the Swarm and its volumes"
                    .formatted(observed.key().genesisName())))
        : new Outcome.Made(genesis(observed, nodes, nonce()), Optional.empty());
  }

  /** A chain in the place of another: an administrator of that one, if it names some, signs it. */
  private Outcome inPlaceOf(Recovery old, SwarmObservation observed, List<EnrolledNode> nodes) {
    Optional<String> obstacle =
        Takeover.obstacle(old, observed.key(), nodes.getFirst(), nodes.subList(1, nodes.size()));
    if (obstacle.isPresent()) {
      return refused(obstacle.get());
    }
    Genesis genesis = draft(old, observed, nodes);
    List<VerifyingKey> adminKeys = old.genesis().adminKeys();
    Optional<AdminSignature> signature =
        AdminKeys.signatureOver(genesis.encode(), observed.swarm(), adminKeys);
    if (signature.isEmpty() && !adminKeys.isEmpty()) {
      return new Outcome.NotYet(unsigned(observed, genesis));
    }
    return Succession.refusal(old.genesis(), genesis, signature)
        .map(GenesisMaker::refused)
        .orElseGet(() -> new Outcome.Made(genesis, signature));
  }

  private static Outcome refused(String why) {
    return new Outcome.NotYet(Finding.stalled(SwarmReasons.RECOVERY_REFUSED, why));
  }

  private static Finding unsigned(SwarmObservation observed, Genesis genesis) {
    ToSign toSign = ToSign.of(ToSign.Kind.RECOVERY, genesis.encode());
    return Finding.unsigned(
        SwarmReasons.AWAITING_ADMINISTRATOR,
        AdminKeys.demand(observed.swarm(), "The chain in the place of another", toSign, ""),
        toSign);
  }

  /** As it was shown for signing, as long as that is what it would be: it has a random part. */
  private Genesis draft(Recovery old, SwarmObservation observed, List<EnrolledNode> nodes) {
    Function<Bytes, Genesis> with =
        nonce -> genesis(observed, nodes, nonce).inPlaceOf(old.predecessor());
    return observed
        .toSign()
        .flatMap(ToSign::shown)
        .flatMap(GenesisMaker::decoded)
        .filter(shown -> with.apply(shown.nonce()).equals(shown))
        .orElseGet(() -> with.apply(nonce()));
  }

  private static Optional<Genesis> decoded(Bytes shown) {
    try {
      return Optional.of(Genesis.decode(shown.toArray()));
    } catch (MalformedEncodingException e) {
      return Optional.empty();
    }
  }

  private Bytes nonce() {
    byte[] nonce = new byte[Genesis.NONCE_SIZE];
    random.nextBytes(nonce);
    return Bytes.of(nonce);
  }

  private Genesis genesis(SwarmObservation observed, List<EnrolledNode> nodes, Bytes nonce) {
    SwarmSpec spec = observed.swarm().getSpec();
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
    Genesis genesis =
        new Genesis(
            nonce,
            observed.key().name(),
            "refs/heads/" + spec.repository().branch(),
            hub.head(),
            new OperatorIdentity(operator.verifyingKey(), operator.tlsFingerprint()),
            new HubMember(observed.key().hubName(), hub.signingKey(), hub.tlsFingerprint()),
            members,
            ChainPolicy.of(spec.policy()),
            spec.consensus().viewTimeoutMilliseconds(),
            AdminKeys.of(spec));
    return spec.repository().upstream() == null ? genesis : genesis.withUpstream();
  }
}
