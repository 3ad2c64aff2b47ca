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
import io.fabric8.kubernetes.api.model.Pod;
import io.grpc.StatusRuntimeException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Makes the genesis of a swarm, once its hub and all its validators have said who they are. */
final class GenesisMaker {
  /** What came of one try. */
  sealed interface Outcome {
    record Made(Genesis genesis) implements Outcome {}

    record NotYet(Finding why) implements Outcome {}
  }

  private final NodeIdentity operator;
  private final NodeEnrolment enrolment;
  private final SecureRandom random = new SecureRandom();

  GenesisMaker(NodeIdentity operator, NodeEnrolment enrolment) {
    this.operator = operator;
    this.enrolment = enrolment;
  }

  /** Asks all nodes at once; blocks for a few seconds at most. */
  Outcome make(SwarmObservation observed) {
    List<String> missing = new ArrayList<>();
    List<NodeTarget> targets = targets(observed, missing);
    if (!missing.isEmpty()) {
      return notYet(SwarmReasons.STARTING, "Waiting for the pods of " + String.join(", ", missing));
    }
    try {
      return withAll(observed, enrolAll(targets));
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
    List<NodeTarget> targets = new ArrayList<>();
    addTarget(observed, NodeRole.HUB, observed.key().hubName(), targets, missing);
    for (int index = 0; index < observed.setSize(); index++) {
      addTarget(
          observed, NodeRole.VALIDATOR, observed.key().validatorName(index), targets, missing);
    }
    return targets;
  }

  private static void addTarget(
      SwarmObservation observed,
      NodeRole role,
      String name,
      List<NodeTarget> targets,
      List<String> missing) {
    Optional<Pod> running =
        observed.pod(name).filter(pod -> "Running".equals(pod.getStatus().getPhase()));
    running.ifPresentOrElse(
        pod -> targets.add(NodeTarget.ofService(observed.key(), observed.uid(), role, name, pod)),
        () -> missing.add(name));
  }

  private List<EnrolledNode> enrolAll(List<NodeTarget> targets) {
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<EnrolledNode>> answers =
          targets.stream().map(target -> executor.submit(() -> enrolment.enrol(target))).toList();
      List<EnrolledNode> nodes = new ArrayList<>();
      for (Future<EnrolledNode> answer : answers) {
        nodes.add(answer.get());
      }
      return nodes;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the operator is stopping", e);
    }
  }

  private Outcome withAll(SwarmObservation observed, List<EnrolledNode> nodes) {
    if (nodes.stream().anyMatch(node -> node.genesis().isPresent())) {
      return new Outcome.NotYet(
          Finding.stalled(
              SwarmReasons.GENESIS_LOST,
              "Nodes have joined a genesis that is not in ConfigMap %s any more: restore that ConfigMap from a backup, or delete the Swarm and its volumes"
                  .formatted(observed.key().genesisName())));
    }
    return new Outcome.Made(genesis(observed, nodes));
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
