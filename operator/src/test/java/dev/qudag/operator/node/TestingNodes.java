package dev.qudag.operator.node;

import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.identity.HubMember;
import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.consensus.chain.identity.NodeRole;
import dev.qudag.consensus.chain.identity.OperatorIdentity;
import dev.qudag.consensus.chain.identity.SignedGrant;
import dev.qudag.consensus.chain.policy.Policy;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.NodeIdentity;
import io.grpc.Status;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * Nodes in memory. Each has keys from its first enrolment on, keeps the first genesis that it is
 * handed, and refuses every other, as the real ones do. A hub goes over to a chain that takes the
 * place of its own, whoever signed that.
 */
public final class TestingNodes implements NodeEnrolment {
  private static final String HEAD = "ab".repeat(20);

  private final NodeIdentity operator = NodeIdentity.generate();
  private final Map<String, NodeIdentity> keys = new ConcurrentHashMap<>();
  private final Map<String, String> waiting = new ConcurrentHashMap<>();
  private final Map<String, Digest> joined = new ConcurrentHashMap<>();

  public NodeIdentity operator() {
    return operator;
  }

  /** The node answers enrolment with what it waits for. */
  public void waits(String node, String why) {
    waiting.put(node, why);
  }

  /** Its volume is replaced: it has other keys, and has joined nothing. */
  public void loseVolume(String node) {
    keys.remove(node);
    joined.remove(node);
  }

  /** Whether it was handed a genesis. */
  public boolean hasJoined(String node) {
    return joined.containsKey(node);
  }

  /** Whether it was handed that genesis, and keeps it. */
  public boolean hasJoined(String node, Genesis genesis) {
    return genesis.digest().equals(joined.get(node));
  }

  /** It has been on that chain before. */
  public void join(String node, Genesis genesis) {
    joined.put(node, genesis.digest());
  }

  /** A genesis that names the hub and the validators of a swarm with their keys. */
  public Genesis genesis(SwarmKey swarm, int size, Policy policy) {
    byte[] nonce = new byte[Genesis.NONCE_SIZE];
    nonce[0] = (byte) joined.size();
    var hub = identity(swarm.hubName());
    List<Member> members =
        IntStream.range(0, size)
            .mapToObj(
                index -> {
                  var member = identity(swarm.validatorName(index));
                  return new Member(
                      index,
                      swarm.validatorName(index),
                      member.verifyingKey(),
                      member.tlsFingerprint(),
                      1);
                })
            .toList();
    return new Genesis(
        Bytes.of(nonce),
        swarm.name(),
        "refs/heads/main",
        HEAD,
        new OperatorIdentity(operator.verifyingKey(), operator.tlsFingerprint()),
        new HubMember(swarm.hubName(), hub.verifyingKey(), hub.tlsFingerprint()),
        members,
        policy,
        500);
  }

  /** The keys of a node, which a test may sign with in its place. */
  public NodeIdentity identity(String node) {
    return keys.computeIfAbsent(node, unused -> NodeIdentity.generate());
  }

  @Override
  public EnrolledNode enrol(NodeTarget target) {
    if (waiting.containsKey(target.name())) {
      throw Status.UNAVAILABLE.withDescription(waiting.get(target.name())).asRuntimeException();
    }
    var identity = identity(target.name());
    return new EnrolledNode(
        identity.verifyingKey(),
        identity.tlsFingerprint(),
        HEAD,
        Optional.ofNullable(joined.get(target.name())));
  }

  @Override
  public void join(NodeTarget target, EnrolledNode node, Welcome welcome) {
    Digest wanted = welcome.genesis().digest();
    if (target.role() == NodeRole.HUB) {
      welcome
          .genesis()
          .predecessor()
          .ifPresent(before -> joined.replace(target.name(), before.genesis(), wanted));
    }
    if (!joined.computeIfAbsent(target.name(), unused -> wanted).equals(wanted)) {
      throw Status.FAILED_PRECONDITION
          .withDescription("this node has joined another genesis and keeps it")
          .asRuntimeException();
    }
  }

  @Override
  public SignedGrant grant(
      Genesis genesis, String workspaceUid, String workspaceName, EnrolledNode node) {
    return node.grant(genesis, workspaceUid, workspaceName).sign(operator.signingKey());
  }
}
