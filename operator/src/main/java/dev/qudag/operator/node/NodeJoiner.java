package dev.qudag.operator.node;

import dev.qudag.crypto.Digest;
import dev.qudag.crypto.VerifyingKey;
import dev.qudag.operator.node.NodeEnrolment.Welcome;
import io.grpc.StatusRuntimeException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sees to it that a node which genesis or a decision names has joined, and that it still has the
 * keys that are named. A pod that was found well is not asked again: a pod that comes back has
 * another UID.
 */
public final class NodeJoiner {
  /** How a node stands to its genesis. */
  public sealed interface Standing {
    /** It has the keys of the genesis and has joined it. */
    record Joined() implements Standing {}

    /** It cannot be asked yet. */
    record Unreachable(String why) implements Standing {}

    /** It has other keys than the genesis names. */
    record KeyChanged(Digest fingerprint) implements Standing {}

    /** What answered is not the pod that the operator made, or it has joined another genesis. */
    record Refused(String why) implements Standing {}
  }

  private static final Standing JOINED = new Standing.Joined();

  private final NodeEnrolment enrolment;
  private final Map<SwarmKey, Map<String, String>> joinedPods = new ConcurrentHashMap<>();

  public NodeJoiner(NodeEnrolment enrolment) {
    this.enrolment = enrolment;
  }

  /** Brings the node in, if it is not yet. Blocks for a few seconds at most. */
  public Standing ensureJoined(NodeTarget target, Welcome welcome, VerifyingKey key, Digest tls) {
    Map<String, String> joined =
        joinedPods.computeIfAbsent(target.swarm(), swarm -> new ConcurrentHashMap<>());
    if (target.podUid().equals(joined.get(target.name()))) {
      return JOINED;
    }
    Standing standing = ask(target, welcome, key, tls);
    if (standing instanceof Standing.Joined) {
      joined.put(target.name(), target.podUid());
    }
    return standing;
  }

  /** Forgets a swarm that is gone. */
  public void forget(SwarmKey swarm) {
    joinedPods.remove(swarm);
  }

  private Standing ask(NodeTarget target, Welcome welcome, VerifyingKey key, Digest tls) {
    try {
      EnrolledNode node = enrolment.enrol(target);
      if (!node.signingKey().equals(key) || !node.tlsFingerprint().equals(tls)) {
        return new Standing.KeyChanged(node.signingKey().fingerprint());
      }
      return enrolment.admit(target, node, welcome)
          ? JOINED
          : new Standing.Refused("it has joined another genesis, " + node.genesis().orElseThrow());
    } catch (EnrolmentRefusedException e) {
      return new Standing.Refused(e.why());
    } catch (StatusRuntimeException e) {
      return new Standing.Unreachable(String.valueOf(e.getStatus().getDescription()));
    }
  }
}
