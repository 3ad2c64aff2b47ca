package dev.qudag.node.verify;

import dev.qudag.consensus.certificate.CertificateVerifier;
import dev.qudag.consensus.certificate.DecisionCertificate;
import dev.qudag.consensus.certificate.Verification.Proven;
import dev.qudag.consensus.chain.BlockPayload;
import dev.qudag.consensus.chain.Genesis;
import dev.qudag.consensus.chain.OrderedDecision;
import dev.qudag.consensus.chain.decision.Decision;
import dev.qudag.consensus.chain.decision.ExactMerge;
import dev.qudag.consensus.chain.decision.ExactRevert;
import dev.qudag.consensus.chain.decision.MergeDecision;
import dev.qudag.consensus.chain.decision.RevertDecision;
import dev.qudag.consensus.chain.identity.HubMember;
import dev.qudag.consensus.chain.identity.Member;
import dev.qudag.consensus.chain.identity.MemberSet;
import dev.qudag.consensus.chain.identity.OperatorIdentity;
import dev.qudag.consensus.chain.identity.Predecessor;
import dev.qudag.consensus.chain.identity.WorkspaceGrant;
import dev.qudag.consensus.chain.policy.Policy;
import dev.qudag.consensus.chain.proposal.AuthorStatement;
import dev.qudag.consensus.chain.proposal.CommitMeta;
import dev.qudag.consensus.chain.proposal.RevertOrder;
import dev.qudag.consensus.simplex.block.BlockHeader;
import dev.qudag.consensus.simplex.message.Ballot;
import dev.qudag.consensus.simplex.message.Certificate;
import dev.qudag.consensus.simplex.message.Finality;
import dev.qudag.crypto.Bytes;
import dev.qudag.crypto.Digest;
import dev.qudag.crypto.SigningKey;
import dev.qudag.crypto.VerifyingKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Certificates of a chain whose every key the test holds, and such that are none. */
public final class TestingProofs {
  public static final String BRANCH = "refs/heads/main";

  private final SigningKey operator = SigningKey.generate();
  private final SigningKey workspace = SigningKey.generate();
  private final List<SigningKey> validators;
  public final Genesis genesis;

  /** Of a chain with one validator. */
  public TestingProofs() {
    this(List.of());
  }

  TestingProofs(int size) {
    this.validators = keys(size);
    this.genesis = genesis(List.of());
  }

  /** Of a chain whose genesis names administrators. */
  public TestingProofs(List<VerifyingKey> adminKeys) {
    this.validators = keys(1);
    this.genesis = genesis(adminKeys);
  }

  /** Of a chain that takes the place of another. */
  public TestingProofs(Predecessor predecessor) {
    this.validators = keys(1);
    this.genesis = genesis(List.of()).inPlaceOf(predecessor);
  }

  private static List<SigningKey> keys(int count) {
    return Stream.generate(SigningKey::generate).limit(count).toList();
  }

  /** Lands the commit on that branch. */
  public MergeDecision decision(String branch, String base, String head, String commit) {
    AuthorStatement statement =
        new AuthorStatement(
            genesis.chainId(), "uid", "ada", "ada", head, branch, "Say hello", 1_700_000_000_000L);
    return new MergeDecision(
        genesis.chainId(),
        branch,
        0,
        statement.proposal(),
        new ExactMerge(base, head, head, id("d"), digest("tree"), commit, "None"),
        CommitMeta.of(statement, "hello"),
        digest("engine"),
        genesis.policy().digest(),
        List.of(),
        statement.sign(workspace),
        new WorkspaceGrant(genesis.chainId(), "uid", "ada", workspace.verifyingKey(), digest("ada"))
            .sign(operator));
  }

  /** Undoes a landed commit on the branch, on a person's order. */
  RevertDecision revert(String base, String reverted, String mainline, String commit) {
    RevertOrder order =
        new RevertOrder(
            genesis.chainId(), reverted, BRANCH, 0, "grace", "It broke", 1_700_000_000_000L);
    return new RevertDecision(
        genesis.chainId(),
        BRANCH,
        0,
        new ExactRevert(base, reverted, mainline, id("d"), digest("tree"), commit),
        CommitMeta.of(order, "hello"),
        digest("engine"),
        genesis.policy().digest(),
        List.of(),
        order.sign(operator));
  }

  public DecisionCertificate certificate(Decision decision) {
    return certificate(decision, voter -> validators.get(voter.index()));
  }

  /** Signed by others than the validators. */
  public DecisionCertificate forged(Decision decision) {
    return certificate(decision, voter -> SigningKey.generate());
  }

  /** By the first of those who vote, as many as are a quorum. */
  private DecisionCertificate certificate(Decision decision, Function<Member, SigningKey> keys) {
    BlockPayload payload = new BlockPayload(List.of(new OrderedDecision(decision, List.of())));
    BlockHeader block =
        new BlockHeader(genesis.chainId(), 0, 1, 3, Digest.ZERO, payload.digest(), 1);
    Ballot ballot = Ballot.finalize(block);
    MemberSet voters = genesis.electorate().voters();
    BitSet signers = new BitSet();
    List<Bytes> signatures = new ArrayList<>();
    long weight = 0;
    for (int place = 0; weight < voters.quorum(); place++) {
      Member voter = voters.members().get(place);
      signers.set(place);
      signatures.add(keys.apply(voter).sign(ballot.encode()));
      weight += voter.weight();
    }
    Certificate certificate = new Certificate(ballot, Bytes.of(signers.toByteArray()), signatures);
    return DecisionCertificate.of(genesis, new Finality(certificate, List.of(block)), payload, 0);
  }

  /** The file of a certificate, beside the words that a good one of that decision proves. */
  public byte[] file(DecisionCertificate certificate, Decision decision) {
    Proven proven =
        (Proven) CertificateVerifier.of(genesis).verify(certificate(decision), decision);
    return new CertificateFile(certificate, decision).write(proven);
  }

  private Genesis genesis(List<VerifyingKey> adminKeys) {
    return new Genesis(
        Bytes.of(digest("nonce").bytes()),
        "hello",
        BRANCH,
        id("a"),
        new OperatorIdentity(operator.verifyingKey(), digest("operator")),
        new HubMember("hello-hub", SigningKey.generate().verifyingKey(), digest("hub")),
        IntStream.range(0, validators.size()).mapToObj(this::member).toList(),
        new Policy(List.of(), List.of()),
        500,
        adminKeys);
  }

  private Member member(int index) {
    return new Member(
        index,
        "hello-v" + index,
        validators.get(index).verifyingKey(),
        digest("v" + index),
        validators.size() == 1 ? 4 : 1);
  }

  public static Digest digest(String word) {
    return Digest.sha256(word.getBytes(StandardCharsets.UTF_8));
  }

  public static String id(String digit) {
    return digit.repeat(40);
  }
}
