package dev.qudag.consensus.chain;

import dev.qudag.consensus.chain.Applied.Accepted;
import dev.qudag.consensus.chain.Applied.Refused;
import dev.qudag.consensus.chain.decision.AdoptDecision;
import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.consensus.chain.decision.EngineDecision;
import dev.qudag.consensus.chain.decision.LandingDecision;
import dev.qudag.consensus.chain.decision.PolicyDecision;
import dev.qudag.consensus.chain.decision.SetDecision;
import dev.qudag.consensus.chain.decision.VoidDecision;
import dev.qudag.consensus.chain.field.Fields;
import dev.qudag.consensus.chain.identity.Electorate;
import dev.qudag.consensus.chain.identity.MemberSet;
import dev.qudag.consensus.chain.policy.Policy;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.encoding.CanonicalReader;
import dev.qudag.crypto.encoding.CanonicalWriter;
import dev.qudag.crypto.encoding.MalformedEncodingException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What finalized blocks have led to: where each branch stands, which policy and which engine are in
 * force, who decides. Immutable; applying is pure.
 *
 * <p>A decision is valid only on the state that its predecessors leave: each names what it replaces
 * (a branch's head, the policy, the engine, the set), so of two decisions made for one state at
 * most one ever has an effect.
 *
 * @param branches full ref name to where it stands
 * @param height number of blocks applied; genesis is 0
 */
public record ChainState(
    Chain chain,
    SortedMap<String, Branch> branches,
    InForce<Policy> policyInForce,
    InForce<Optional<Digest>> engineInForce,
    Membership membership,
    long height) {
  private static final String TAG = "qudag.dev/v1/chain-state";

  /**
   * Something that a kind of decision replaces.
   *
   * @param changes number of changes so far, so that a change back is not a replay
   */
  public record InForce<T>(T value, long changes) {
    public InForce {
      Fields.require(changes >= 0, "changes", Long.toString(changes), "not negative");
    }

    InForce<T> then(T next) {
      return new InForce<>(next, changes + 1);
    }
  }

  public ChainState {
    branches = Collections.unmodifiableSortedMap(new TreeMap<>(branches));
  }

  /** The state that a chain begins with. */
  public static ChainState of(Genesis genesis) {
    return new ChainState(
        Chain.of(genesis),
        new TreeMap<>(Map.of(genesis.branch(), Branch.at(genesis.head()))),
        new InForce<>(genesis.policy(), 0),
        new InForce<>(Optional.empty(), 0),
        Membership.of(genesis.electorate()),
        0);
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
        new ChainState(
            chain,
            state.branches,
            state.policyInForce,
            state.engineInForce,
            state.membership,
            height + 1));
  }

  /** Applies one decision of a payload; the height stays. */
  public Applied apply(OrderedDecision ordered) {
    Decision decision = ordered.decision();
    return DecisionRules.check(this, decision)
        .or(() -> ApprovalRules.check(this, decision, ordered.approvals()))
        .<Applied>map(Refused::new)
        .orElseGet(() -> new Accepted(after(decision)));
  }

  /** The state after a decision whose validity is known, as when those before it are assumed. */
  ChainState after(Decision decision) {
    return switch (decision) {
      case LandingDecision landing ->
          with(landing.branch(), branch(landing.branch()).land(landing));
      case AdoptDecision adopt ->
          with(adopt.branch(), branch(adopt.branch()).adopt(adopt.commit()));
      case VoidDecision undone ->
          with(undone.branch(), branch(undone.branch()).takeBack(undone.voided()).orElseThrow());
      case PolicyDecision change ->
          new ChainState(
              chain,
              branches,
              policyInForce.then(change.next()),
              engineInForce,
              membership,
              height);
      case EngineDecision change ->
          new ChainState(
              chain,
              branches,
              policyInForce,
              engineInForce.then(Optional.of(change.next())),
              membership,
              height);
      case SetDecision change -> with(membership.seal(change));
    };
  }

  private ChainState with(String name, Branch branch) {
    SortedMap<String, Branch> moved = new TreeMap<>(branches);
    moved.put(name, branch);
    return new ChainState(chain, moved, policyInForce, engineInForce, membership, height);
  }

  private ChainState with(Membership next) {
    return new ChainState(chain, branches, policyInForce, engineInForce, next, height);
  }

  /**
   * The state that the next epoch begins with.
   *
   * @param seal digest of the block that ended this one, which draws the committee of a large set
   * @throws IllegalStateException when this one is not sealed
   */
  public ChainState openEpoch(Digest seal) {
    return with(membership.open(seal));
  }

  /** The validators of the epoch that the chain is in. */
  public MemberSet set() {
    return membership.set();
  }

  /** Who votes in the epoch that the chain is in. */
  public Electorate electorate() {
    return membership.electorate();
  }

  /** Those who vote, with their weights: everybody, or a large set's committee with its seats. */
  public MemberSet voters() {
    return electorate().voters();
  }

  /** Whether the operator's word alone changes set and policy: genesis names no administrator. */
  public boolean setTrustsOperator() {
    return genesis().adminKeys().isEmpty();
  }

  private Branch branch(String name) {
    return findBranch(name).orElseThrow();
  }

  Optional<Branch> findBranch(String name) {
    return Optional.ofNullable(branches.get(name));
  }

  public Optional<String> head(String branch) {
    return findBranch(branch).map(Branch::head);
  }

  /** Whether a void can bring the branch back to a commit that it has left: with an upstream. */
  public boolean mayComeBackTo(String branch, String commit) {
    return genesis().hasUpstream()
        && findBranch(branch).filter(of -> of.mayComeBackTo(commit)).isPresent();
  }

  public Genesis genesis() {
    return chain.genesis();
  }

  /** Number of voids on a branch so far; a decision that lands there names it. */
  public long voids(String branch) {
    return findBranch(branch).map(Branch::voids).orElse(0L);
  }

  /** Number of reverts on a branch so far; an order to revert names it. */
  public long reverts(String branch) {
    return findBranch(branch).map(Branch::reverts).orElse(0L);
  }

  public Digest chainId() {
    return chain.id();
  }

  public Policy policy() {
    return policyInForce.value();
  }

  /** Number of policy decisions so far. */
  public long policyChanges() {
    return policyInForce.changes();
  }

  public Digest policyDigest() {
    return policy().digest();
  }

  /**
   * The merge engine that all decisions must be made with; empty before the first change, when each
   * validator compares with its own.
   */
  public Optional<Digest> engine() {
    return engineInForce.value();
  }

  /** Without genesis, which every node has for itself. */
  public byte[] encode() {
    CanonicalWriter out =
        CanonicalWriter.tagged(TAG)
            .digest(genesis().digest())
            .list(List.copyOf(branches.entrySet()), ChainState::writeBranch)
            .bytes(policy().encode())
            .int64(policyChanges())
            .digest(engine().orElse(Digest.ZERO))
            .int64(engineInForce.changes());
    membership.writeTo(out);
    return out.int64(height).toByteArray();
  }

  private static void writeBranch(CanonicalWriter out, Map.Entry<String, Branch> branch) {
    branch.getValue().writeTo(out.text(branch.getKey()));
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
              Chain.of(genesis),
              readBranches(in),
              new InForce<>(Policy.decode(in.byteArray()), in.int64()),
              new InForce<>(readEngine(in), in.int64()),
              Membership.readFrom(in),
              in.int64());
        });
  }

  private static Optional<Digest> readEngine(CanonicalReader in) {
    return Optional.of(in.digest()).filter(engine -> !engine.equals(Digest.ZERO));
  }

  private static SortedMap<String, Branch> readBranches(CanonicalReader in) {
    SortedMap<String, Branch> branches = new TreeMap<>();
    for (Map.Entry<String, Branch> branch :
        in.list(item -> Map.entry(item.text(), Branch.readFrom(item)))) {
      if (!branches.isEmpty() && branches.lastKey().compareTo(branch.getKey()) >= 0) {
        throw new MalformedEncodingException("branches are not in order at " + branches.lastKey());
      }
      branches.put(Fields.branch(branch.getKey()), branch.getValue());
    }
    return branches;
  }

  public Digest digest() {
    return Digest.sha256(encode());
  }
}
