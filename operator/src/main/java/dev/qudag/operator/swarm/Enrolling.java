package dev.qudag.operator.swarm;

import dev.qudag.consensus.chain.identity.NodeRole;
import dev.qudag.operator.node.EnrolledNode;
import dev.qudag.operator.node.NodeEnrolment;
import dev.qudag.operator.node.NodeTarget;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Asks nodes who they are, all of them at once. */
final class Enrolling {
  private final NodeEnrolment enrolment;

  Enrolling(NodeEnrolment enrolment) {
    this.enrolment = enrolment;
  }

  /**
   * Those of the nodes whose pods run, in their order.
   *
   * @param missing told the names of the others
   */
  static List<NodeTarget> running(
      SwarmObservation observed, NodeRole role, List<String> names, Consumer<String> missing) {
    List<NodeTarget> targets = new ArrayList<>();
    for (String name : names) {
      Optional<Pod> pod =
          observed.pod(name).filter(found -> "Running".equals(found.getStatus().getPhase()));
      pod.ifPresentOrElse(
          found ->
              targets.add(NodeTarget.ofService(observed.key(), observed.uid(), role, name, found)),
          () -> missing.accept(name));
    }
    return targets;
  }

  /**
   * Who they are, in their order. Blocks for a few seconds at most.
   *
   * @throws dev.qudag.operator.node.EnrolmentRefusedException when one is not who it has to be
   * @throws io.grpc.StatusRuntimeException when one does not answer
   */
  List<EnrolledNode> all(List<NodeTarget> targets) {
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
}
