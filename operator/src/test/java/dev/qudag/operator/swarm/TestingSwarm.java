package dev.qudag.operator.swarm;

import com.google.protobuf.ByteString;
import dev.qudag.api.v1alpha1.Agent;
import dev.qudag.api.v1alpha1.Condition;
import dev.qudag.api.v1alpha1.LocalRef;
import dev.qudag.api.v1alpha1.Swarm;
import dev.qudag.api.v1alpha1.Validator;
import dev.qudag.api.v1alpha1.ValidatorSpec;
import dev.qudag.api.v1alpha1.ValidatorStatus;
import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.identity.MemberSet;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.SigningKey;
import dev.qudag.operator.node.SetInForce;
import dev.qudag.operator.node.SwarmKey;
import dev.qudag.operator.node.TestingNodes;
import dev.qudag.operator.policy.ChainPolicy;
import dev.qudag.operator.swarm.configmap.RecoveryMap;
import dev.qudag.proto.HubState;
import dev.qudag.proto.RejectedChange;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A swarm of four that runs well, of which a test breaks one thing. */
final class TestingSwarm {
  static final String UID = "swarm-uid";

  private static final KubernetesSerialization YAML = new KubernetesSerialization();

  /** Who has the keys of its nodes. */
  static final TestingNodes NODES = new TestingNodes();

  static final Genesis GENESIS =
      NODES.genesis(new SwarmKey("team", "s"), 4, ChainPolicy.of(swarm("", "").getSpec().policy()));

  private String spec = "";
  private final Map<String, Pod> pods = new HashMap<>();
  private final List<Validator> validators = new ArrayList<>();
  private Optional<PersistentVolumeClaim> claim = Optional.empty();
  private Optional<ConfigMap> seed = Optional.empty();
  private Optional<ConfigMap> toSign = Optional.empty();
  private Optional<RecoveryMap.Content> recovery = Optional.empty();
  private String annotation = "";
  private Optional<Genesis> genesis = Optional.of(GENESIS);
  private Optional<SetInForce> set = Optional.of(SetInForce.of(GENESIS));
  private Optional<HubState> hub = Optional.empty();
  private boolean connected = true;

  TestingSwarm() {
    withPod(
        "s-hub-0", "spec: {nodeName: n0}\nstatus: {conditions: [{type: Ready, status: \"True\"}]}");
    for (int index = 0; index < 4; index++) {
      withPod(
          "s-v" + index + "-0", "spec: {nodeName: n%d}\nstatus: {phase: Running}".formatted(index));
      withValidator(index, true);
    }
    withHub(HubState.newBuilder().setHead("c0ffee"));
  }

  TestingSwarm withSpec(String line) {
    spec = line;
    return this;
  }

  TestingSwarm withPod(String name, String content) {
    pods.put(
        name,
        YAML.unmarshal(
            "apiVersion: v1\nkind: Pod\nmetadata: {name: %s}\n%s".formatted(name, content),
            Pod.class));
    return this;
  }

  TestingSwarm withValidator(int index, boolean ready) {
    return withValidator(index, ready ? Condition.Status.True : Condition.Status.False, "X");
  }

  /** Its volume was lost, and with it the key that the set names. */
  TestingSwarm withAnotherKeyOf(int index) {
    return withValidator(index, Condition.Status.False, "KeyChanged");
  }

  private TestingSwarm withValidator(int index, Condition.Status ready, String reason) {
    validators.removeIf(validator -> validator.getSpec().index() == index);
    Validator validator = new Validator();
    validator.setMetadata(new ObjectMetaBuilder().withName("s-v" + index).build());
    validator.setSpec(new ValidatorSpec(new LocalRef("s"), index));
    validator.setStatus(
        new ValidatorStatus(
            1L,
            List.of(new Condition("Ready", ready, reason, "", "2026-01-01T00:00:00Z", 1L)),
            null,
            null,
            null,
            null,
            null));
    validators.add(validator);
    return this;
  }

  TestingSwarm withClaimOf(String swarmUid) {
    claim =
        Optional.of(
            YAML.unmarshal(
                "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: data-s-hub-0, annotations: {qudag.dev/swarm-uid: %s}}"
                    .formatted(swarmUid),
                PersistentVolumeClaim.class));
    return this;
  }

  TestingSwarm withHub(HubState.Builder state) {
    if (state.getPolicyDigest().isEmpty()) {
      state.setPolicyDigest(ByteString.copyFrom(GENESIS.policy().digest().bytes()));
    }
    hub = Optional.of(state.build());
    return this;
  }

  /** The validators rejected a change. */
  TestingSwarm withRejected(byte[] change, String why) {
    RejectedChange rejected =
        RejectedChange.newBuilder()
            .setChangeDigest(ByteString.copyFrom(Digest.sha256(change).bytes()))
            .setReasons(why)
            .build();
    return withHub(hub.orElseThrow().toBuilder().addRejectedChanges(rejected));
  }

  TestingSwarm disconnected() {
    connected = false;
    return this;
  }

  TestingSwarm withoutGenesis() {
    genesis = Optional.empty();
    set = Optional.empty();
    return this;
  }

  /** Evidence removed one of the four. */
  TestingSwarm without(int index) {
    MemberSet shrunk = GENESIS.set().change(List.of(index), List.of());
    set = Optional.of(new SetInForce(shrunk, SetInForce.of(GENESIS).joined(), List.of()));
    return this;
  }

  /** The genesis names these people's keys. */
  TestingSwarm withAdministrators(SigningKey... keys) {
    Genesis named =
        new Genesis(
            GENESIS.nonce(),
            GENESIS.swarm(),
            GENESIS.branch(),
            GENESIS.head(),
            GENESIS.operator(),
            GENESIS.hub(),
            GENESIS.members(),
            GENESIS.policy(),
            GENESIS.viewTimeoutMillis(),
            Stream.of(keys).map(SigningKey::verifyingKey).toList());
    genesis = Optional.of(named);
    return this;
  }

  TestingSwarm withSignature(String text) {
    annotation = text;
    return this;
  }

  /** An administrator was asked to sign before. */
  TestingSwarm withToSign(ConfigMap asked) {
    toSign = Optional.of(asked);
    return this;
  }

  /** A person asks for a chain in the place of another. */
  TestingSwarm withRecovery(RecoveryMap.Content content) {
    recovery = Optional.of(content);
    return this;
  }

  SwarmObservation observed() {
    Swarm swarm = swarm(spec, annotation);
    return new SwarmObservation(
        swarm,
        pods,
        claim,
        seed,
        toSign,
        recovery,
        validators,
        List.<Agent>of(),
        genesis,
        Optional.empty(),
        set,
        hub,
        connected,
        genesis.flatMap(known -> hub.flatMap(told -> WantedPolicy.of(swarm, known, told))));
  }

  /**
   * @param line one field of spec, in place of what it is otherwise
   * @param signature what annotation qudag.dev/admin-signature holds
   */
  private static Swarm swarm(String line, String signature) {
    Map<String, String> spec =
        new TreeMap<>(
            Map.of(
                "repository", "repository: {branch: main, storage: {size: 1Gi, retention: Retain}}",
                "validators", "validators: {replicas: 4, storage: {size: 256Mi}}",
                "consensus", "consensus: {viewTimeoutMilliseconds: 500}",
                "policy", "policy: {queue: {maxWindow: 4}}"));
    if (!line.isEmpty()) {
      spec.put(line.substring(0, line.indexOf(':')), line);
    }
    return YAML.unmarshal(
        """
        apiVersion: qudag.dev/v1alpha1
        kind: Swarm
        metadata: {name: s, namespace: team, uid: %s, generation: 3, annotations: {qudag.dev/admin-signature: "%s"}}
        spec:
        """
                .formatted(UID, signature)
            + String.join("\n", spec.values()).indent(2),
        Swarm.class);
  }
}
