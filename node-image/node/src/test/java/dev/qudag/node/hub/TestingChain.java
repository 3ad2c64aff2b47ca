package dev.qudag.node.hub;

import dev.qudag.consensus.certificate.Recovery;
import dev.qudag.consensus.chain.Attestation;
import dev.qudag.consensus.chain.BlockPayload;
import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.OrderedDecision;
import dev.qudag.consensus.chain.Verdict;
import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.consensus.chain.decision.Grounds;
import dev.qudag.consensus.chain.decision.SetChange;
import dev.qudag.consensus.chain.decision.SetDecision;
import dev.qudag.consensus.chain.identity.HubMember;
import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.consensus.chain.identity.Offence;
import dev.qudag.consensus.chain.identity.OperatorIdentity;
import dev.qudag.consensus.chain.identity.SignedGrant;
import dev.qudag.consensus.chain.identity.WorkspaceGrant;
import dev.qudag.consensus.chain.policy.Policy;
import dev.qudag.consensus.chain.proposal.AuthorStatement;
import dev.qudag.consensus.chain.proposal.RevertOrder;
import dev.qudag.consensus.simplex.block.Block;
import dev.qudag.consensus.simplex.block.BlockHeader;
import dev.qudag.consensus.simplex.message.Ballot;
import dev.qudag.consensus.simplex.message.Certificate;
import dev.qudag.consensus.simplex.message.Finality;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.NodeIdentity;
import dev.qudag.node.hub.book.HubProposal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The keys of a whole swarm in one hand: real signatures, over whatever a test wants to have
 * signed.
 */
final class TestingChain {
  static final String WORKSPACE_UID = "workspace-1";

  final NodeIdentity operator;
  final NodeIdentity hub;
  final NodeIdentity workspace = NodeIdentity.generate();
  final List<NodeIdentity> validators;
  final Genesis genesis;

  TestingChain(int size, NodeIdentity operator, NodeIdentity hub, String head) {
    this(Stream.generate(NodeIdentity::generate).limit(size).toList(), operator, hub, head);
  }

  TestingChain(
      List<NodeIdentity> validators, NodeIdentity operator, NodeIdentity hub, String head) {
    this(validators, operator, hub, head, UnaryOperator.identity());
  }

  private TestingChain(
      List<NodeIdentity> validators,
      NodeIdentity operator,
      NodeIdentity hub,
      String head,
      UnaryOperator<Genesis> finish) {
    this.operator = operator;
    this.hub = hub;
    this.validators = validators;
    this.genesis =
        finish.apply(
            new Genesis(
                Bytes.of(new byte[Genesis.NONCE_SIZE]),
                "s",
                "refs/heads/main",
                head,
                new OperatorIdentity(operator.verifyingKey(), operator.tlsFingerprint()),
                new HubMember("s-hub", hub.verifyingKey(), hub.tlsFingerprint()),
                IntStream.range(0, validators.size()).mapToObj(this::member).toList(),
                new Policy(List.of(), List.of()),
                500));
  }

  /** A chain whose branch follows an upstream. */
  static TestingChain withUpstream(int size, String head) {
    return withUpstream(
        Stream.generate(NodeIdentity::generate).limit(size).toList(),
        NodeIdentity.generate(),
        NodeIdentity.generate(),
        head);
  }

  static TestingChain withUpstream(
      List<NodeIdentity> validators, NodeIdentity operator, NodeIdentity hub, String head) {
    return new TestingChain(validators, operator, hub, head, Genesis::withUpstream);
  }

  /** The chain of other validators that takes the place of this one. */
  TestingChain successor(List<NodeIdentity> others, Recovery recovery) {
    return new TestingChain(
        others,
        operator,
        hub,
        recovery.head(),
        genesis -> genesis.inPlaceOf(recovery.predecessor()));
  }

  private Member member(int index) {
    NodeIdentity validator = validators.get(index);
    return new Member(
        index, "s-v" + index, validator.verifyingKey(), validator.tlsFingerprint(), 1);
  }

  SignedGrant grant() {
    return new WorkspaceGrant(
            genesis.chainId(),
            WORKSPACE_UID,
            "w",
            workspace.verifyingKey(),
            workspace.tlsFingerprint())
        .sign(operator.signingKey());
  }

  AuthorStatement statement(String commit, String title) {
    return new AuthorStatement(
        genesis.chainId(),
        WORKSPACE_UID,
        "w",
        "agent",
        commit,
        "refs/heads/main",
        title,
        1_760_000_000_000L);
  }

  HubProposal.Submission submission(String commit, String title) {
    AuthorStatement statement = statement(commit, title);
    return new HubProposal.Submission(
        statement, workspace.signingKey().sign(statement.encode()), grant());
  }

  /** A person's order to undo a landed commit, which the operator has not signed yet. */
  RevertOrder order(String commit, long sequence) {
    return new RevertOrder(
        genesis.chainId(),
        commit,
        "refs/heads/main",
        sequence,
        "grace",
        "It broke the build",
        1_760_000_000_000L);
  }

  /** The decision with approvals by these validators. */
  OrderedDecision approved(Decision decision, int... by) {
    Map<Integer, NodeIdentity> keys = new TreeMap<>();
    IntStream.of(by).forEach(author -> keys.put(author, validators.get(author)));
    return approved(decision, 0, keys);
  }

  /** The same in any epoch, by those at these places of its set. */
  OrderedDecision approved(Decision decision, long epoch, Map<Integer, NodeIdentity> keys) {
    List<Attestation> approvals = new ArrayList<>();
    keys.forEach(
        (author, key) ->
            approvals.add(
                new Attestation.Content(
                        genesis.chainId(),
                        epoch,
                        author,
                        0,
                        Digest.ZERO,
                        decision.digest(),
                        Verdict.APPROVE,
                        "")
                    .sign(key.signingKey())));
    return new OrderedDecision(decision, approvals);
  }

  /** That a validator is removed because it voted twice. */
  SetDecision removal(int index) {
    Offence offence =
        new Offence(
            index, validators.get(index).verifyingKey().fingerprint(), 0, 3, Offence.Step.NOTARIZE);
    return new SetDecision(
        SetChange.of(genesis.chainId(), genesis.set(), List.of(index), List.of()),
        new Grounds.Misbehaviour(Digest.sha256(new byte[] {3}), List.of(offence)));
  }

  BlockHeader start() {
    return BlockHeader.genesis(genesis.chainId(), 0);
  }

  Block block(BlockHeader parent, OrderedDecision... decisions) {
    var payload = new BlockPayload(List.of(decisions));
    var header =
        new BlockHeader(
            genesis.chainId(),
            parent.epoch(),
            parent.height() + 1,
            parent.view() + 1,
            parent.digest(),
            payload.digest(),
            payload.count());
    return new Block(header, Bytes.of(payload.encode()));
  }

  /** The finality of the block, by these validators' signatures. */
  Finality finality(Block block, int... by) {
    Map<Integer, NodeIdentity> keys = new TreeMap<>();
    IntStream.of(by).forEach(signer -> keys.put(signer, validators.get(signer)));
    return finality(block, keys);
  }

  /** As if these members had signed; what signs for each of them is the test's choice. */
  Finality finality(Block block, Map<Integer, NodeIdentity> keys) {
    Ballot ballot = Ballot.finalize(block.header());
    var signers = new BitSet();
    keys.keySet().forEach(signers::set);
    List<Bytes> signatures =
        new TreeMap<>(keys)
            .values().stream().map(key -> key.signingKey().sign(ballot.encode())).toList();
    return new Finality(
        new Certificate(ballot, Bytes.of(signers.toByteArray()), signatures),
        List.of(block.header()));
  }
}
