package dev.qudag.operator.swarm;

import com.google.protobuf.ByteString;
import dev.qudag.api.v1alpha1.Agent;
import dev.qudag.api.v1alpha1.Swarm;
import dev.qudag.api.v1alpha1.Validator;
import dev.qudag.consensus.certificate.Recovery;
import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.identity.AdminSignature;
import dev.qudag.consensus.chain.identity.Quorum;
import dev.qudag.crypto.Digest;
import dev.qudag.operator.node.SetInForce;
import dev.qudag.operator.node.SwarmKey;
import dev.qudag.operator.pod.NodeStatefulSet;
import dev.qudag.operator.swarm.configmap.RecoveryMap;
import dev.qudag.proto.HubState;
import dev.qudag.proto.RejectedChange;
import dev.qudag.proto.UpstreamState;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Everything that one pass over a Swarm knows, read once at its beginning.
 *
 * @param pods the pods of hub and validators, by name
 * @param hubClaim claim of the hub's volume, be it this Swarm's or one that was there before
 * @param seed the ConfigMap that {@code seedConfigMapRef} names
 * @param toSign the ConfigMap with the change that an administrator was last asked to sign
 * @param recovery what a person handed in for a chain in the place of another; read as long as
 *     there is no genesis
 * @param set the validators that decide, as far as their seals are written down
 * @param succession an administrator's signature by which the genesis takes another's place
 * @param hubState what the hub told last
 * @param wantedPolicy the policy that spec asks for, where another one is in force
 */
record SwarmObservation(
    Swarm swarm,
    Map<String, Pod> pods,
    Optional<PersistentVolumeClaim> hubClaim,
    Optional<ConfigMap> seed,
    Optional<ConfigMap> toSign,
    Optional<RecoveryMap.Content> recovery,
    List<Validator> validators,
    List<Agent> agents,
    Optional<Genesis> genesis,
    Optional<AdminSignature> succession,
    Optional<SetInForce> set,
    Optional<HubState> hubState,
    boolean hubConnected,
    Optional<WantedPolicy> wantedPolicy) {

  SwarmObservation {
    pods = Map.copyOf(pods);
    validators = List.copyOf(validators);
    agents = List.copyOf(agents);
  }

  SwarmKey key() {
    return SwarmKey.of(swarm);
  }

  String uid() {
    return swarm.getMetadata().getUid();
  }

  /** Indices of the validators that decide; before there is a set, of those that spec asks for. */
  List<Integer> indices() {
    return set.map(SetInForce::indices)
        .orElseGet(() -> IntStream.range(0, wantedSize()).boxed().toList());
  }

  /** Indices of those who are to join because spec asks for more than decide. */
  List<Integer> newcomers() {
    return set.map(known -> known.newcomers(wantedSize())).orElse(List.of());
  }

  /** How many validators decide; before there is a set, how many are to. */
  int setSize() {
    return indices().size();
  }

  int wantedSize() {
    return swarm.getSpec().validators().replicas();
  }

  /**
   * Why the validators rejected a change of policy or set that was asked for, by the word of the
   * hub; empty while they have not.
   *
   * @param change canonical
   */
  Optional<String> rejectionOf(byte[] change) {
    ByteString digest = ByteString.copyFrom(Digest.sha256(change).bytes());
    return hubState.stream()
        .flatMap(state -> state.getRejectedChangesList().stream())
        .filter(rejected -> rejected.getChangeDigest().equals(digest))
        .map(RejectedChange::getReasons)
        .findFirst();
  }

  /** How many of them a decision needs. */
  long quorum() {
    return set.map(known -> known.set().quorum()).orElseGet(() -> Quorum.of(wantedSize()));
  }

  Optional<Pod> pod(String node) {
    return Optional.ofNullable(pods.get(NodeStatefulSet.podName(node)));
  }

  /** Whether the volume at the hub's place holds the repository of an earlier Swarm. */
  boolean hubClaimIsForeign() {
    return hubClaim
        .map(claim -> claim.getMetadata().getAnnotations())
        .map(annotations -> annotations.get(NodeStatefulSet.SWARM_UID))
        .filter(owner -> !owner.equals(uid()))
        .isPresent();
  }

  /** The chain whose place a new one is to take, as far as that is proven. */
  Optional<Recovery> recovered() {
    return recovery.flatMap(
        content ->
            switch (content) {
              case RecoveryMap.Content.Proven(Recovery proven) -> Optional.of(proven);
              case RecoveryMap.Content.Refused _ -> Optional.empty();
            });
  }

  /** Whether its chain takes, or is to take, the place of another, with the volume of that hub. */
  boolean takesOver() {
    return genesis
        .map(known -> known.predecessor().isPresent())
        .orElseGet(() -> recovered().isPresent());
  }

  /**
   * What is shown for signing and may go. A draft of a genesis stays until there is a genesis, also
   * while a node does not answer: it has a random part that is nowhere else.
   */
  Optional<ConfigMap> shownInVain() {
    return recovered().isPresent() ? Optional.empty() : toSign;
  }

  /** Whether nothing may be made before a person, or time, has made room. */
  boolean isBlocked() {
    boolean misled = recovery.isPresent() && recovered().isEmpty();
    return misled || (hubClaimIsForeign() && !takesOver()) || seedIsMissing();
  }

  /** How the hub stands with its upstream; empty without one, or before the hub has told. */
  Optional<UpstreamState> upstream() {
    return hubState.filter(HubState::hasUpstream).map(HubState::getUpstream);
  }

  boolean seedIsMissing() {
    boolean wanted = genesis.isEmpty() && swarm.getSpec().repository().seedConfigMapRef() != null;
    return wanted
        && seed.filter(map -> map.getData() != null && map.getData().containsKey("files.yaml"))
            .isEmpty();
  }
}
