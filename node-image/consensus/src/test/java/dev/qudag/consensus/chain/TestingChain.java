package dev.qudag.consensus.chain;

import dev.qudag.consensus.chain.decision.AdoptDecision;
import dev.qudag.consensus.chain.decision.BatchDecision;
import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.consensus.chain.decision.EngineDecision;
import dev.qudag.consensus.chain.decision.ExactMerge;
import dev.qudag.consensus.chain.decision.ExactRevert;
import dev.qudag.consensus.chain.decision.Grounds;
import dev.qudag.consensus.chain.decision.MergeDecision;
import dev.qudag.consensus.chain.decision.PolicyChange;
import dev.qudag.consensus.chain.decision.PolicyDecision;
import dev.qudag.consensus.chain.decision.RevertDecision;
import dev.qudag.consensus.chain.decision.SetChange;
import dev.qudag.consensus.chain.decision.SetDecision;
import dev.qudag.consensus.chain.decision.VoidDecision;
import dev.qudag.consensus.chain.identity.HubMember;
import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.consensus.chain.identity.OperatorIdentity;
import dev.qudag.consensus.chain.identity.SignedGrant;
import dev.qudag.consensus.chain.identity.WorkspaceGrant;
import dev.qudag.consensus.chain.policy.CheckResult;
import dev.qudag.consensus.chain.policy.CheckSpec;
import dev.qudag.consensus.chain.policy.Policy;
import dev.qudag.consensus.chain.proposal.AuthorStatement;
import dev.qudag.consensus.chain.proposal.CommitMeta;
import dev.qudag.consensus.chain.proposal.RevertOrder;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.SigningKey;
import dev.qudag.crypto.VerifyingKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** A chain whose every key the test holds, with real signatures. */
public final class TestingChain {
  public static final String BRANCH = "refs/heads/main";
  public static final CheckSpec UNIT =
      new CheckSpec("unit", "localhost/sample:dev", List.of("make", "test"), 60, new TreeMap<>());

  private final SigningKey operator = SigningKey.generate();
  private final SigningKey hub = SigningKey.generate();
  private final SigningKey workspace = SigningKey.generate();
  private final List<SigningKey> validators;
  private final Genesis genesis;

  public TestingChain(int n) {
    this(n, List.of());
  }

  /** A chain whose genesis names administrator keys. */
  public TestingChain(int n, List<VerifyingKey> adminKeys) {
    this(Collections.nCopies(n, 1), adminKeys, UnaryOperator.identity());
  }

  private TestingChain(
      List<Integer> weights, List<VerifyingKey> adminKeys, UnaryOperator<Genesis> finish) {
    int n = weights.size();
    this.validators = IntStream.range(0, n).mapToObj(i -> SigningKey.generate()).toList();
    List<Member> members = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      members.add(
          new Member(
              i,
              "hello-v" + i,
              validators.get(i).verifyingKey(),
              digest("tls of " + i),
              weights.get(i)));
    }
    this.genesis =
        finish.apply(
            new Genesis(
                Bytes.of(digest("nonce of " + operator.verifyingKey().fingerprint()).bytes()),
                "hello",
                BRANCH,
                commit("genesis"),
                new OperatorIdentity(operator.verifyingKey(), digest("tls of the operator")),
                new HubMember("hello-hub", hub.verifyingKey(), digest("tls of the hub")),
                members,
                new Policy(List.of(UNIT.rule()), List.of("**/.env*")),
                500,
                adminKeys));
  }

  /** A chain whose validators weigh this much each. */
  public static TestingChain weighing(Integer... weights) {
    return new TestingChain(List.of(weights), List.of(), UnaryOperator.identity());
  }

  /** A chain whose branch follows an upstream. */
  public static TestingChain withUpstream(int n) {
    return new TestingChain(Collections.nCopies(n, 1), List.of(), Genesis::withUpstream);
  }

  public Genesis genesis() {
    return genesis;
  }

  public ChainState state() {
    return ChainState.of(genesis);
  }

  public SigningKey operator() {
    return operator;
  }

  public SigningKey hub() {
    return hub;
  }

  public SigningKey workspace() {
    return workspace;
  }

  public SigningKey validator(int index) {
    return validators.get(index);
  }

  /** A Git id that stands for a word. */
  public static String commit(String word) {
    return digest(word).hex().substring(0, 40);
  }

  public static Digest digest(String word) {
    return Digest.sha256(word.getBytes(StandardCharsets.UTF_8));
  }

  public AuthorStatement statement(String change) {
    return new AuthorStatement(
        genesis.chainId(),
        "uid-1",
        "ada",
        "ada",
        commit(change),
        BRANCH,
        "Change " + change,
        1_700_000_000_123L);
  }

  public SignedGrant grant() {
    return new WorkspaceGrant(
            genesis.chainId(), "uid-1", "ada", workspace.verifyingKey(), digest("tls of ada"))
        .sign(operator);
  }

  /** A decision that is right in everything, landing {@code change} on what the state has. */
  public MergeDecision merge(ChainState state, String change) {
    AuthorStatement statement = statement(change);
    ExactMerge merge =
        new ExactMerge(
            state.head(BRANCH).orElseThrow(),
            commit("ancestor"),
            commit(change),
            commit("tree " + change),
            digest("content " + change),
            commit("merged " + change + state.head(BRANCH)),
            "None");
    return new MergeDecision(
        genesis.chainId(),
        BRANCH,
        state.voids(BRANCH),
        statement.proposal(),
        merge,
        CommitMeta.of(statement, genesis.swarm()),
        digest("engine"),
        state.policyDigest(),
        List.of(check(merge.tree(), true)),
        statement.sign(workspace),
        grant());
  }

  /** A decision that is right in everything, landing the changes together, one on the other. */
  public BatchDecision batch(ChainState state, String... changes) {
    List<MergeDecision> members = new ArrayList<>();
    ChainState at = state;
    for (String change : changes) {
      MergeDecision member = merge(at, change);
      members.add(withoutChecks(member));
      at = at.after(member);
    }
    return new BatchDecision(members, List.of(check(members.getLast().tree(), true)));
  }

  /** As a member of a batch has it. */
  public static MergeDecision withoutChecks(MergeDecision decision) {
    return new MergeDecision(
        decision.chainId(),
        decision.branch(),
        decision.voids(),
        decision.proposal(),
        decision.merge(),
        decision.meta(),
        decision.engineDigest(),
        decision.policyDigest(),
        List.of(),
        decision.author(),
        decision.grant());
  }

  /** A decision that is right in everything, undoing a landed commit on what the state has. */
  public RevertDecision revert(ChainState state, String reverted) {
    RevertOrder order =
        new RevertOrder(
            genesis.chainId(),
            reverted,
            BRANCH,
            state.reverts(BRANCH),
            "grace",
            "It broke the build",
            1_700_000_001_000L);
    ExactRevert revert =
        new ExactRevert(
            state.head(BRANCH).orElseThrow(),
            reverted,
            commit("parent of " + reverted),
            commit("tree without " + reverted),
            digest("content without " + reverted),
            commit("without " + reverted + state.head(BRANCH)));
    return new RevertDecision(
        genesis.chainId(),
        BRANCH,
        state.voids(BRANCH),
        revert,
        CommitMeta.of(order, genesis.swarm()),
        digest("engine"),
        state.policyDigest(),
        List.of(check(revert.tree(), true)),
        order.sign(operator));
  }

  /** That the hub could not land a decision, nor those after it. */
  public VoidDecision takeBack(ChainState state, Decision decision) {
    return VoidDecision.sign(
        genesis.chainId(),
        BRANCH,
        state.head(BRANCH).orElseThrow(),
        decision.digest(),
        "upstream moved",
        hub);
  }

  /** That upstream has another commit. */
  public AdoptDecision adopt(ChainState state, String commit) {
    return AdoptDecision.sign(
        genesis.chainId(), BRANCH, state.head(BRANCH).orElseThrow(), commit, hub, operator);
  }

  /** The change from the engine in force to another. */
  public EngineDecision engine(ChainState state, Digest next) {
    return EngineDecision.sign(
        genesis.chainId(),
        state.engineInForce().changes(),
        state.engine().orElse(Digest.ZERO),
        next,
        operator);
  }

  /** A validator that was never in a set. */
  public static Member newcomer(int index, SigningKey key) {
    return new Member(
        index, "hello-v" + index, key.verifyingKey(), digest("tls of newcomer " + index), 1);
  }

  /** That members leave and join on the operator's word. */
  public SetDecision change(ChainState state, List<Integer> out, List<Member> in) {
    SetChange change = SetChange.of(genesis.chainId(), state.set(), out, in);
    return new SetDecision(change, new Grounds.OperatorsWord(operator.sign(change.encode())));
  }

  /** The change from the policy in force to another, signed by a key. */
  public static PolicyDecision change(ChainState state, Policy next, SigningKey key) {
    return PolicyDecision.sign(
        new PolicyChange(state.chainId(), state.policyChanges(), state.policyDigest(), next), key);
  }

  public static CheckResult check(String tree, boolean passed) {
    return new CheckResult(
        UNIT.name(), UNIT.digest(), "sha256:0123", tree, passed, digest("log of " + tree));
  }

  public Attestation approval(Decision decision, int validator) {
    return attestation(decision.digest(), validator, Verdict.APPROVE)
        .sign(validators.get(validator));
  }

  public Attestation.Content attestation(Digest decision, int validator, Verdict verdict) {
    return new Attestation.Content(
        genesis.chainId(), genesis.epoch(), validator, 0, Digest.ZERO, decision, verdict, "");
  }

  /** The decision with approvals of the first validators, as many as its kind needs. */
  public OrderedDecision order(Decision decision) {
    boolean ofAll = decision instanceof EngineDecision;
    return order(decision, (int) (ofAll ? genesis.totalWeight() : genesis.quorum()));
  }

  /** The decision with approvals of so many validators. */
  public OrderedDecision order(Decision decision, int approvals) {
    return new OrderedDecision(
        decision, IntStream.range(0, approvals).mapToObj(i -> approval(decision, i)).toList());
  }
}
