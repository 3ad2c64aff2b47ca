package dev.qudag.operator.swarm;

import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.decision.Grounds;
import dev.qudag.consensus.chain.decision.SetChange;
import dev.qudag.consensus.chain.decision.SetDecision;
import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.consensus.chain.identity.MemberSet;
import dev.qudag.consensus.chain.identity.NodeRole;
import dev.qudag.crypto.NodeIdentity;
import dev.qudag.operator.node.EnrolledNode;
import dev.qudag.operator.node.EnrolmentRefusedException;
import dev.qudag.operator.node.Hub;
import dev.qudag.operator.node.NodeEnrolment;
import dev.qudag.operator.node.NodeEnrolment.Welcome;
import dev.qudag.operator.node.NodeTarget;
import dev.qudag.operator.node.SwarmKey;
import dev.qudag.operator.swarm.configmap.ToSign;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Brings into the set the validators that it lacks, all of them by one change.
 *
 * <pre>
 *   pods run --> enrolled, have the genesis --> the change is signed, handed in --> an epoch in which none is missing
 * </pre>
 *
 * <p>Where the genesis names administrators one of them signs, and the operator's word is not even
 * offered. Each pass does what is left to do. Of two decisions that were signed for the same
 * change, by an operator before and after its restart, the chain takes one.
 */
final class Newcomers {
  private final NodeEnrolment enrolment;
  private final Enrolling enrolling;
  private final SignedOnce<SetChange, SetDecision> signed;

  Newcomers(NodeIdentity operator, NodeEnrolment enrolment) {
    this.enrolment = enrolment;
    this.enrolling = new Enrolling(enrolment);
    this.signed = new SignedOnce<>(change -> SetDecision.sign(change, operator.signingKey()));
  }

  /**
   * Takes the steps that there are, and says how far it is; empty when nobody is missing. Blocks
   * for a few seconds at most.
   */
  Optional<Finding> advance(SwarmObservation observed, Optional<Hub> hub) {
    if (observed.newcomers().isEmpty()) {
      return Optional.empty();
    }
    List<String> missing = new ArrayList<>();
    List<NodeTarget> targets =
        Enrolling.running(observed, NodeRole.VALIDATOR, names(observed), missing::add);
    if (!missing.isEmpty()) {
      return joining("Waiting for the pods of " + String.join(", ", missing));
    }
    try {
      return handIn(observed, hub, members(observed, targets));
    } catch (EnrolmentRefusedException refused) {
      return Optional.of(Finding.stalled(SwarmReasons.ENROLMENT_REFUSED, refused.why()));
    } catch (StatusRuntimeException e) {
      return joining("Not yet: " + e.getStatus().getDescription());
    }
  }

  /** Forgets a swarm that is gone. */
  void forget(SwarmKey swarm) {
    signed.forget(swarm);
  }

  private static List<String> names(SwarmObservation observed) {
    return observed.newcomers().stream().map(observed.key()::validatorName).toList();
  }

  private static Optional<Finding> joining(String message) {
    return Optional.of(Finding.reconciling(SwarmReasons.SET_CHANGING, message));
  }

  private List<Member> members(SwarmObservation observed, List<NodeTarget> targets) {
    Genesis genesis = observed.genesis().orElseThrow();
    List<EnrolledNode> nodes = enrolling.all(targets);
    List<Member> members = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      EnrolledNode node = nodes.get(i);
      letIn(targets.get(i), node, Welcome.of(genesis, observed.set()));
      int index = observed.newcomers().get(i);
      String name = targets.get(i).name();
      members.add(new Member(index, name, node.signingKey(), node.tlsFingerprint(), 1));
    }
    return members;
  }

  private void letIn(NodeTarget target, EnrolledNode node, Welcome welcome) {
    if (!enrolment.admit(target, node, welcome)) {
      throw new EnrolmentRefusedException(
          "validator %s has joined another genesis, %s: delete its PersistentVolumeClaim and its pod"
              .formatted(target.name(), node.genesis().orElseThrow()));
    }
  }

  private Optional<Finding> handIn(
      SwarmObservation observed, Optional<Hub> hub, List<Member> members) {
    Genesis genesis = observed.genesis().orElseThrow();
    String names = String.join(", ", names(observed));
    MemberSet set = observed.set().orElseThrow().set();
    boolean isCurrent =
        observed.hubState().filter(state -> state.getEpoch() == set.epoch()).isPresent();
    SetChange change = SetChange.of(genesis.chainId(), set, List.of(), members);
    Optional<SetDecision> decision = decision(observed, genesis, change);
    if (isCurrent && decision.isEmpty()) {
      return Optional.of(unsigned(observed, names, change));
    }
    if (hub.isEmpty() || !isCurrent) {
      return joining("Waiting for the hub, to ask the validators to let %s join".formatted(names));
    }
    var unused = hub.get().changeSet(decision.orElseThrow());
    return observed
        .rejectionOf(change.encode())
        .map(why -> rejected(names, why))
        .or(() -> joining("The validators decide that %s join".formatted(names)));
  }

  private static Finding rejected(String names, String why) {
    return Finding.stalled(
        SwarmReasons.SET_REJECTED,
        "The validators reject that %s join, says the hub; the others go on without. Mend what they name, or put validators.replicas back: %s"
            .formatted(names, why));
  }

  private static Finding unsigned(SwarmObservation observed, String names, SetChange change) {
    ToSign toSign = ToSign.of(ToSign.Kind.SET_CHANGE, change.encode());
    return Finding.unsigned(
        SwarmReasons.NEEDS_ADMINISTRATOR,
        AdminKeys.demand(observed.swarm(), "That %s join".formatted(names), toSign, ""),
        toSign);
  }

  /** The change on the word that is enough for it; empty while a person has to sign. */
  private Optional<SetDecision> decision(
      SwarmObservation observed, Genesis genesis, SetChange change) {
    return genesis.adminKeys().isEmpty()
        ? Optional.of(signed.of(observed.key(), change))
        : AdminKeys.signatureOver(change.encode(), observed.swarm(), genesis.adminKeys())
            .map(signature -> new SetDecision(change, new Grounds.Administrator(signature)));
  }
}
