package dev.qudag.consensus.chain;

import dev.qudag.consensus.chain.Applied.Accepted;
import dev.qudag.consensus.chain.Applied.Refused;
import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.consensus.chain.decision.MergeDecision;
import dev.qudag.consensus.chain.decision.PolicyDecision;
import dev.qudag.consensus.chain.field.Fields;
import dev.qudag.consensus.chain.policy.Policy;
import dev.qudag.crypto.CanonicalReader;
import dev.qudag.crypto.CanonicalWriter;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.MalformedEncodingException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What finalized blocks have led to: where each branch stands and which policy is in force.
 * Immutable; applying is pure.
 *
 * <p>A branch moves only from the head that a decision names to the commit that it names, so of two
 * decisions on one base at most one ever has an effect.
 *
 * @param heads full ref name to commit
 * @param policyChanges number of policy decisions so far
 * @param height number of blocks applied; genesis is 0
 */
public record ChainState(
    Genesis genesis,
    SortedMap<String, String> heads,
    Policy policy,
    long policyChanges,
    long height) {
  private static final String TAG = "qudag.dev/v1/chain-state";

  public ChainState {
    heads = Collections.unmodifiableSortedMap(new TreeMap<>(heads));
  }

  /** The state that a chain begins with. */
  public static ChainState of(Genesis genesis) {
    SortedMap<String, String> heads = new TreeMap<>(Map.of(genesis.branch(), genesis.head()));
    return new ChainState(genesis, heads, genesis.policy(), 0, 0);
  }

  /** Applies a whole block's payload, or nothing of it. An empty one only adds to the height. */
  public Applied apply(BlockPayload payload) {
    ChainState state = this;
    for (OrderedDecision ordered : payload.decisions()) {
      switch (state.apply(ordered)) {
        case Accepted accepted -> state = accepted.next();
        case Refused refused -> {
          return refused;
        }
      }
    }
    return new Accepted(
        new ChainState(genesis, state.heads, state.policy, state.policyChanges, height + 1));
  }

  /** Applies one decision of a payload; the height stays. */
  public Applied apply(OrderedDecision ordered) {
    Decision decision = ordered.decision();
    return DecisionRules.check(this, decision)
        .or(() -> ApprovalRules.check(genesis, decision.digest(), ordered.approvals()))
        .<Applied>map(Refused::new)
        .orElseGet(() -> new Accepted(after(decision)));
  }

  /** The state after a decision whose validity is known, as when those before it are assumed. */
  ChainState after(Decision decision) {
    return switch (decision) {
      case MergeDecision merge -> {
        SortedMap<String, String> moved = new TreeMap<>(heads);
        moved.put(merge.branch(), merge.commit());
        yield new ChainState(genesis, moved, policy, policyChanges, height);
      }
      case PolicyDecision change ->
          new ChainState(genesis, heads, change.next(), policyChanges + 1, height);
    };
  }

  public Optional<String> head(String branch) {
    return Optional.ofNullable(heads.get(branch));
  }

  public Digest chainId() {
    return genesis.chainId();
  }

  public Digest policyDigest() {
    return policy.digest();
  }

  /** Without genesis, which every node has for itself. */
  public byte[] encode() {
    return CanonicalWriter.tagged(TAG)
        .digest(genesis.digest())
        .list(
            List.copyOf(heads.entrySet()),
            (out, head) -> out.text(head.getKey()).text(head.getValue()))
        .bytes(policy.encode())
        .int64(policyChanges)
        .int64(height)
        .toByteArray();
  }

  /**
   * A stored state.
   *
   * @throws MalformedEncodingException also when it belongs to another genesis
   */
  public static ChainState decode(byte[] bytes, Genesis genesis) {
    return CanonicalReader.read(
        TAG,
        bytes,
        in -> {
          if (!in.digest().equals(genesis.digest())) {
            throw new MalformedEncodingException("a chain state of another genesis");
          }
          return new ChainState(
              genesis, readHeads(in), Policy.decode(in.byteArray()), in.int64(), in.int64());
        });
  }

  private static SortedMap<String, String> readHeads(CanonicalReader in) {
    SortedMap<String, String> heads = new TreeMap<>();
    for (Map.Entry<String, String> head : in.list(item -> Map.entry(item.text(), item.text()))) {
      if (!heads.isEmpty() && heads.lastKey().compareTo(head.getKey()) >= 0) {
        throw new MalformedEncodingException("branches are not in order at " + heads.lastKey());
      }
      heads.put(Fields.branch(head.getKey()), Fields.objectId("head", head.getValue()));
    }
    return heads;
  }

  public Digest digest() {
    return Digest.sha256(encode());
  }
}
